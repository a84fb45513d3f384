import type { z } from 'zod';
import { entriesOf } from '../text/extends.js';
import { type Source, type Tree, toSource } from '../text/source.js';
import { protocolRoles, type Registry } from './registry.js';

/** The mechanisms that apply where a scenario names none. */
export const defaultKinds = {
  assignment: 'uniform',
  verification: 'none',
  reputation: 'ema',
  slashing: 'fixed',
  rewards: 'fee-split',
  strategy: 'honest',
} as const;

type Role = keyof typeof defaultKinds;

interface Entry {
  readonly kind: string;
  readonly settings: z.ZodType;
}

/**
 * The source with the default kind in each mechanism's map that names none, so that `rewards: { holdEpochs: 1 }` says
 * enough. Settings that only another kind has are left alone: who wrote them meant that one, and is told so.
 */
export function withDefaultKinds<S extends Source>(source: S, { registered }: Registry): S {
  const inProtocol = (protocol: Tree) =>
    protocolRoles.reduce(
      (tree, role) => within(tree, role, (mechanism) => withKind(mechanism, role, registered[role])),
      protocol,
    );
  const inCohort = (cohort: Tree) =>
    within(cohort, 'strategy', (strategy) => withKind(strategy, 'strategy', registered.strategy));
  let tree = within(source.tree, 'protocol', inProtocol);
  tree = within(tree, 'fleet', (fleet) => {
    const names = [...(entriesOf(fleet) ?? new Map<string, Tree>()).keys()];
    return names.reduce((cohorts, name) => within(cohorts, name, inCohort), fleet);
  });
  return tree === source.tree ? source : { ...source, ...toSource(tree, source.file, source.question) };
}

/** The tree with one of its entries changed; itself if it hasn't got it, or if nothing changed. */
function within(tree: Tree, name: string, change: (inner: Tree) => Tree): Tree {
  const content = entriesOf(tree);
  const inner = content?.get(name);
  const changed = inner === undefined ? undefined : change(inner);
  return changed === undefined || changed === inner ? tree : { ...tree, content: new Map(content).set(name, changed) };
}

function withKind(tree: Tree, role: Role, entries: readonly Entry[]): Tree {
  const content = entriesOf(tree);
  if (content === undefined) return tree;
  const kind = content.get('kind');
  if (kind !== undefined && kind.content !== null) return tree;
  const given = [...content.keys()].filter((name) => name !== 'kind');
  const knows = (entry: Entry) => given.filter((name) => keysOf(entry).includes(name)).length;
  const own = entries.find((entry) => entry.kind === defaultKinds[role])!;
  if (entries.some((other) => knows(other) > knows(own))) return tree;
  return { ...tree, content: new Map(content).set('kind', { content: own.kind, at: tree.at }) };
}

function keysOf({ settings }: Entry): readonly string[] {
  return Object.keys((settings as unknown as { shape?: object }).shape ?? {});
}
