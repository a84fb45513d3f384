import { areaUnderCurve } from '../../kernels/area-under-curve.js';
import { quantileOf } from '../../kernels/quantile.js';
import { Limit } from '../../model/columns/limits.js';
import { NodeState } from '../../model/columns/nodes.js';
import { contributionName } from '../../model/contract/cohorts/ballots.js';
import type { Counts } from '../counted-window.js';
import { accountOfAll, type CohortAccount } from '../economics.js';
import type { CountedMetric, FinishedRun, Group, Metric } from './metric.js';

const ofGroup = (run: FinishedRun, who: Group, value: (account: CohortAccount) => number): number => {
  const account = accountOfAll(run, who);
  return account === null ? Number.NaN : value(account);
};

/** Scores of the group's nodes that ever joined. */
function scoresOf({ world: { nodes, ownership } }: FinishedRun, who: Group): Float64Array {
  const scores: number[] = [];
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] !== NodeState.absent && who(ownership.cohort[node]!)) scores.push(nodes.score[node]!);
  }
  return Float64Array.from(scores);
}

/** Share of the accepted work that the group did; NaN where nobody did any. */
export function shareOfWork({ tally: { work } }: Counts, who: Group): number {
  let some = 0;
  let all = 0;
  for (let cohort = 0; cohort < work.length; cohort++) {
    all += work[cohort]!;
    if (who(cohort)) some += work[cohort]!;
  }
  return all === 0 ? Number.NaN : some / all;
}

function ejectedShare({ world: { nodes, ownership } }: FinishedRun, who: Group): number {
  let joined = 0;
  let ejected = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (!who(ownership.cohort[node]!) || nodes.state[node] === NodeState.absent) continue;
    joined++;
    if (nodes.state[node] === NodeState.ejected) ejected++;
  }
  return joined === 0 ? Number.NaN : ejected / joined;
}

/** The group's share of the work behind all present nodes' scores; NaN where no model keeps it. */
function contributionShare({ world: { measures, nodes, ownership } }: FinishedRun, who: Group): number {
  const measure = measures.published.find(({ name }) => name === contributionName);
  if (measure === undefined) return Number.NaN;
  let some = 0;
  let all = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] !== NodeState.present) continue;
    all += measure.values[node]!;
    if (who(ownership.cohort[node]!)) some += measure.values[node]!;
  }
  return all === 0 ? Number.NaN : some / all;
}

function betrayalBudget({ world: { nodes, ownership }, recorder }: FinishedRun, who: Group): number {
  const budgets: number[] = [];
  for (let node = 0; node < nodes.count; node++) {
    const failures = recorder.work.failuresUnpunished(node);
    if (who(ownership.cohort[node]!) && failures + recorder.slashed[node]! > 0) budgets.push(failures);
  }
  return quantileOf(Float64Array.from(budgets), 0.5);
}

export const attackerWorkShare: CountedMetric = {
  name: 'attackerWorkShare',
  label: 'attackers’ share of the work',
  unit: 'fraction',
  formula: 'Σ attackers’ accepted work ÷ Σ accepted work',
  better: 'lower',
  window: 'after the warm-up',
  about: 'attackers',
  meaning:
    'Share of the accepted work that attackers’ nodes did, from the time the first of them joined, or the end of the ' +
    'warm-up if that is later; empty if all of them had left by then',
  isSinceEntry: true,
  of: shareOfWork,
  whole: ({ recorder: { options } }) => options.attack?.whole.highest.value ?? Number.NaN,
};

