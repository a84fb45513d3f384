import { areaUnderCurve } from '../../kernels/area-under-curve.js';
import { Limit } from '../../model/columns/limits.js';
import { NodeState } from '../../model/columns/nodes.js';
import { accountOfAll, type CohortAccount } from '../economics.js';
import type { FinishedRun, Metric } from './metric.js';

const ofAttackers = (run: FinishedRun, value: (account: CohortAccount) => number): number => {
  const account = accountOfAll(run, true);
  return account === null ? Number.NaN : value(account);
};

/** Scores of the nodes that ever joined, those of attackers or of the others. */
function scoresOf({ world }: FinishedRun, isAttacker: boolean): Float64Array {
  const { nodes, ownership, cohorts } = world;
  const scores: number[] = [];
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] === NodeState.absent) continue;
    if (cohorts[ownership.cohort[node]!]!.strategy.isAttacker === isAttacker) scores.push(nodes.score[node]!);
  }
  return Float64Array.from(scores);
}

function attackerWorkShare({ world, recorder }: FinishedRun): number {
  if (!world.cohorts.some((cohort) => cohort.strategy.isAttacker)) return Number.NaN;
  let hostile = 0;
  let all = 0;
  for (const cohort of world.cohorts) {
    const work = recorder.total.work[cohort.index]!;
    all += work;
    if (cohort.strategy.isAttacker) hostile += work;
  }
  return all === 0 ? Number.NaN : hostile / all;
}

function attackersEjected({ world }: FinishedRun): number {
  const { nodes, ownership, cohorts } = world;
  let joined = 0;
  let ejected = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (!cohorts[ownership.cohort[node]!]!.strategy.isAttacker || nodes.state[node] === NodeState.absent) continue;
    joined++;
    if (nodes.state[node] === NodeState.ejected) ejected++;
  }
  return joined === 0 ? Number.NaN : ejected / joined;
}

/** What attacking cohorts got and what it cost them; empty cells where no cohort attacks. */
export const attackMetrics: readonly Metric[] = [
  {
    name: 'attackerWorkShare',
    unit: 'fraction',
    window: 'after the warm-up',
    meaning: 'Share of the accepted work, after the warm-up, that attackers’ nodes did',
    value: attackerWorkShare,
  },
  {
    name: 'attackerPeakWorkShare',
    unit: 'fraction',
    window: 'after the warm-up',
    meaning: 'Largest share of the accepted work of any one epoch after the warm-up that attackers’ nodes did',
    value: (run) => (Number.isNaN(attackerWorkShare(run)) ? Number.NaN : run.recorder.attackerPeakShare),
  },
  {
    name: 'attackerIncomeUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Fees and emissions paid to attackers, the whole run',
    value: (run) => ofAttackers(run, (account) => account.incomeUsd),
  },
  {
    name: 'attackerCostUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Attackers’ compute (machines, power) and identity fees, the whole run',
    value: (run) => ofAttackers(run, (account) => account.outlayUsd),
  },
  {
    name: 'attackerSlashedUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Stake and bonds slashed from attackers, the whole run',
    value: (run) => ofAttackers(run, (account) => account.slashedUsd),
  },
  {
    name: 'attackerPeakLockedUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Most stake and bonds that attackers had locked, summed over operators',
    value: (run) => ofAttackers(run, (account) => account.peakLockedUsd),
  },
  {
    name: 'attackerProfitUsd',
    unit: 'USD',
    window: 'whole run',
    meaning:
      'Attackers’ income + value of undetected wrong results + saved computing − compute − identity fees ' +
      '− slashed stake and bonds − capital cost, the whole run',
    value: (run) => ofAttackers(run, (account) => account.profitUsd),
  },
  {
    name: 'attackerReturnOnCapital',
    unit: 'fraction',
    window: 'whole run',
    isRatio: true,
    meaning: 'Attackers’ profit over peak locked capital plus outlay, the whole run',
    value: (run) => ofAttackers(run, (account) => account.profitUsd / (account.peakLockedUsd + account.outlayUsd)),
  },
  {
    name: 'attackersEjectedFraction',
    unit: 'fraction',
    window: 'whole run',
    meaning: 'Share of attackers’ identities that were ejected',
    value: attackersEjected,
  },
  {
    name: 'actionsRefused',
    unit: 'actions',
    window: 'whole run',
    meaning: 'Entries and stakes of strategies that were refused: no room left, or not enough tokens',
    value: ({ world: { limits } }) => limits.times[Limit.identities]! + limits.times[Limit.operatorTokens]!,
  },
  {
    name: 'scoreAuc',
    unit: 'probability',
    window: 'at the end',
    meaning:
      'Probability that an attacker’s final score is below an honest node’s, ties half (area under the ROC curve)',
    value: (run) => {
      const hostile = scoresOf(run, true);
      if (hostile.length === 0) return Number.NaN;
      const honest = scoresOf(run, false);
      return honest.length === 0 ? Number.NaN : areaUnderCurve(hostile, honest);
    },
  },
];
