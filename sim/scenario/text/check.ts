/**
 * Checks a source against a schema and says everything that is wrong with it, each in one line.
 *
 * A message of the schema that begins with `expected ` is printed as it stands; zod's own messages are put into words
 * here. A custom issue may carry `params: {found, inWords, why, suggestion}`; `inWords` is what was found as it is to
 * be printed.
 */
import type { z } from 'zod';
import { entriesOf } from './extends.js';
import { type Fault, InvalidInput, nearest, nearestInWords, toFound, toLine, toPath } from './faults.js';
import { ambiguousNumbers } from './leading-zeros.js';
import { misreadOf } from './misread-number.js';
import { keyIssuesOfNulls, vainNulls } from './nulls.js';
import { OVERRIDES_FILE, type Source, type Tree } from './source.js';

type Issue = z.core.$ZodIssue;
type UnionIssue = z.core.$ZodIssueInvalidUnion;
type Path = readonly PropertyKey[];

/** The value that the schema makes of the source; throws InvalidInput with every fault, sorted by position. */
export function checkSource<T extends z.ZodType>(source: Source, schema: T): z.output<T> {
  const parse = (value: unknown) => schema.safeParse(value, { error: listKnownKeys });
  const result = parse(source.value);
  const ofNulls = keyIssuesOfNulls(source, (value) => parse(value).error?.issues ?? []);
  const before = [...ambiguousNumbers(source.tree), ...vainNulls(source.tree)];
  if (result.success && ofNulls.length === 0 && before.length === 0) return result.data;
  // what a number would have to be beside that is told once it is one
  const told = new Set(before.map(({ position }) => JSON.stringify(position)));
  const ofValues = [...(result.error?.issues ?? []), ...ofNulls]
    .flatMap((issue) => toFaults(issue, [], source))
    .filter(({ position }) => !told.has(JSON.stringify(position)));
  const faults = [...before, ...ofValues];
  // A number can miss several bounds at once, which is still one thing to mend.
  const byLine = new Map(faults.map((fault) => [toLine(fault), fault]));
  throw new InvalidInput([...byLine.values()].sort(byPosition));
}

/** Of a map in whose place something else stands, more keys than these tell nobody what to write. */
const KEYS_TOLD_MAX = 8;

/** Zod says which keys are unknown; the message is the only place where the known ones can travel with the issue. */
function listKnownKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.expected === 'object') {
    const keys = Object.keys((issue.inst?._zod.def as { shape?: object } | undefined)?.shape ?? {});
    return keys.length === 0 || keys.length > KEYS_TOLD_MAX ? undefined : `expected a map of ${keys.join(', ')}`;
  }
  if (issue.code !== 'unrecognized_keys') return undefined;
  const def = issue.inst?._zod.def as { shape?: object; keyType?: z.core.$ZodType } | undefined;
  // maps whose keys are names of a list have no shape
  return [...Object.keys(def?.shape ?? {}), ...(def?.keyType?._zod.values ?? [])].map(String).join('\n');
}

function byPosition(a: Fault, b: Fault): number {
  const [left, right] = [a.position, b.position];
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}

function toFaults(issue: Issue, base: Path, source: Source): Fault[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split('\n');
    return issue.keys.map((key) => unknownKey([...path, key], key, known, source));
  }
  if (issue.code === 'invalid_union') return toUnionFaults(issue, path, source);
  if (issue.code === 'invalid_key') {
    const wording = issue.issues.map((inner) => wordingOf(inner)).find((words) => words !== undefined);
    return [toFault(path, wording ?? 'another name', path.at(-1), source, { isKey: true })];
  }
  const found = valueAt(source.value, path);
  const expected = wordingOf(issue) ?? inWords(issue);
  const params: Params = (issue.code === 'custom' ? (issue.params as Params | undefined) : undefined) ?? {};
  const suggestion = params.suggestion ?? suggest(issue, found);
  const fault = toFault(path, expected, params.found ?? found, source, { suggestion, why: params.why });
  return [params.inWords === undefined ? fault : { ...fault, found: params.inWords }];
}

