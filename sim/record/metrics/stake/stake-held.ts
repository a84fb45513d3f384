import { microTokens } from '../../../model/contract/units.js';
import type { FinishedRun, Group, Metric } from '../metric.js';

/** Own stake of the group's nodes in cases that are open as the run ends [tokens]; NaN without a group. */
function heldOf({ world: { cohorts, ledger, nodes, ownership } }: FinishedRun, who: Group): number {
  if (!cohorts.some(({ index }) => who(index))) return Number.NaN;
  let held = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (who(ownership.cohort[node]!)) held += ledger.heldOf[node]!;
  }
  return held / microTokens;
}

/** What may yet be slashed, or given back: a review or an appeal that the horizon cuts off counts as no loss. */
export const stakeHeldMetrics: readonly Metric[] = [
  {
    name: 'honestStakeHeldTokens',
    label: 'honest stake held in cases that are open at the end',
    unit: 'tokens',
    window: 'at the end',
    meaning:
      'Honest nodes’ own stake in cases that are open at the end (reviews, appeals), and no part of what was lost',
    about: 'honest',
    isAtEnd: true,
    value: heldOf,
  },
  {
    name: 'attackerStakeHeldTokens',
    label: 'attackers’ stake held in cases that are open at the end',
    unit: 'tokens',
    window: 'at the end',
    meaning: 'Attackers’ own stake in cases that are open at the end (reviews, appeals); no loss in their profit',
    about: 'attackers',
    needs: 'attackers',
    isAtEnd: true,
    value: heldOf,
  },
];
