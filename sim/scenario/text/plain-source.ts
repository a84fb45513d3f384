import { type Source, type Tree, toSource } from './source.js';

/** Plain data, such as a manifest's scenario, as a source to check; faults are placed at the file as a whole. */
export function plainSource(value: unknown, file: string, question: string): Source {
  const at = { file, line: 0, column: 0 };
  const treeOf = (part: unknown): Tree => {
    if (Array.isArray(part)) return { content: part.map(treeOf), at };
    if (typeof part === 'object' && part !== null) {
      return { content: new Map(Object.entries(part).map(([key, inner]) => [key, treeOf(inner)])), at };
    }
    return { content: part as Exclude<Tree['content'], readonly Tree[] | ReadonlyMap<string, Tree>>, at };
  };
  return toSource(treeOf(value), file, question);
}
