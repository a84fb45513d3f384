import { entriesOf } from './extends.js';
import { type Source, toSource } from './source.js';

/** The scenario as another is compared to it: with that one's seed, and without what it asks and expects itself. */
export function asCounterpart<S extends Source>(source: S, seed: string): S {
  const { tree, file, question } = source;
  const settings = entriesOf(tree);
  // what is no map is refused by the check
  if (settings === undefined) return source;
  const entries = new Map(settings).set('seed', { content: seed, at: settings.get('seed')?.at ?? tree.at });
  for (const name of ['question', 'expect', 'variants', 'experiment']) entries.delete(name);
  return { ...source, ...toSource({ ...tree, content: entries }, file, question) };
}
