import { NodeState } from '../../../model/columns/nodes.js';
import type { FinishedRun, Group, Metric } from '../metric.js';

/**
 * What each delegator of the group lost of what it had delegated, as a share: of each cohort with delegated stake one a
 * node that ever came, spread over that node and those that follow it in a ring.
 */
function lossesOf({ world }: FinishedRun, who: Group): Float64Array {
  const { cohorts, ledger, nodes, ownership } = world;
  const ofNodes = cohorts.map((): number[] => []);
  for (let node = 0; node < nodes.count; node++) {
    const cohort = ownership.cohort[node]!;
    const { delegated, delegatorsFollow } = cohorts[cohort]!;
    // of who moves on nobody knows what was delegated where
    if (delegated === 0 || delegatorsFollow !== null) continue;
    if (nodes.state[node] === NodeState.absent || !who(cohort)) continue;
    ofNodes[cohort]!.push(ledger.delegations.lostFraction(node));
  }
  return Float64Array.from(
    cohorts.flatMap(({ delegatorsSpread }, cohort) => ringMeans(ofNodes[cohort]!, delegatorsSpread)),
  );
}

/** The mean of each value and the next width − 1, with the first behind the last. */
function ringMeans(values: readonly number[], width: number): readonly number[] {
  const count = Math.min(width, values.length);
  return values.map((_, first) => {
    let sum = 0;
    for (let place = first; place < first + count; place++) sum += values[place % values.length]!;
    return sum / count;
  });
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: Float64Array): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) * (value - middle))));
}

const who =
  'of what those who delegate by a cohort’s settings, and stay, had delegated; what is held in open cases isn’t lost';

/** What slashes cost those who delegated to the nodes. */
export const delegatorMetrics: readonly Metric[] = [
  {
    name: 'delegatorLossFraction',
    label: 'what delegators lost by slashes',
    unit: 'fraction',
    formula: 'mean over delegators of lost ÷ delegated',
    better: 'lower',
    window: 'whole run',
    meaning: `Mean share lost by slashes ${who}; empty without delegated stake`,
    value: (run, group) => mean(lossesOf(run, group)),
  },
  {
    name: 'delegatorLossDeviation',
    label: 'how far delegators’ losses lie apart',
    unit: 'fraction',
    formula: '√(mean of squares − square of the mean) of lost ÷ delegated',
    better: 'lower',
    window: 'whole run',
    meaning:
      `Standard deviation, over single delegators, of the share lost by slashes ${who}: less, the more nodes each ` +
      'spreads over (delegatorsSpread); empty without delegated stake',
    value: (run, group) => deviation(lossesOf(run, group)),
  },
  {
    name: 'delegatorLossMostFraction',
    label: 'what the worst off of the delegators lost by slashes',
    unit: 'fraction',
    formula: 'max over delegators of lost ÷ delegated',
    better: 'lower',
    window: 'whole run',
    meaning: `Largest share that a single delegator lost by slashes ${who}; empty without delegated stake`,
    value: (run, group) => {
      const losses = lossesOf(run, group);
      return losses.length === 0 ? Number.NaN : losses.reduce((most, loss) => Math.max(most, loss), 0);
    },
  },
];
