/**
 * What can be typed behind `sim`, as data: help, completion, the check and the arguments' types are made of it. No code
 * of a command is loaded for it, so that help comes at once.
 */

/** What can stand in a word's place, for the shell's completion. */
type Completes = 'scenario' | 'run' | 'scenarioOrRun' | 'folder' | 'protocol' | 'attack' | 'nodeColumn';

/** What can be given on the command line: an option, or a word without an option's name before it. */
export type Parameter = Described & (Toggle | Value | Values | Count | Choice);

interface Described {
  /** Without the dashes of an option. */
  readonly name: string;
  readonly meaning: string;
  readonly completes?: Completes;
}

interface Toggle {
  readonly takes: 'nothing';
}

interface Value {
  readonly takes: 'value';
  /** What it is when it isn't given. */
  readonly standard?: string;
  /** Whether an empty text is left to the command. */
  readonly mayBeEmpty?: true;
}

/** May be given again and again. */
interface Values {
  readonly takes: 'values';
  /** Whether each is a folder that must be there. */
  readonly areFolders?: true;
}

/** A whole number from 1 on. */
interface Count {
  readonly takes: 'count';
  /** What is counted, in the plural. */
  readonly of: string;
}

interface Choice {
  readonly takes: 'choice';
  readonly choices: readonly string[];
}

/** The word, or the words, without an option's name before them. */
export type Positional = Parameter & {
  readonly isOptional?: true;
  /** What is missing where it is missing: `a scenario file`. */
  readonly expected: string;
};

/** A command as it can be typed. */
export interface Declaration {
  readonly name: string;
  /** Half a line for the list of commands. */
  readonly summary: string;
  /** A sentence or two for the command's own help. */
  readonly description: string;
  readonly positional?: Positional;
  readonly options: readonly Parameter[];
  readonly examples: readonly (readonly [line: string, meaning: string])[];
}

/** What a command is performed with once what was typed is checked. */
export type ArgumentsOf<D extends Declaration> = OptionsOf<D['options'][number]> & PositionalOf<D>;

type OptionsOf<P extends Parameter> = { readonly [One in P as One['name']]: Given<One, undefined> };

type PositionalOf<D extends Declaration> = D extends { readonly positional: infer P extends Positional }
  ? { readonly [Name in P['name']]: Given<P, P extends { readonly isOptional: true } ? undefined : never> }
  : unknown;

/** The value of what was typed; `Absent` where nothing was and nothing stands for that. */
type Given<P extends Parameter, Absent> = P extends Toggle
  ? boolean
  : P extends Values
    ? readonly string[]
    : P extends Count
      ? number | Absent
      : P extends { readonly choices: readonly (infer Choice)[] }
        ? Choice | Absent
        : string | (P extends { readonly standard: string } ? never : Absent);

/** Such as `run <scenario>`, `validate <scenarios..>` or `list [folder]`. */
export function usageOf({ name, positional }: Declaration): string {
  if (positional === undefined) return name;
  const word = `${positional.name}${positional.takes === 'values' ? '..' : ''}`;
  return `${name} ${positional.isOptional === true ? `[${word}]` : `<${word}>`}`;
}

/** The meaning, with what stands for it when it isn't given. */
export function meaningOf(parameter: Parameter): string {
  const standard = parameter.takes === 'value' ? parameter.standard : undefined;
  return standard === undefined ? parameter.meaning : `${parameter.meaning} (default: ${standard})`;
}