/** Where a fault is to be mended: of a map as a whole, at the setting of the command line that it names, if any. */
function placeOf(path: Path, expected: string, source: Source): ReturnType<Source['position']> {
  const node = nodeAt(source.tree, path);
  const words = new Set(expected.match(/\w+/g));
  const isOfAll = /\bsum to 1\b/.test(expected);
  for (const [name, { at }] of (node && entriesOf(node)) ?? []) {
    if (at.file === OVERRIDES_FILE && (isOfAll || words.has(name))) return at;
  }
  return source.position(path, 'value');
}

interface Params {
  readonly found?: unknown;
  readonly inWords?: string;
  readonly why?: string;
  readonly suggestion?: string;
}

/** What stands at the path; undefined for nothing. */
function nodeAt(tree: Tree, path: Path): Tree | undefined {
  let node: Tree | undefined = tree;
  for (const segment of path) {
    const content: Tree['content'] | undefined = node?.content;
    if (Array.isArray(content)) node = content[Number(segment)];
    else node = content instanceof Map ? content.get(String(segment)) : undefined;
  }
  return node;
}

function toFault(
  path: Path,
  expected: string,
  found: unknown,
  source: Source,
  options: { suggestion?: string | undefined; why?: string | undefined; isKey?: boolean } = {},
): Fault {
  const position = options.isKey ? source.position(path, 'key') : placeOf(path, expected, source);
  const isOpen = options.isKey !== true && options.why === undefined;
  const isNumeric = isOpen && typeof found === 'string' && NUMERIC.test(expected);
  const misread = isNumeric ? misreadOf(found, { expected, name: String(path.at(-1) ?? '') }) : {};
  const isFraction = expected.includes('integer') && misread.suggestion?.includes('.') === true;
  const suggestion = options.suggestion ?? (isFraction ? undefined : misread.suggestion);
  const why = options.why ?? misread.why;
  return {
    ...(position === undefined ? {} : { position }),
    path: toPath(path),
    expected,
    found: toFound(found === undefined && nodeAt(source.tree, path)?.content === null ? null : found),
    ...(why === undefined ? {} : { why }),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function unknownKey(path: Path, key: string, known: readonly string[], source: Source): Fault {
  const suggestion = nearest(key, known);
  const list = known.length === 1 ? known[0]!.replace(/^(?=.)/, 'only ') : `one of: ${known.join(', ')}`;
  const expected = list === '' ? 'no settings here' : suggestion === undefined ? list : 'a known setting';
  return toFault(path, expected, key, source, { suggestion, isKey: true });
}

/** The one thing to say about a value that fits no option: what is wrong with the option that was meant. */
function toUnionFaults(issue: UnionIssue, path: Path, source: Source): Fault[] {
  const value = valueAt(source.value, path);
  if (issue.errors.length === 0) {
    // The kind isn't one of those known; written as a word, the word itself is the kind.
    return [notListed(kindsOf(issue), path, value, source)];
  }
  const whole = wordingOf(issue);
  // words may be listed beside numbers, and this was meant as a number
  if (typeof value === 'string' && whole !== undefined && NUMERIC.test(whole)) {
    const { why, suggestion } = misreadOf(value, { expected: whole, name: String(path.at(-1) ?? '') });
    if ((why ?? suggestion) !== undefined) return [toFault(path, whole, value, source)];
  }
  const options = flatten(issue);
  const hint = options.map(hintOf).find((suggestion) => suggestion !== undefined);
  if (hint !== undefined && whole !== undefined) return [toFault(path, whole, value, source, { suggestion: hint })];
  const fits = (fit: Fit) => options.filter((option) => fitOf(option, value) === fit);
  const inside = fits('inside');
  const listed = inside.flatMap((option) => (option.length === 1 && isListed(option[0]) ? option[0].values : []));
  if (inside.length > 0 && inside.every((option) => option.length === 1 && isListed(option[0]))) {
    // where the schema's own words name those listed, they name the other forms, too
    if (whole === undefined || !listed.every((word) => whole.includes(String(word)))) {
      return [notListed(listed, path, value, source)];
    }
    return [toFault(path, whole, value, source, { suggestion: nearestWord(inside, value) })];
  }
  const meant = fewest(inside) ?? (isMap(value) ? meantByKeys(fits('keys'), value) : undefined);
  const isPoor = meant?.length === 1 && meant[0]!.path.length === 0 && wordingOf(meant[0]!) === undefined;
  if (meant !== undefined && !isPoor) return meant.flatMap((inner) => toFaults(inner, path, source));
  const kinds = fits('kind').flatMap((option) => option.filter(isKindIssue).flatMap(kindsOf));
  if (kinds.length > 0) return [notListed(kinds, [...path, 'kind'], valueAt(value, ['kind']), source)];
  const expected = wordingOf(issue) ?? either(meant === undefined ? options : [meant]);
  const suggestion = rename(options, value) ?? nearestWord(options, value);
  return [toFault(path, expected, value, source, { suggestion })];
}

/** The word among the options that the value probably is, misspelt. */
function nearestWord(options: readonly Issue[][], value: unknown): string | undefined {
  const words = options.flatMap(([issue]) => (isListed(issue) ? issue.values.map(String) : []));
  return typeof value === 'string' ? nearestInWords(value, words) : undefined;
}

/** What an option takes the whole value for, if it has a guess. */
function hintOf([issue, ...others]: readonly Issue[]): string | undefined {
  if (issue?.code !== 'custom' || issue.path.length > 0 || others.length > 0) return undefined;
  return (issue.params as Params | undefined)?.suggestion;
}

/** The options of a union and of the unions that are options of it. */
function flatten(issue: UnionIssue): Issue[][] {
  return issue.errors.flatMap((option) => {
    const only = option.length === 1 ? option[0] : undefined;
    const isUnion = only?.code === 'invalid_union' && only.path.length === 0 && only.errors.length > 0;
    return isUnion ? flatten(only as UnionIssue) : [option];
  });
}

/** How far a value got in an option: wrong type, another kind, other keys, or wrong only inside. */
type Fit = 'type' | 'kind' | 'keys' | 'inside';

function fitOf(option: readonly Issue[], value: unknown): Fit {
  if (option.some((issue) => isWrongType(issue, value))) return 'type';
  if (option.some(isKindIssue)) return 'kind';
  const isOtherKey = (issue: Issue): boolean =>
    issue.path.length === 0 ? issue.code === 'unrecognized_keys' : isMissing(issue, value);
  return isMap(value) && option.some(isOtherKey) ? 'keys' : 'inside';
}

function isWrongType(issue: Issue, value: unknown): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_value') return !issue.values.some((listed) => typeof listed === typeof value);
  // Nothing finite is a number, but .nan was meant as one.
  return issue.code === 'invalid_type' && !(typeof value === 'number' && /^(number|int)$/.test(issue.expected));
}

function isMissing(issue: Issue, value: unknown): boolean {
  return issue.path.length === 1 && valueAt(value, issue.path) === undefined;
}

function isKindIssue(issue: Issue): boolean {
  return issue.path.length === 1 && issue.path[0] === 'kind' && kindsOf(issue).length > 0;
}

function kindsOf(issue: Issue): readonly unknown[] {
  if (issue.code === 'invalid_value') return issue.values;
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options ?? []) : [];
}

