import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toFileFault } from '../../folder/file-fault.js';
import { type LoadedScenario, loadScenario } from '../../scenario/load.js';
import { type Fault, InvalidInput, toWarningLine } from '../../scenario/text/faults.js';
import { readSource, STANDARD_INPUT } from '../../scenario/text/source.js';
import type { CheckArguments } from '../declarations/check.js';
import { variantOf } from '../run/variants.js';
import { sayPlugins } from '../terminal/plugin-line.js';
import type { Terminal } from '../terminal/terminal.js';

/** A scenario that is to be checked: one of a file, or a variant of it. */
export interface AskedScenario {
  readonly loaded: LoadedScenario;
  readonly variant: string | undefined;
}

/** What is to be checked, loaded, every variant for itself; throws InvalidInput with all faults. */
export function scenariosAsked(options: CheckArguments, terminal: Terminal): readonly AskedScenario[] {
  const faults: Fault[] = [];
  const gather = <T>(step: () => readonly T[]): readonly T[] => {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(fault);
      return [];
    }
  };
  const files = [...new Set(options.scenarios)].flatMap((path) => gather(() => filesOf(path)));
  const loaded = files.flatMap(({ file, isNamed }) => {
    const how = { set: options.set, allowPaths: options['allow-path'], ...sayPlugins(terminal) };
    return gather(() => [{ isNamed, one: loadScenario(file, how) }]);
  });
  // a scenario that expects nothing may still be held against stored figures
  const isKept = ({ expect }: LoadedScenario['scenario']) => expect.length > 0 || options.baseline !== undefined;
  const scenarios = loaded.filter(({ isNamed, one }) => isNamed || isKept(one.scenario)).map(({ one }) => one);
  for (const { file, name, scenario, warnings } of scenarios) {
    if (options.strict) for (const warning of warnings) faults.push(warning);
    else for (const warning of warnings) terminal.say(toWarningLine(warning));
    if (!isKept(scenario)) {
      faults.push(whole(file, 'a scenario that expects something, or --baseline beside it', 'no expect'));
    }
    const namesake = scenarios.find((other) => other.name === name)!;
    if (namesake.file !== file) faults.push(whole(file, `another name than that of ${namesake.file}`, name));
  }
  if (faults.length > 0) throw new InvalidInput(faults);
  if (scenarios.length === 0) {
    const found = options.scenarios.join(', ');
    throw new InvalidInput([{ path: 'scenarios', expected: 'scenarios that expect something', found }]);
  }
  const asked = gather(() => scenarios.flatMap((one) => variantsOf(one, options['allow-path'])));
  if (faults.length > 0) throw new InvalidInput(faults);
  return asked;
}

/** The scenario, or in its place each of its variants, which are told apart by their names. */
function variantsOf(loaded: LoadedScenario, allowPaths: readonly string[]): readonly AskedScenario[] {
  if (loaded.variants.size === 0) return [{ loaded, variant: undefined }];
  return [...loaded.variants.keys()].map((variant) => {
    // its expectations stand where the scenario's do
    const { position } = loaded;
    return {
      loaded: { ...variantOf(loaded, variant, allowPaths), name: `${loaded.name}.${variant}`, position },
      variant,
    };
  });
}

function whole(file: string, expected: string, found: string): Fault {
  return { position: { file, line: 0, column: 0 }, path: '', expected, found };
}

/** The file itself, or the scenarios in a folder, by name. */
function filesOf(path: string): readonly { readonly file: string; readonly isNamed: boolean }[] {
  if (path === STANDARD_INPUT || statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return [{ file: path, isNamed: true }];
  }
  let entries: readonly string[];
  try {
    entries = readdirSync(path);
  } catch (error) {
    throw toFileFault(error, path, 'a folder that can be read');
  }
  return entries
    .filter((entry) => /\.ya?ml$/.test(entry))
    .sort()
    .map((entry) => join(path, entry))
    .filter(isScenario)
    .map((file) => ({ file, isNamed: false }));
}

/** Catalogues lie in folders beside scenarios. */
function isScenario(file: string): boolean {
  const { value } = readSource(file);
  return typeof value === 'object' && value !== null && ('fleet' in value || 'extends' in value);
}
