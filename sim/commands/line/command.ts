import type { Terminal } from '../terminal/terminal.js';

/** The word with which a shell's script asks for completions. */
export const completionWord = '__complete';

/** What can stand in a word's place, for the shell's completion. */
export type Completes = 'scenario' | 'run' | 'folder' | 'file' | 'protocol' | 'shell' | 'nodeColumn';

/** An option, without its dashes. */
export interface Option {
  readonly name: string;
  /** `many`: may be repeated. */
  readonly takes: 'nothing' | 'value' | 'many';
  readonly meaning: string;
  readonly completes?: Completes;
}

/** A word without an option's name before it. */
export interface Positional {
  readonly name: string;
  readonly meaning: string;
  readonly isOptional?: boolean;
  readonly isMany?: boolean;
  /** What is missing where it is missing: `a scenario file`. */
  readonly expected: string;
  readonly completes?: Completes;
}

/** A command as it can be typed; its code is loaded when it is performed, so that help comes at once. */
export interface Command {
  readonly name: string;
  /** Half a line for the list of commands. */
  readonly summary: string;
  /** A sentence or two for the command's own help. */
  readonly description: string;
  readonly positional?: Positional;
  readonly options: readonly Option[];
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Checks what was typed, does it, and returns the exit code. */
  perform(parsed: object, terminal: Terminal): Promise<number>;
}

/** Such as `run <scenario>`, `validate <scenarios..>` or `list [folder]`. */
export function usageOf({ name, positional }: Command): string {
  if (positional === undefined) return name;
  const word = `${positional.name}${positional.isMany === true ? '..' : ''}`;
  return `${name} ${positional.isOptional === true ? `[${word}]` : `<${word}>`}`;
}
