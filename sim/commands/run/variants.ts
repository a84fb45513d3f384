import { join } from 'node:path';
import { askedVariants, placedInVariant, variantSettings } from '../../experiment/sweep/asked.js';
import { planSweep } from '../../experiment/sweep/plan.js';
import { laidOver, pack, unpack } from '../../experiment/work/packed-scenario.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { type Fault, InvalidInput, nearest } from '../../scenario/text/faults.js';
import type { RunArguments } from '../declarations/run.js';
import { ExitCode } from '../line/exit-code.js';
import { performSweep } from '../sweep/perform-sweep.js';
import type { Terminal } from '../terminal/terminal.js';
import { folderName } from './perform-run.js';

/** The scenario as it stands, where none of its variants has the name. */
const baseName = 'base';

/**
 * `sim run` of a scenario with variants: each of them with the same seeds, into one folder. Exit codes as of one run; 1
 * if a run failed.
 */
export async function runVariants(loaded: LoadedScenario, options: RunArguments, terminal: Terminal): Promise<number> {
  const faults = (['precision', 'replications-most', 'replication', 'detail'] as const)
    .filter((name) => {
      const value = options[name];
      return typeof value === 'object' ? value.length > 0 : value !== undefined && value !== false;
    })
    .map((name): Fault => {
      const names = [...loaded.variants.keys()].join(', ');
      return { path: `--${name}`, expected: `--variant beside it, one of ${names}`, found: 'none' };
    });
  if (faults.length > 0) throw new InvalidInput(faults);
  const { scenario, set, seed, replications = 1, 'allow-path': allowPaths } = options;
  const repeated = (option: string, given: readonly string[]) => given.flatMap((one) => [option, one]);
  const words = ['run', scenario, ...repeated('--set', set), ...repeated('--allow-path', allowPaths)];
  const { request, placed } = askedVariants(loaded, replications, words);
  const plan = planSweep(request, { allowPaths, placed });
  const command = [
    ...words,
    ...repeated('--seed', seed === undefined ? [] : [seed]),
    ...(replications === 1 ? [] : ['--replications', `${replications}`]),
  ];
  const folder = options.out ?? join('out', folderName(loaded.name));
  const { code, unmet } = await performSweep(plan, { ...options, folder, command }, terminal);
  if (code !== ExitCode.fine || unmet.length === 0 || options['no-gate']) return code;
  for (const line of unmet) terminal.say(line);
  return ExitCode.unmet;
}

/** One variant of the scenario as a scenario of its own; throws InvalidInput where there is none of the name. */
export function variantOf(loaded: LoadedScenario, name: string, allowPaths: readonly string[]): LoadedScenario {
  if (!loaded.variants.has(name)) {
    if (name === baseName) return { ...loaded, variants: new Map() };
    const names = [...loaded.variants.keys(), baseName];
    const expected = names.length === 1 ? 'base, as the scenario has no variants' : `one of: ${names.join(', ')}`;
    const suggestion = nearest(name, names);
    const fault = { path: '--variant', expected, found: name };
    throw new InvalidInput([suggestion === undefined ? fault : { ...fault, suggestion }]);
  }
  try {
    const settings = variantSettings(loaded, name);
    return { ...unpack(laidOver(pack(loaded), settings), allowPaths), overrides: loaded.overrides };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(error.faults.map((fault) => placedInVariant(fault, loaded, name)));
  }
}
