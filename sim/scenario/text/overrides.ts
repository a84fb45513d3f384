/**
 * Settings of the form `path=value` from the command line, laid over a source.
 */
import { entriesOf, expandName, isEntryOfCollection, isMapTree, isWhole, merge, shortKey } from './extends.js';
import { type Fault, InvalidInput, nearest, type Position, toFound, toPath } from './faults.js';
import { FORBIDDEN_KEYS, NESTING_MAX, OVERRIDES_FILE, parseTree, type Source, type Tree, toSource } from './source.js';

/** Before a path that makes a new part, such as a cohort. */
const NEW = '+';

/**
 * Applies `path=value` settings in their order; throws InvalidInput with the faults of all of them, if there are any,
 * behind those that the resolved source has.
 *
 * With the last setting that says which protocol applies, `resolve` puts that protocol in place of its name, so that
 * later settings change it.
 *
 * The value is YAML and is laid over what is there as a nearer file would be: a map key by key, everything else takes
 * the place of what was there, and null gives a setting its default back or takes a part away. The path runs through
 * maps by key and through lists by index; settings that a map lacks are created, but a part that the author names (a
 * cohort, an outage, …) only by a path that begins with `+`. Another `kind` clears the settings of the previous kind.
 */
export function applyOverrides<S extends Source & { readonly faults: readonly Fault[] }>(
  source: Source,
  settings: readonly string[],
  resolve: (source: Source) => S,
): S {
  const faults: Fault[] = [];
  const made = new Set<string>();
  const layOver = <Some extends Source>(below: Some, from: number, to: number): Some => {
    let { tree } = below;
    for (let index = from; index < to; index++) {
      try {
        tree = applyOne(tree, settings[index]!, index + 1, made);
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        for (const fault of error.faults) faults.push(fault);
      }
    }
    return { ...below, ...toSource(tree, below.file, below.question) };
  };
  const resolved = settings.findLastIndex((setting) => NAMES_PROTOCOL.test(setting)) + 1;
  const changed = layOver(resolve(layOver(source, 0, resolved)), resolved, settings.length);
  if (faults.length > 0) throw new InvalidInput([...changed.faults, ...faults]);
  return changed;
}

/** Of a setting that says which protocol applies, or that none does. */
const NAMES_PROTOCOL = /^protocol(\.extends)?=/;

/** A name in a path, and where it stands. */
export interface Segment {
  readonly name: string;
  readonly at: Position;
}

/** @param made paths of the parts that settings before this one made; its own are added */
function applyOne(tree: Tree, setting: string, ordinal: number, made: Set<string>): Tree {
  const place = (column: number): Position => ({ file: OVERRIDES_FILE, line: ordinal, column });
  const end = setting.indexOf('=');
  if (end < 0) throw refusal(place(1), '', 'path=value', toFound(setting));
  if (setting.slice(0, end).trim() === '') throw refusal(place(1), '', 'a path before the =', 'nothing');
  const isNew = setting.startsWith(NEW);
  const path = setting.slice(isNew ? NEW.length : 0, end);
  const segments: Segment[] = [];
  let column = isNew ? 1 + NEW.length : 1;
  // faults show indices in brackets, so settings may be typed that way, too
  for (const name of path.replace(/\[(\d+)\]/g, '.$1').split('.')) {
    const at = place(column);
    if (name.trim() === '') throw refusal(at, path, 'a name between the dots', 'nothing');
    if (FORBIDDEN_KEYS.has(name)) throw refusal(at, path, 'another name (this one is reserved)', name);
    segments.push({ name, at });
    column += name.length + 1;
  }
  if (segments.length > NESTING_MAX) {
    throw refusal(place(1), '', `a path of at most ${NESTING_MAX} names`, String(segments.length));
  }
  // All of the setting is one line, and a value that spans several starts where it starts.
  const placeInValue = (line: number, column: number): Position => place(line === 1 ? end + 1 + column : end + 2);
  let value: Tree | undefined;
  try {
    value = parseTree(setting.slice(end + 1), placeInValue);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const inner = (fault: Fault) => (fault.path === '' ? path : `${path}.${fault.path}`);
    throw new InvalidInput(error.faults.map((fault) => ({ ...fault, path: inner(fault) })));
  }
  const changed = assign(tree, segments, 0, value ?? { content: null, at: placeInValue(1, 1) });
  checkParts(tree, changed, segments, isNew, made);
  return changed;
}

