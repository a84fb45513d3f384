import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from './file-fault.js';
import { sha256Of } from './manifest.js';

/** An experiment as the manifest of its folder tells it. */
export interface Finished {
  readonly command: string;
  /** As written, which may have been edited since; undefined where there are several. */
  readonly scenario?: unknown;
}

/**
 * Refuses a finished folder that another command left, where a call wants to go on with what it left itself: it would
 * be replaced. Throws InvalidInput.
 */
export function refuseOthersFolder(folder: string, { command, scenario }: Finished): void {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) return;
  let manifest: { readonly command?: unknown; readonly scenarioSha256?: unknown };
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    // whose it is can't be told; what becomes of it is for the folder's own rules
    if (error instanceof SyntaxError) return;
    throw error;
  }
  const expected = 'something unfinished, or what the same command left';
  if (manifest.command !== command) throw refusal(folder, expected, `what “${String(manifest.command)}” left`);
  if (scenario !== undefined && manifest.scenarioSha256 !== sha256Of(JSON.stringify(scenario))) {
    throw refusal(folder, expected, 'that of the scenario before it was edited');
  }
}
