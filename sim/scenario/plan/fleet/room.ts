import { entrantsMost } from '../../../model/contract/cohorts/by-profit.js';
import { newcomersMost } from '../../../model/outside/newcomers.js';
import type { CohortSettings } from '../../schema/scenario-schema.js';

/** Nodes that may come to a cohort besides those that it declares, by chance or as it pays. */
export function roomOf({ byProfit, joins }: CohortSettings, horizonSeconds: number): number {
  return newcomersMost(joins.newcomers, horizonSeconds) + entrantsMost(byProfit);
}