/** Refuses parts that come up without a `+` before the path, and a `+` that makes none. */
function checkParts(before: Tree, after: Tree, segments: readonly Segment[], isNew: boolean, made: Set<string>): void {
  const { at } = segments[0]!;
  const names = segments.map(({ name }) => name);
  const path = toPath(names);
  const parts = newParts(before, after, []);
  if (isNew) {
    const isInOwn = names.some((_, index) => made.has(toPath(names.slice(0, index + 1))));
    if (parts.length === 0 && !isInOwn) {
      const expected = 'a path that makes a new part, such as +fleet.NAME.nodes';
      throw new InvalidInput([{ position: at, path, expected, found: `${NEW}${path}`, suggestion: path }]);
    }
    for (const part of parts) made.add(toPath(part.path));
    return;
  }
  const faults = parts.map(({ path: part, known }): Fault => {
    const name = part.at(-1)!;
    const place = segments[part.length - 1]?.at ?? at;
    const list = known.length === 0 ? '' : `one of: ${known.join(', ')}; or `;
    const expected = `${list}${NEW} before the path for a new one (${NEW}${path}=…)`;
    const suggestion = nearest(name, known);
    const fault = { position: place, path: toPath(part.slice(0, -1)), expected, found: name };
    return suggestion === undefined ? fault : { ...fault, suggestion };
  });
  if (faults.length > 0) throw new InvalidInput(faults);
}

interface NewPart {
  readonly path: readonly string[];
  /** Those that there are in its place. */
  readonly known: readonly string[];
}

/** The parts with a name of their own that one tree has and the other hasn't; of those inside new ones, nothing. */
function newParts(before: Tree | undefined, after: Tree, path: readonly string[]): readonly NewPart[] {
  const known = (before === undefined ? undefined : entriesOf(before)) ?? new Map<string, Tree>();
  return [...(entriesOf(after) ?? [])].flatMap(([name, inner]) => {
    const own = [...path, name];
    // null makes nothing; that there is nothing to take away is told otherwise
    if (inner.content === null) return [];
    if (isEntryOfCollection(own) && !known.has(name)) return [{ path: own, known: [...known.keys()] }];
    return newParts(known.get(name), inner, own);
  });
}

/** The tree with the value at the segments from `depth` on; throws InvalidInput where there is no such place. */
export function assign(tree: Tree, segments: readonly Segment[], depth: number, value: Tree): Tree {
  const segment = segments[depth];
  if (segment === undefined) return value;
  const { name, at } = segment;
  const path = segments.slice(0, depth).map((earlier) => earlier.name);
  if (Array.isArray(tree.content)) {
    const items = tree.content as readonly Tree[];
    const item = /^(0|[1-9]\d*)$/.test(name) ? items[Number(name)] : undefined;
    if (item === undefined) {
      const range = items.length === 0 ? 'no index, as the list is empty' : `an index from 0 to ${items.length - 1}`;
      throw refusal(at, toPath([...path, name]), range, name);
    }
    const isLaidOver = depth === segments.length - 1 && value.content !== null;
    const changed = isLaidOver ? merge(item, value, [...path, name]) : assign(item, segments, depth + 1, value);
    return { ...tree, content: items.with(Number(name), changed) };
  }
  // A mechanism may be written as a word; a setting of it needs the map that the word is short for.
  const key = shortKey(path, tree);
  const isEmpty = tree.content === null || (typeof tree.content === 'string' && key === null);
  const map = isEmpty || key === null ? asMap(tree, isEmpty) : expandName(tree, key);
  if (!isMapTree(map)) throw refusal(at, toPath(path), `a map or a list to set ${name} in`, toFound(tree.content));
  const entries = new Map(map.content);
  const isLast = depth === segments.length - 1;
  if (isLast && value.content === null && isEntryOfCollection([...path, name]) && entries.delete(name)) {
    // what is lacking now is to be mended where it was taken away
    return { ...map, at: value.at, content: entries };
  }
  const child = entries.get(name);
  if (!isLast) {
    const next = assign(child ?? { content: null, at }, segments, depth + 1, value);
    entries.set(name, { ...next, keyAt: at });
    return { ...map, content: entries };
  }
  const given = { ...value, keyAt: at };
  if (name === 'kind') {
    if (child !== undefined && child.content !== value.content) dropInherited(entries);
    entries.set(name, given);
    return { ...map, content: entries };
  }
  const { content } = merge(map, { ...map, content: new Map([[name, given]]) }, path);
  return { ...map, content, at: isWhole(path) ? value.at : map.at };
}

/** A map to set something in, in place of nothing or of a word that says that there is none. */
function asMap(tree: Tree, isEmpty: boolean): Tree {
  return isEmpty ? { ...tree, content: new Map<string, Tree>() } : tree;
}

/** Removes what files said; what the command line said stays, so that nothing just asked for is lost in silence. */
function dropInherited(entries: Map<string, Tree>): void {
  for (const [name, tree] of entries) if (tree.keyAt?.file !== OVERRIDES_FILE) entries.delete(name);
}

function refusal(position: Position, path: string, expected: string, found: string): InvalidInput {
  return new InvalidInput([{ position, path, expected, found }]);
}
