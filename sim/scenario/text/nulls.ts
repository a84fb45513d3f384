import type { z } from 'zod';
import { entriesOf, isEntryOfCollection } from './extends.js';
import { type Fault, nearest, toPath } from './faults.js';
import { type Source, type Tree, toSource } from './source.js';

/**
 * The source without the settings that are null, so that their defaults apply; where there is no default, the fault is
 * placed at the null.
 *
 * A null entry of a collection stays where nothing is inherited: its author has yet to fill it in.
 */
export function withoutNulls<S extends Source>(source: S): S {
  const { value } = toSource(withoutNullsIn(source.tree, []), source.file, source.question);
  return { ...source, value };
}

function withoutNullsIn(tree: Tree, path: readonly string[]): Tree {
  if (Array.isArray(tree.content)) {
    const items = tree.content as readonly Tree[];
    return { ...tree, content: items.map((item, index) => withoutNullsIn(item, [...path, String(index)])) };
  }
  const entries = entriesOf(tree);
  if (entries === undefined) return tree;
  const kept = new Map<string, Tree>();
  for (const [name, inner] of entries) {
    const own = [...path, name];
    const isLeftOut = inner.content === null && (inner.takesNoneOf !== undefined || !isEntryOfCollection(own));
    if (!isLeftOut) kept.set(name, withoutNullsIn(inner, own));
  }
  return { ...tree, content: kept };
}

/** The nulls that would take away a part which isn't there, each with those that are. */
export function vainNulls(tree: Tree): readonly Fault[] {
  const faults: Fault[] = [];
  const visit = (inner: Tree, path: readonly string[]): void => {
    const { takesNoneOf: known, keyAt, at } = inner;
    if (known !== undefined) {
      const name = path.at(-1)!;
      const expected = `one of: ${known.join(', ')}`;
      const suggestion = nearest(name, known);
      const fault = { position: keyAt ?? at, path: toPath(path.slice(0, -1)), expected, found: name, why: takesAway };
      faults.push(suggestion === undefined ? fault : { ...fault, suggestion });
    }
    const items = Array.isArray(inner.content) ? (inner.content as readonly Tree[]) : [];
    for (const [index, item] of items.entries()) visit(item, [...path, String(index)]);
    for (const [name, entry] of entriesOf(inner) ?? []) visit(entry, [...path, name]);
  };
  visit(tree, []);
  return faults;
}

const takesAway = 'which null would take away';

type Issue = z.core.$ZodIssue;
type UnknownKeys = z.core.$ZodIssueUnrecognizedKeys;

/** In place of every plain value, so that of a choice of maps none fits and each says which keys it has. */
const MARK = Symbol('a value');

/**
 * What is wrong with the keys of the settings that were left out because they are null: only a known setting has a
 * default to give back. Of a choice of maps, a key is known if one of them has it.
 *
 * @param issuesOf what is wrong with a value; of unknown keys the message has the known ones, each in a line
 */
export function keyIssuesOfNulls({ value, tree }: Source, issuesOf: (value: unknown) => readonly Issue[]): Issue[] {
  const leftOut = new Set<string>();
  const keys = keysOf(tree, value, [], leftOut);
  if (leftOut.size === 0) return [];
  const known = new Set<string>();
  const refused = new Map<string, Issue>();
  const refuse = (issue: Issue): void => {
    const place = placeOf(issue.path);
    if (leftOut.has(place)) refused.set(place, issue);
  };
  const visit = (issue: Issue, base: readonly PropertyKey[]): void => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const earlier = refused.get(placeOf([...path, key])) as UnknownKeys | undefined;
        const names = new Set([...(earlier?.message.split('\n') ?? []), ...issue.message.split('\n')]);
        refuse({ ...issue, keys: [key], message: [...names].join('\n'), path: [...path, key] });
      }
    } else if (issue.code === 'invalid_key') refuse({ ...issue, path });
    else {
      known.add(placeOf(path));
      if (issue.code === 'invalid_union') for (const inner of issue.errors.flat()) visit(inner, path);
    }
  };
  for (const issue of issuesOf(keys)) visit(issue, []);
  return [...refused]
    .filter(([place]) => !known.has(place))
    .map(([, issue]) => (issue.code === 'unrecognized_keys' ? { ...issue, path: issue.path.slice(0, -1) } : issue));
}

/** The keys and kinds of a tree, all else marked; places of nulls that were left out of the value are added. */
function keysOf(tree: Tree, value: unknown, path: readonly string[], leftOut: Set<string>): unknown {
  const inside = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  if (Array.isArray(tree.content)) {
    const items = tree.content as readonly Tree[];
    return items.map((item, index) => keysOf(item, inside[index], [...path, String(index)], leftOut));
  }
  const entries = entriesOf(tree);
  if (entries === undefined) return path.at(-1) === 'kind' ? tree.content : MARK;
  const keys: [name: string, value: unknown][] = [];
  for (const [name, inner] of entries) {
    const own = [...path, name];
    const isLeftOut = inner.content === null && !Object.hasOwn(inside, name);
    // without a kind nobody knows which settings there are
    if (isLeftOut && name === 'kind') continue;
    if (isLeftOut) leftOut.add(placeOf(own));
    keys.push([name, keysOf(inner, inside[name], own, leftOut)]);
  }
  return Object.fromEntries(keys);
}

const placeOf = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String));
