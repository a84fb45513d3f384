import type { Terminal } from '../terminal/terminal.js';
import type { ArgumentsOf, Declaration } from './declaration.js';

/** A command as it can be typed, and performed. */
export interface Command extends Declaration {
  /** Checks what the parser made of the words, does what they say, and returns the exit code. */
  perform(parsed: object, terminal: Terminal): Promise<number>;
}

/** The code of a command, which gets its arguments checked. */
type Perform<D extends Declaration> = (options: ArgumentsOf<D>, terminal: Terminal) => number | Promise<number>;

/** The declared command with its code, which is loaded when it is performed. */
export function commandOf<D extends Declaration>(declaration: D, load: () => Promise<Perform<D>>): Command {
  return {
    ...declaration,
    perform: async (parsed, terminal) => {
      const { checkArguments } = await import('./arguments.js');
      const options = checkArguments(declaration, parsed);
      const perform = await load();
      return perform(options, terminal);
    },
  };
}
