/** What is typed behind `--vary`, as an axis. */
import { InvalidInput, toFound } from '../../scenario/text/faults.js';
import { linearSteps, logSteps, type TypedNumber, toSettingText, typedNumber } from './numbers.js';
import type { Axis, Design, Level, Unit } from './request.js';

/** Values of one axis, included; more would be a slip. */
const levelsMost = 100_000;

/**
 * `PATH=VALUES`: VALUES is a list with commas, `start:end:step`, `start:end:log:COUNT`, or for designs that fill ranges
 * `low:high`, `low:high:step`, `low:high:log` or `low:high:log:step`. Paths with & between them change together, by
 * values with & between them, or all to the same.
 *
 * Throws InvalidInput with one fault.
 */
export function parseVary(text: string, design: Design['kind']): Axis {
  const end = text.indexOf('=');
  const refuse = refuser('--vary');
  if (end <= 0) return refuse('PATH=VALUES, such as fleet.swarm.nodes=100,300,600', toFound(text));
  return axisOf(text.slice(0, end), text.slice(end + 1), design, '--vary');
}

/**
 * The same of an entry of a scenario's `experiment.vary`, where a list may be one.
 *
 * @param written a text as behind `--vary`, a number, or a list of values; of tied paths a list of lists
 */
export function writtenAxis(path: string, written: unknown, design: Design['kind']): Axis {
  const where = `experiment.vary.${path}`;
  if (!Array.isArray(written)) return axisOf(path, String(written), design, where);
  const paths = path.split('&').map((one) => one.trim());
  const steps = written.map((value: unknown): readonly string[] => {
    if (paths.length > 1 && Array.isArray(value)) return value.map(toText);
    return typeof value === 'string' && paths.length > 1 ? splitOutside(value, '&') : [toText(value)];
  });
  return listAxis(paths, steps, refuser(where));
}

/** A value as YAML in one line. */
function toText(value: unknown): string {
  return typeof value === 'string' && /^[\w.+-]+$/.test(value) ? value : JSON.stringify(value);
}

type Refuse = (expected: string, found: string) => never;

function refuser(path: string): Refuse {
  return (expected, found) => {
    throw new InvalidInput([{ path, expected, found }]);
  };
}

function axisOf(path: string, values: string, design: Design['kind'], where: string): Axis {
  const refuse = refuser(where === '--vary' ? `--vary ${path}` : where);
  const paths = path.split('&').map((one) => one.trim());
  if (paths.some((one) => one === '')) return refuse('a path on each side of &', toFound(path));
  if (values.trim() === '') return refuse('values, such as 100,300,600 or 0:0.5:0.05', 'nothing');
  const parts = splitOutside(values, ':').map((part) => part.trim());
  const ends = parts.slice(0, 2).map(typedNumber);
  const isRange = parts.length > 1 && ends.every((one) => one !== undefined);
  if (isRange) return rangeAxis(paths, parts, ends as [TypedNumber, TypedNumber], design, refuse);
  const steps = splitOutside(values, ',').map((one) => splitOutside(one, '&').map((value) => value.trim()));
  return listAxis(paths, steps, refuse);
}

function listAxis(paths: readonly string[], steps: readonly (readonly string[])[], refuse: Refuse): Axis {
  checkPaths(paths, refuse);
  for (const step of steps) {
    if (step.some((value) => value === '')) refuse('a value between the commas', 'nothing');
    if (step.length !== 1 && step.length !== paths.length) {
      refuse(`${paths.length} values with & between them, or one for all`, step.join('&'));
    }
  }
  const textOf = (step: readonly string[], at: number) => (step.length === 1 ? step[0]! : step[at]!);
  // a path has numbers if all of its values are, in one unit
  const columns = paths.map((_, at) => {
    const typed = steps.map((step) => typedNumber(textOf(step, at)));
    const units = new Set(typed.map((one) => one?.unit));
    const isNumeric = units.size === 1 && !units.has(undefined);
    const cells = steps.map((step, place) => (isNumeric ? typed[place]!.number : textOf(step, at)));
    return { isNumeric, unit: isNumeric ? typed[0]!.unit : ('' as const), cells };
  });
  const [first] = columns;
  const isNumeric = first!.isNumeric && new Set(first!.cells).size === steps.length;
  const levels = steps.map((step, place): Level => {
    const settings = paths.map((path, at) => `${path}=${textOf(step, at)}`);
    const cells = columns.map((column) => column.cells[place]!);
    return { label: step.join(' & '), number: isNumeric ? (cells[0] as number) : null, cells, settings };
  });
  const units = columns.map(({ unit }) => unit);
  return { name: paths.join('&'), paths, units, values: checked(levels, refuse) };
}

