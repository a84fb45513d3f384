import { statSync } from 'node:fs';
import { errorRateByDefault, pairingOf, replicationsByDefault } from '../../experiment/compare/compare.js';
import { type Comparable, distinctNames, type Side, sidesOf } from '../../experiment/compare/sides.js';
import { splitOutside } from '../../experiment/sweep/vary.js';
import { faultsOfMetrics } from '../../experiment/work/known-metrics.js';
import { readRun } from '../../folder/run-record.js';
import { loadScenario } from '../../scenario/load.js';
import { type Fault, InvalidInput, toFound, toWarningLine } from '../../scenario/text/faults.js';
import { OVERRIDES_FILE, STANDARD_INPUT } from '../../scenario/text/source.js';
import type { CompareArguments } from '../declarations/compare.js';
import { overridesOf } from '../run/perform-run.js';
import { sayPlugins } from '../terminal/plugin-line.js';
import type { Terminal } from '../terminal/terminal.js';

/** What is to be compared, and how surely. */
export interface AskedComparison {
  readonly sides: readonly Side[];
  readonly replications: number;
  readonly errorRate: number;
  /** Files and folders as they were typed. */
  readonly paths: readonly string[];
}

/** What was typed, loaded and checked; says the scenarios' warnings. Throws InvalidInput with all faults. */
export function askedComparison(options: CompareArguments, terminal: Terminal): AskedComparison {
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
  const errorRate = errorRateOf(options.error, faults);
  const { base, scenarios } = options;
  for (const fault of faultsOfUse(options)) faults.push(fault);
  if (faults.length > 0) throw new InvalidInput(faults);
  const paths = base === undefined ? scenarios : [base];
  const given =
    base === undefined ? scenarios.flatMap((path) => gather(() => [open(path, options, terminal)])) : laidOver();
  if (given.length > 0) {
    const known = given.map(({ scenario }) => scenario);
    for (const fault of faultsOfMetrics(options.metric, known)) faults.push(fault);
  }
  const warned = new Set<string>();
  for (const side of given) {
    if ('manifest' in side) continue;
    for (const warning of side.warnings) {
      const line = toWarningLine(warning);
      if (options.strict) faults.push(warning);
      else if (!warned.has(line)) terminal.say(line);
      warned.add(line);
    }
  }
  if (faults.length > 0) throw new InvalidInput(faults);
  const labels = base === undefined ? undefined : [distinctNames([base])[0]!, ...options.with.map((one) => one.trim())];
  const sides = sidesOf(given, labels);
  const replications = options.replications ?? replicationsByDefault;
  // folders without a common seed are refused before anything is run
  pairingOf(sides, replications);
  return { sides, replications, errorRate, paths };

  function laidOver(): readonly Comparable[] {
    const unchanged = gather(() => [open(base!, options, terminal)]);
    if (unchanged.length === 0) return [];
    return [...unchanged, ...options.with.flatMap((text, place) => gather(() => [withSettings(text, place, options)]))];
  }
}

function errorRateOf(written: string | undefined, faults: Fault[]): number {
  if (written === undefined) return errorRateByDefault;
  const rate = /^\d*\.?\d+(e-?\d+)?$/.test(written) ? Number(written) : Number.NaN;
  if (rate > 0 && rate < 1) return rate;
  faults.push({ path: '--error', expected: 'a chance between 0 and 1', found: written });
  return errorRateByDefault;
}

function isFolder(path: string): boolean {
  return path !== STANDARD_INPUT && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What was typed that doesn't go together. */
function faultsOfUse(options: CompareArguments): readonly Fault[] {
  const { base, scenarios, replications } = options;
  const faults: Fault[] = [];
  if (replications === 1) {
    faults.push({ path: '--replications', expected: 'at least 2, as one pair has no interval', found: '1' });
  }
  if (base === undefined) {
    if (options.with.length > 0) faults.push({ path: '--with', expected: '--base beside it', found: 'none' });
    else if (scenarios.length < 2) {
      const expected = 'two scenario files or run folders at least, or --base beside --with';
      faults.push({ path: 'sim compare', expected, found: scenarios.length === 0 ? 'none' : scenarios[0]! });
    }
    const folder = scenarios.find(isFolder);
    if (folder !== undefined && replications !== undefined) {
      const expected = 'no number beside a folder, which holds its own runs';
      faults.push({ path: '--replications', expected, found: `${replications} beside ${folder}` });
    }
    if (options.set.length > 0 && scenarios.length > 0 && scenarios.every(isFolder)) {
      const expected = 'a scenario file, as folders hold runs that are over';
      faults.push({ path: '--set', expected, found: 'folders alone' });
    }
    return faults;
  }
  if (scenarios.length > 0) {
    faults.push({ path: '--base', expected: 'no other scenarios beside it', found: scenarios.join(', ') });
  }
  if (options.with.length === 0) {
    faults.push({ path: '--base', expected: 'a --with for each side beside it', found: 'none' });
  }
  if (base === STANDARD_INPUT || isFolder(base)) {
    const found = base === STANDARD_INPUT ? 'standard input, which can’t be read twice' : `the folder ${base}`;
    faults.push({ path: '--base', expected: 'a scenario file', found });
  }
  const doubled = options.with.find((text, place) => options.with.findIndex((o) => o.trim() === text.trim()) < place);
  if (doubled !== undefined) faults.push({ path: '--with', expected: 'each side once', found: `${doubled} twice` });
  return faults;
}

function open(path: string, options: CompareArguments, terminal: Terminal): Comparable {
  const how = { allowPaths: options['allow-path'], ...sayPlugins(terminal) };
  if (isFolder(path)) return readRun(path, how);
  return loadScenario(path, { ...how, set: overridesOf({ ...options, seed: undefined }) });
}

/** The base under the settings of a `--with`; faults of those point there. */
function withSettings(text: string, place: number, options: CompareArguments): Comparable {
  const parts = splitOutside(text, '&');
  const refuse = (expected: string, found: string) => new InvalidInput([{ path: '--with', expected, found }]);
  if (parts.some((part) => part.trim() === '')) throw refuse('a setting on each side of &', toFound(text));
  const settings = parts.map((part) => part.trim());
  try {
    const set = overridesOf({ ...options, set: [...options.set, ...settings], seed: undefined });
    return loadScenario(options.base!, { set, allowPaths: options['allow-path'] });
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(error.faults.map((fault) => placedAt(fault, parts, place, options)));
  }
}

function placedAt(fault: Fault, parts: readonly string[], place: number, options: CompareArguments): Fault {
  const { position, why } = fault;
  if (position?.file !== OVERRIDES_FILE) {
    const text = `with ${parts.join('&').trim()}`;
    return { ...fault, why: why === undefined ? text : `${why}, ${text}` };
  }
  const part = position.line - options.set.length - 1;
  if (part < 0) return fault;
  const before = parts.slice(0, part).reduce((sum, one) => sum + one.length + 1, 0);
  const indent = parts[part]!.length - parts[part]!.trimStart().length;
  return { ...fault, position: { file: '--with', line: place + 1, column: before + indent + position.column } };
}
