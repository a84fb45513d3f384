import type { StrategyDefinition } from '../model/contract/definition.js';
import { alwaysWrong } from './always-wrong.js';
import { bidder } from './bidder.js';
import { collusionRing } from './collusion-ring.js';
import { honest } from './honest.js';
import { sybilSwarm } from './sybil-swarm.js';

/** The strategies that cohorts can name. */
export const strategies = [honest, bidder, alwaysWrong, collusionRing, sybilSwarm] as const;

/** The one named `kind`; the schema has checked that it exists. */
export function strategyNamed(kind: string): StrategyDefinition {
  const found = strategies.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`expected one of the strategies, found ${kind}`);
  return found as unknown as StrategyDefinition;
}