function rangeAxis(
  paths: readonly string[],
  parts: readonly string[],
  [start, end]: readonly [TypedNumber, TypedNumber],
  design: Design['kind'],
  refuse: Refuse,
): Axis {
  checkPaths(paths, refuse);
  const found = parts.join(':');
  const [third, fourth] = parts.slice(2);
  if (start.unit !== end.unit && start.number !== 0) refuse('two numbers, or two durations', found);
  const { unit } = end;
  const [low, high] = [start.number, end.number];
  if (low === high) refuse('a range whose end isn’t its start', found);
  const isLog = third === 'log';
  if (isLog && !(low > 0 && high > 0)) refuse('ends above 0 for steps by a factor', found);
  const name = paths.join('&');
  const units = paths.map(() => unit);
  if (design === 'grid') {
    if (isLog ? parts.length !== 4 : parts.length !== 3) {
      refuse('start:end:step, start:end:log:COUNT, or a list with commas', found);
    }
    const numbers = isLog ? factors() : steps();
    const levels = numbers.map((number) => levelOf(number, unit, paths));
    return { name, paths, units, values: checked(levels, refuse) };
  }
  if (parts.length > (isLog ? 4 : 3)) {
    refuse('low:high, low:high:step, low:high:log or low:high:log:step beside --points', found);
  }
  if (low > high) refuse('a range that goes up, beside --points', found);
  const stepText = isLog ? fourth : third;
  const step = stepText === undefined ? null : stepOf(stepText);
  return { name, paths, units, values: { kind: 'range', low, high, scale: isLog ? 'log' : 'linear', step } };

  function stepOf(text: string): number {
    const typed = typedNumber(text);
    if (typed === undefined || (typed.unit !== unit && unit === '')) return refuse('a number as the step', text);
    if (typed.number === 0) return refuse('a step other than 0', found);
    if (Math.sign(typed.number) !== Math.sign(high - low)) {
      return refuse(`a step that leads from ${parts[0]} to ${parts[1]}`, found);
    }
    if (Math.abs((high - low) / typed.number) > levelsMost) return refuse(`at most ${levelsMost} values`, found);
    return typed.number;
  }

  function steps(): readonly number[] {
    return linearSteps(low, high, stepOf(third!));
  }

  function factors(): readonly number[] {
    const count = Number(fourth);
    if (!/^\d+$/.test(fourth!) || count < 2 || count > levelsMost) {
      refuse(`a number of values from 2 to ${levelsMost} behind log`, fourth!);
    }
    return logSteps(low, high, count);
  }
}

/** A number as the level of all paths of an axis. */
export function levelOf(number: number, unit: Unit, paths: readonly string[]): Level {
  const label = toSettingText(number, unit);
  return { label, number, cells: paths.map(() => number), settings: paths.map((path) => `${path}=${label}`) };
}

function checkPaths(paths: readonly string[], refuse: Refuse): void {
  const doubled = paths.find((path, place) => paths.indexOf(path) !== place);
  if (doubled !== undefined) refuse('each path once', doubled);
  // every point has the same seeds, which is what makes them comparable
  if (paths.includes('seed')) refuse('a setting; other seeds are what --replications runs', 'seed');
}

function checked(levels: readonly Level[], refuse: Refuse): Axis['values'] {
  const known = new Set<string>();
  for (const { label, cells } of levels) {
    const key = JSON.stringify(cells);
    if (known.has(key)) refuse('different values', `${label} twice`);
    known.add(key);
  }
  return { kind: 'levels', levels };
}

/** The parts of a text between marks that stand outside of brackets and quotes. */
export function splitOutside(text: string, mark: string): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let quote = '';
  for (const letter of text) {
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '{' || letter === '[') depth++;
    else if (letter === '}' || letter === ']') depth--;
    else if (letter === mark && depth === 0) {
      parts.push(part);
      part = '';
      continue;
    }
    part += letter;
  }
  return [...parts, part];
}
