import { type NodeIndex, NodeState, type Nodes } from '../../columns/nodes.js';
import type { Remark, Standing } from '../definition.js';
import { count } from '../settings.js';
import type { Attack } from './attack.js';

/** How many rivals an attack works against, as its strategies are told. */
export const targetsSetting = count({
  least: 1,
  most: 100_000,
  unit: 'nodes',
  meaning: 'Nodes of others that it works against at a time: those with the best published scores',
}).default(5);

/**
 * Marks nodes of others as the attack's targets until it has so many: who has the best published score first, of equals
 * the earlier; those that are gone are forgotten.
 */
export function markTargets(nodes: Nodes, { isMember, targets }: Attack, most: number): void {
  for (const node of targets) if (nodes.state[node] !== NodeState.present) targets.delete(node);
  if (targets.size >= most) return;
  const rivals: NodeIndex[] = [];
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] === NodeState.present && !isMember(node) && !targets.has(node)) rivals.push(node);
  }
  rivals.sort((a, b) => nodes.publishedScore[b]! - nodes.publishedScore[a]! || a - b);
  for (const node of rivals.slice(0, most - targets.size)) targets.add(node);
}

/** Where there are fewer others than it works against, or none. */
export function targetsRemarks(targets: number, { others }: Standing): readonly Remark[] {
  if (others === 0) {
    const why = 'so that there is nobody to work against';
    return [{ setting: '', expected: 'a cohort of others', found: 'none', why, isFault: true }];
  }
  if (targets <= others) return [];
  const expected = `at most as many as there are others, ${others}`;
  const why = 'so that there aren’t so many';
  return [{ setting: 'targets', expected, found: `${targets}`, why, isFault: 'asWritten' }];
}
