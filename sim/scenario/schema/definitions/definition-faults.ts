import { isWindow, windows } from '../../../record/window.js';
import { type Fault, toFound } from '../../text/faults.js';

/** What a definition must have, and how each is told. */
const needed: readonly (readonly [name: string, expected: string, isSo: (value: unknown) => boolean])[] = [
  ['kind', 'a name of small letters, digits and dashes, such as last-job', isKind],
  ['meaning', 'a sentence that says what it is', (value) => typeof value === 'string' && value !== ''],
  ['settings', 'a zod schema of its settings, kind included', isSchema],
  ['create', 'a function that makes it of its settings', isFunction],
];
const neededOfStrategies: typeof needed = [
  ['isAttacker', 'true or false', (value) => typeof value === 'boolean'],
  ['plan', 'a function that says who stands behind its identities, such as oneEach', isFunction],
];

/**
 * What a definition of a mechanism or strategy lacks before scenarios can name it; paths are below its own.
 *
 * @param role the setting that names it, such as `reputation` or `strategy`
 */
export function definitionFaults(role: string, definition: unknown): readonly Fault[] {
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    const found = typeof definition === 'function' ? 'a function' : toFound(definition);
    return [{ path: '', expected: 'an object that defines a kind', found }];
  }
  const values = definition as Readonly<Record<string, unknown>>;
  const wanted = role === 'strategy' ? [...needed, ...neededOfStrategies] : needed;
  return wanted
    .filter(([name, , isSo]) => !isSo(values[name]))
    .map(([path, expected]) => ({ path, expected, found: wordsOf(values[path]), ...whose(role, values.kind) }));
}

/** What a metric lacks before scenarios can name it; paths are below its own. */
export function metricFaults(metric: unknown): readonly Fault[] {
  if (typeof metric !== 'object' || metric === null || Array.isArray(metric)) {
    const found = typeof metric === 'function' ? 'a function' : toFound(metric);
    return [{ path: '', expected: 'an object that defines a metric', found }];
  }
  const values = metric as Readonly<Record<string, unknown>>;
  const isText = (value: unknown) => typeof value === 'string';
  const wanted: typeof needed = [
    ['name', 'a name such as idleHours', (value) => isText(value) && /^[a-z][A-Za-z0-9]{0,79}$/.test(value as string)],
    ['unit', 'a unit such as hours, tokens or fraction', (value) => isText(value) && value !== ''],
    ['window', `one of ${Object.keys(windows).join(', ')}`, (value) => isText(value) && isWindow(value as string)],
    ['meaning', 'a sentence that says what it is', (value) => isText(value) && value !== ''],
  ];
  const isCounted = values.of !== undefined;
  const question: (typeof needed)[number] = isCounted
    ? ['of', 'a function that reads its value of what was counted', isFunction]
    : ['value', 'a function that reads its value of a finished run', isFunction];
  return [...wanted, question]
    .filter(([name, , isSo]) => !isSo(values[name]))
    .map(([path, expected]) => ({ path, expected, found: wordsOf(values[path]) }));
}

/** A fault's path below another. */
export function below(path: string, fault: Fault): Fault {
  return { ...fault, path: fault.path === '' ? path : `${path}.${fault.path}` };
}

function whose(role: string, kind: unknown): { readonly why?: string } {
  return isKind(kind) ? { why: `in the definition of ${role} ${kind}` } : {};
}

function isKind(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9-]*$/.test(value);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'safeParse' in value;
}

function wordsOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'an object' : toFound(value);
}