function isListed(issue: Issue | undefined): issue is z.core.$ZodIssueInvalidValue {
  return issue?.code === 'invalid_value' && issue.path.length === 0;
}

/** The option that knows most of the keys, unless none knows any or several know as many. */
function meantByKeys(options: readonly Issue[][], value: object): Issue[] | undefined {
  const given = Object.keys(value).length;
  const ranked = options
    .map((option) => {
      const unknown = option.flatMap((issue) =>
        issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
      );
      return { option, known: unknown.includes('kind') ? 0 : given - unknown.length };
    })
    .sort((a, b) => b.known - a.known);
  const [first, second] = ranked;
  if (first === undefined || (given > 0 && first.known === 0)) return undefined;
  return second !== undefined && second.known === first.known ? undefined : first.option;
}

function fewest(options: readonly Issue[][]): Issue[] | undefined {
  return options.toSorted((a, b) => a.length - b.length)[0];
}

/** `a number, a text or a map`. */
function either(options: readonly Issue[][]): string {
  const words = options.map((option) => {
    const wrong = option.find((issue) => issue.path.length === 0 && issue.code !== 'unrecognized_keys');
    return wrong === undefined ? 'a map' : (wordingOf(wrong) ?? inWords(wrong));
  });
  return [...new Set(words)].join(' or ');
}

