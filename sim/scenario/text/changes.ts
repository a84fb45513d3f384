/**
 * The settings of a scenario's `changes` and `votes`, which are written like those of `--set`: nested, or by
 * dotted paths.
 */
import { entriesOf } from './extends.js';
import { type Fault, toPath } from './faults.js';
import { assign, type Segment } from './overrides.js';
import { type Source, type Tree, toSource } from './source.js';

/** One setting that a change names, and its value. */
export interface ChangedTo {
  readonly path: readonly Segment[];
  readonly value: Tree;
}

/**
 * The source with every dotted name in the settings of its changes and votes as maps in maps, so that `--set`
 * finds them by their paths; with what is said twice.
 */
export function withNestedChanges<S extends Source>(source: S): { readonly source: S; readonly faults: Fault[] } {
  const faults: Fault[] = [];
  let settings = entriesOf(source.tree);
  for (const list of ['changes', 'votes']) {
    const changes = settings?.get(list);
    if (changes === undefined || !Array.isArray(changes.content)) continue;
    const items = (changes.content as readonly Tree[]).map((change, index) => {
      const [entries, set] = [entriesOf(change), entriesOf(change)?.get('set')];
      if (entries === undefined || set === undefined) return change;
      const nested = nest(set, [list, String(index), 'set'], faults);
      return nested === set ? change : { ...change, content: new Map(entries).set('set', nested) };
    });
    settings = new Map(settings).set(list, { ...changes, content: items });
  }
  if (settings === entriesOf(source.tree)) return { source, faults };
  const tree = { ...source.tree, content: settings! };
  return { source: { ...source, ...toSource(tree, source.file, source.question) }, faults };
}

/** A map without dots in its names, on every level. */
function nest(tree: Tree, path: readonly string[], faults: Fault[]): Tree {
  const entries = entriesOf(tree);
  if (entries === undefined) return tree;
  let made: Tree = { ...tree, content: new Map() };
  for (const [name, inner] of entries) {
    // faults show indices in brackets, so settings may be written that way, too
    const names = name.replace(/\[(\d+)\]/g, '.$1').split('.');
    const nested = nest(inner, [...path, ...names], faults);
    made = put(made, names, { ...nested, keyAt: inner.keyAt ?? inner.at }, path, faults);
  }
  return made;
}

/** The map with the value at the names; where both have a map, they are one. */
function put(into: Tree, names: readonly string[], value: Tree, path: readonly string[], faults: Fault[]): Tree {
  const [name, ...rest] = names as [string, ...string[]];
  const at = value.keyAt!;
  const entries = new Map(entriesOf(into));
  const there = entries.get(name);
  const own = [...path, name];
  if (rest.length > 0) {
    const base = there ?? { content: new Map<string, Tree>(), at, keyAt: at };
    if (entriesOf(base) === undefined) faults.push(twice(at, own));
    else entries.set(name, put(base, rest, value, own, faults));
  } else if (there === undefined) entries.set(name, value);
  else {
    const [before, more] = [entriesOf(there), entriesOf(value)];
    if (before === undefined || more === undefined) faults.push(twice(at, own));
    else {
      let joined = there;
      for (const [key, inner] of more) {
        joined = put(joined, [key], { ...inner, keyAt: inner.keyAt ?? inner.at }, own, faults);
      }
      entries.set(name, joined);
    }
  }
  return { ...into, content: entries };
}

function twice(position: Tree['at'], path: readonly string[]): Fault {
  return { position, path: toPath(path), expected: 'each setting once', found: 'it again' };
}

/** The settings that a change names, as they are laid over a scenario: each as far down as that has maps or nothing. */
export function settingsOf(set: Tree, base: Tree, path: readonly Segment[] = []): readonly ChangedTo[] {
  return [...(entriesOf(set) ?? [])].flatMap(([name, value]): readonly ChangedTo[] => {
    const own = [...path, { name, at: value.keyAt ?? value.at }];
    const inner = entriesOf(value);
    const there = childOf(base, name);
    const isOpen = there.content === null || there.content instanceof Map || Array.isArray(there.content);
    return inner !== undefined && inner.size > 0 && isOpen ? settingsOf(value, there, own) : [{ path: own, value }];
  });
}

/** What stands under the name, or nothing. */
function childOf(tree: Tree, name: string): Tree {
  const items = Array.isArray(tree.content) ? (tree.content as readonly Tree[]) : [];
  return entriesOf(tree)?.get(name) ?? items[Number(name)] ?? { content: null, at: tree.at };
}

/** The tree with the settings laid over it as `--set` lays them; throws InvalidInput for an index that isn't there. */
export function withChanged(tree: Tree, settings: readonly ChangedTo[]): Tree {
  return settings.reduce((changed, { path, value }) => assign(changed, path, 0, value), tree);
}
