import type { PluginFile } from '../../scenario/plugins/plugin-file.js';
import type { Terminal } from './terminal.js';

/** Says of each plugin, before its code runs, that it will: whoever takes a scenario over may not have seen that. */
export function sayPlugins(terminal: Terminal): { readonly onPlugin: (plugin: PluginFile) => void } {
  return {
    onPlugin: ({ path, sha256 }) =>
      terminal.say(`plugin ${path} runs with your rights (SHA-256 ${sha256.slice(0, 16)}…)`),
  };
}