/** What attacking cohorts got and what it cost them; empty cells where no cohort attacks. */
export const attackMetrics: readonly Metric[] = [
  attackerWorkShare,
  {
    name: 'attackerPeakWorkShare',
    label: 'attackers’ highest share of the work in one epoch',
    unit: 'fraction',
    better: 'lower',
    window: 'after the warm-up',
    needs: 'attackers',
    meaning:
      'Largest share of the accepted work of any one epoch that attackers’ nodes did, over the time of ' +
      'attackerWorkShare; an epoch that it cuts counts by the part inside, one of less than half an epoch together ' +
      'with the epoch beside it',
    value: ({ recorder: { options } }) => options.attack?.epochs.highest.value ?? Number.NaN,
  },
  {
    name: 'attackerIncomeUsd',
    label: 'attackers’ income',
    unit: 'USD',
    better: 'lower',
    window: 'whole run',
    meaning: 'Fees and emissions paid to attackers, the whole run',
    about: 'attackers',
    value: (run, who) => ofGroup(run, who, (account) => account.incomeUsd),
  },
  {
    name: 'attackerCostUsd',
    label: 'attackers’ outlay',
    unit: 'USD',
    window: 'whole run',
    meaning:
      'Attackers’ compute (machines, power), identity fees, own jobs, charges, bribes, strikes and eclipses, the ' +
      'whole run',
    about: 'attackers',
    value: (run, who) => ofGroup(run, who, (account) => account.outlayUsd),
  },
  {
    name: 'attackerSlashedUsd',
    label: 'what was slashed from attackers',
    unit: 'USD',
    better: 'higher',
    window: 'whole run',
    meaning: 'Stake and bonds slashed from attackers, the whole run',
    about: 'attackers',
    value: (run, who) => ofGroup(run, who, (account) => account.slashedUsd),
  },
  {
    name: 'attackerPeakLockedUsd',
    label: 'the most that attackers had locked',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Most stake and bonds that each attacking operator had locked at once, summed over operators',
    about: 'attackers',
    value: (run, who) => ofGroup(run, who, (account) => account.peakLockedUsd),
  },
  {
    name: 'attackerProfitUsd',
    label: 'attackers’ profit',
    unit: 'USD',
    better: 'lower',
    window: 'whole run',
    meaning:
      'Attackers’ income + value of undetected lies + saved computing + what insurance or lender bore ' +
      '− compute − identity fees − own jobs − charges − attack costs (bribes, strikes, eclipses) ' +
      '− slashed stake and bonds − capital cost, the whole run',
    about: 'attackers',
    value: (run, who) => ofGroup(run, who, (account) => account.profitUsd),
  },
  {
    name: 'attackerReturnOnCapital',
    label: 'attackers’ return on capital',
    unit: 'fraction',
    formula: 'profit ÷ (outlay + Σ over operators of the most locked at once)',
    better: 'lower',
    window: 'whole run',
    isRatio: true,
    meaning:
      'Attackers’ profit over their outlay and the most that each operator had locked at once, the whole run: ' +
      'who comes back again and again can lose more than all of it',
    about: 'attackers',
    value: (run, who) =>
      ofGroup(run, who, (account) => account.profitUsd / (account.peakLockedUsd + account.outlayUsd)),
  },
  {
    name: 'attackersEjectedFraction',
    label: 'share of attackers’ identities ejected',
    unit: 'fraction',
    better: 'higher',
    window: 'whole run',
    meaning: 'Share of attackers’ identities that were ejected',
    about: 'attackers',
    isAtEnd: true,
    value: ejectedShare,
  },
  {
    name: 'attackerContributionShare',
    label: 'attackers’ share of the contributions',
    unit: 'fraction',
    better: 'lower',
    window: 'at the end',
    meaning:
      'Attackers’ share of the accumulated work behind the scores of present nodes, which is their voting power ' +
      'where that follows contribution; empty under models that don’t measure it',
    about: 'attackers',
    isAtEnd: true,
    value: contributionShare,
  },
  {
    name: 'betrayalBudgetMedian',
    label: 'failures that an attacker was found at before it lost anything',
    unit: 'failures',
    window: 'whole run',
    meaning:
      'Median over attackers’ identities of the failed attempts that were found, recomputations included, before any ' +
      'of its stake or bonds was taken; of those that never lost any, all so far; empty if none was found at one',
    about: 'attackers',
    value: betrayalBudget,
  },
  {
    name: 'actionsRefused',
    label: 'actions that operators were refused',
    unit: 'actions',
    window: 'whole run',
    meaning: 'Entries, stakes and delegations of strategies that were refused: no room left, or not enough tokens',
    value: ({
      world: {
        limits: { times },
      },
    }) => times[Limit.identities]! + times[Limit.operatorTokens]! + times[Limit.delegations]!,
  },
  {
    name: 'scoreAuc',
    label: 'probability that an attacker is scored below an honest node',
    unit: 'probability',
    formula: 'P(attacker’s score < honest score) + P(equal) ÷ 2',
    source:
      'Mann and Whitney 1947; Hanley and McNeil 1982, The meaning and use of the area under a receiver operating ' +
      'characteristic (ROC) curve',
    better: 'higher',
    window: 'at the end',
    meaning:
      'Probability that an attacker’s final score is below an honest node’s, ties half (area under the ROC curve)',
    about: 'attackers',
    isAtEnd: true,
    value: (run, who) => {
      const hostile = scoresOf(run, who);
      if (hostile.length === 0) return Number.NaN;
      const honest = scoresOf(run, (cohort) => !run.world.cohorts[cohort]!.isAttacker);
      return honest.length === 0 ? Number.NaN : areaUnderCurve(hostile, honest);
    },
  },
];
