/**
 * Settings of the form `path=value` from the command line, laid over a source.
 */
import { expandName, isEntryOfCollection, isMapTree, rivalsOf } from './extends.js';
import { type Fault, InvalidInput, nearest, type Position, toFound, toPath } from './faults.js';
import { FORBIDDEN_KEYS, NESTING_MAX, parseTree, type Source, type Tree, toSource } from './source.js';

/** The file that faults in a setting name; its line is the ordinal of the setting. */
export const OVERRIDES_FILE = '--set';

/**
 * Applies `path=value` settings in their order; throws InvalidInput with the faults of all of them.
 *
 * The value is YAML and replaces what is there. The path runs through maps by key and through lists by index; what a
 * map lacks is created. Another `kind` clears the settings of the previous kind, as it does in a nearer file.
 */
export function applyOverrides<S extends Source>(source: S, settings: readonly string[]): S {
  const faults: Fault[] = [];
  let tree = source.tree;
  for (const [index, setting] of settings.entries()) {
    try {
      tree = applyOne(tree, setting, index + 1);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(fault);
    }
  }
  if (faults.length > 0) throw new InvalidInput(faults);
  return { ...source, ...toSource(tree, source.file, source.question) };
}

interface Segment {
  readonly name: string;
  readonly at: Position;
}

function applyOne(tree: Tree, setting: string, ordinal: number): Tree {
  const place = (column: number): Position => ({ file: OVERRIDES_FILE, line: ordinal, column });
  const end = setting.indexOf('=');
  if (end < 0) throw refusal(place(1), '', 'path=value', toFound(setting));
  if (setting.slice(0, end).trim() === '') throw refusal(place(1), '', 'a path before the =', 'nothing');
  const path = setting.slice(0, end);
  const segments: Segment[] = [];
  let column = 1;
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
  return assign(tree, segments, 0, value ?? { content: null, at: placeInValue(1, 1) });
}

/** The tree with the value at the segments from `depth` on. */
function assign(tree: Tree, segments: readonly Segment[], depth: number, value: Tree): Tree {
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
    return { ...tree, content: items.with(Number(name), assign(item, segments, depth + 1, value)) };
  }
  // A mechanism may be written as a word; a setting of it needs the map that the word is short for.
  const map = tree.content === null ? { ...tree, content: new Map<string, Tree>() } : expandName(tree, 'kind');
  if (!isMapTree(map)) throw refusal(at, toPath(path), `a map or a list to set ${name} in`, toFound(tree.content));
  const entries = new Map(map.content);
  const isLast = depth === segments.length - 1;
  if (isLast && value.content === null && isEntryOfCollection([...path, name]) && entries.delete(name)) {
    return { ...map, content: entries };
  }
  const child = entries.get(name);
  // a new entry may be given piece by piece, but one with nearly the name of another is a slip
  const meant = child === undefined && isEntryOfCollection([...path, name]) ? nearest(name, entries.keys()) : undefined;
  if (!isLast && meant !== undefined) {
    const expected = `${[...entries.keys()].join(', ')}, or ${name} itself set to a map for a new one`;
    throw new InvalidInput([{ position: at, path: toPath(path), expected, found: name, suggestion: meant }]);
  }
  if (isLast && name === 'kind' && child !== undefined && child.content !== value.content) dropInherited(entries);
  if (!isEntryOfCollection([...path, name])) for (const rival of rivalsOf(name)) entries.delete(rival);
  const next = assign(child ?? { content: null, at }, segments, depth + 1, value);
  entries.set(name, { ...next, keyAt: at });
  return { ...map, content: entries };
}

/** Removes what files said; what the command line said stays, so that nothing just asked for is lost in silence. */
function dropInherited(entries: Map<string, Tree>): void {
  for (const [name, tree] of entries) if (tree.keyAt?.file !== OVERRIDES_FILE) entries.delete(name);
}

function refusal(position: Position, path: string, expected: string, found: string): InvalidInput {
  return new InvalidInput([{ position, path, expected, found }]);
}
