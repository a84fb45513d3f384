import type { CohortPlan } from '../../model/contract/definition.js';
import { strategyNamed } from '../../strategies/index.js';

interface StrategySettings {
  readonly kind: string;
}

/** The machines, operators and identities of a cohort with this strategy that declares so many nodes. */
export function cohortPlan(strategy: StrategySettings, nodes: number): CohortPlan {
  return strategyNamed(strategy.kind).plan(strategy, nodes);
}

/** Whether operators with this strategy mean harm. */
export function isAttackers({ kind }: StrategySettings): boolean {
  return strategyNamed(kind).isAttacker;
}
