import { entriesOf, isEntryOfCollection } from './extends.js';
import { type Source, type Tree, toSource } from './source.js';

/**
 * The source without the settings that are null, so that their defaults apply; where there is no default, the fault is
 * placed at the null.
 *
 * A null entry of a collection stays: it takes an inherited one away, and there was none.
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
    if (inner.content !== null || isEntryOfCollection(own)) kept.set(name, withoutNullsIn(inner, own));
  }
  return { ...tree, content: kept };
}