/** The key that a map lacks in some option and probably has under a misspelt name. */
function rename(options: readonly Issue[][], value: unknown): string | undefined {
  if (!isMap(value)) return undefined;
  const lacking = options.flat().filter((issue) => isMissing(issue, value));
  const names = new Set(lacking.map((issue) => String(issue.path[0])));
  return Object.keys(value)
    .filter((key) => !names.has(key))
    .slice(0, 5)
    .map((key) => nearest(key, names))
    .find((name) => name !== undefined);
}

function notListed(values: readonly unknown[], path: Path, found: unknown, source: Source): Fault {
  const word = path.at(-1) === 'kind' ? valueAt(source.value, path.slice(0, -1)) : undefined;
  // A word in place of a map is short for its kind, so it is the word that isn't listed.
  if (typeof word === 'string') return notListed(values, path.slice(0, -1), word, source);
  const words = [...new Set(values)].map(String);
  const suggestion = typeof found === 'string' ? nearestInWords(found, words) : undefined;
  return toFault(path, words.length === 1 ? words[0]! : `one of: ${words.join(', ')}`, found, source, { suggestion });
}

/** The schema's own wording; undefined where the message is zod's. */
function wordingOf(issue: Issue): string | undefined {
  const words = issue.message.startsWith('expected ') ? issue.message.slice('expected '.length) : undefined;
  return words ?? (issue.code === 'custom' ? issue.message : undefined);
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  tuple: 'a list',
  null: 'an empty value',
  undefined: 'nothing',
  never: 'nothing',
};

function inWords(issue: Issue): string {
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? String(issue.expected);
  if (issue.code === 'invalid_value') {
    return issue.values.length === 1 ? String(issue.values[0]) : `one of: ${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'too_small') {
    return toLimit(
      issue.origin,
      issue.minimum,
      issue.exact ? '' : issue.inclusive === false ? 'more than ' : 'at least ',
    );
  }
  if (issue.code === 'too_big') {
    return toLimit(
      issue.origin,
      issue.maximum,
      issue.exact ? '' : issue.inclusive === false ? 'less than ' : 'at most ',
    );
  }
  if (issue.code === 'not_multiple_of') return `a multiple of ${issue.divisor}`;
  if (issue.code === 'invalid_format') return `a text of the form ${issue.pattern ?? issue.format}`;
  return issue.message;
}

function toLimit(origin: string, limit: number | bigint, relation: string): string {
  if (origin === 'array' || origin === 'set')
    return `a list of ${relation}${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  if (origin === 'string') return `a text of ${relation}${limit} ${limit === 1 ? 'character' : 'characters'}`;
  return `${TYPES[origin] ?? 'a number'} of ${relation}${limit}`;
}

/** What is expected where a number would do. */
const NUMERIC = /\b(number|integer|amount|fraction|probability|share|shares)\b/;

const SWITCHES: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' };

/** What the author may have meant by a value of the wrong type or by a word that isn't listed. */
function suggest(issue: Issue, found: unknown): string | undefined {
  if (issue.code === 'invalid_value' && typeof found === 'string') {
    return nearestInWords(found, issue.values.map(String));
  }
  if (issue.code !== 'invalid_type') return undefined;
  const { expected } = issue;
  if (typeof found === 'string' && expected === 'boolean') return SWITCHES[found.toLowerCase()];
  if (expected === 'string' && (typeof found === 'number' || typeof found === 'boolean')) return `"${found}"`;
  return undefined;
}

/** The value at the path; undefined where there is none. */
function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[segment];
  }
  return value;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
