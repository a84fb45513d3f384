import { nakamotoCoefficient, shareOfLargest } from '../../../kernels/concentration.js';
import { rankCorrelation } from '../../../kernels/scores/rank-correlation.js';
import { NodeState } from '../../../model/columns/nodes.js';
import type { FinishedRun, Metric } from '../metric.js';

/** Sums amounts of nodes over true operators, of which an identity is in the network at the end. */
function byOperatorPresent({ world }: FinishedRun, amountOf: (node: number) => number): Float64Array {
  const { nodes, ownership, operators } = world;
  const sums = new Float64Array(operators.count);
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] === NodeState.present) sums[ownership.operator[node]!]! += amountOf(node);
  }
  return sums;
}

/** The same of all that ever joined. */
function byOperator({ world }: FinishedRun, amountOf: (node: number) => number): Float64Array {
  const { nodes, ownership, operators } = world;
  const sums = new Float64Array(operators.count);
  for (let node = 0; node < nodes.count; node++) sums[ownership.operator[node]!]! += amountOf(node);
  return sums;
}

/** Own stake of a node, with what others delegated to it [micro-tokens]. */
const stakeOf = ({ world: { nodes } }: FinishedRun) => {
  return (node: number) => nodes.stake[node]! + nodes.delegated[node]!;
};

/** How what there is lies with operators, not identities, and whether scores say what nodes are worth. */
export const distributionMetrics: readonly Metric[] = [
  {
    name: 'nakamotoStake',
    label: 'fewest operators with more than half of the stake',
    unit: 'operators',
    formula: 'least k such that the k largest have more than 1/2 of Σ xᵢ',
    source: 'Srinivasan and Lee 2017, Quantifying decentralization',
    better: 'higher',
    window: 'at the end',
    meaning: 'Fewest operators whose nodes have more than half of the stake at the end, own and delegated, together',
    isAtEnd: true,
    value: (run) => nakamotoCoefficient(byOperatorPresent(run, stakeOf(run))),
  },
  {
    name: 'topTenWorkShare',
    label: 'share of the work of the ten operators with most of it',
    unit: 'fraction',
    formula: 'Σ work of the ten first ÷ Σ work',
    window: 'whole run',
    meaning: 'Share of the accepted work of the ten operators with most of it; empty without any work',
    value: (run) =>
      shareOfLargest(
        byOperator(run, (node) => run.recorder.work.workSeconds(node)),
        10,
      ),
  },
  {
    name: 'topTenStakeShare',
    label: 'share of the stake of the ten operators with most of it',
    unit: 'fraction',
    formula: 'Σ stake of the ten first ÷ Σ stake',
    window: 'at the end',
    meaning: 'Share of the stake at the end, own and delegated, of the nodes of the ten operators with most of it',
    isAtEnd: true,
    value: (run) => shareOfLargest(byOperatorPresent(run, stakeOf(run)), 10),
  },
  {
    name: 'attackerStakeShare',
    label: 'attackers’ share of the stake',
    unit: 'fraction',
    formula: 'attackers’ stake ÷ all stake',
    better: 'lower',
    window: 'at the end',
    about: 'attackers',
    needs: 'attackers',
    meaning: 'Share of the stake at the end, own and delegated, that attackers’ nodes have; empty without any stake',
    isAtEnd: true,
    value: (run, who) => {
      const { cohorts, nodes, ownership } = run.world;
      if (!cohorts.some(({ index }) => who(index))) return Number.NaN;
      const stake = stakeOf(run);
      let some = 0;
      let all = 0;
      for (let node = 0; node < nodes.count; node++) {
        if (nodes.state[node] !== NodeState.present) continue;
        all += stake(node);
        if (who(ownership.cohort[node]!)) some += stake(node);
      }
      return all === 0 ? Number.NaN : some / all;
    },
  },
  {
    name: 'scoreQualityCorrelation',
    label: 'rank correlation of score and true quality',
    unit: '1',
    formula: 'correlation of ranks, of equals their mean rank',
    source: 'Spearman 1904, The proof and measurement of association between two things',
    better: 'higher',
    window: 'at the end',
    isRatio: true,
    meaning:
      'Spearman’s rank correlation, over nodes in the network at the end, of the score with the true probability ' +
      'that a result comes and is right, 0 for attackers; empty where all have the same of either',
    isAtEnd: true,
    value: ({ world: { cohorts, nodes, ownership, truth } }) => {
      const scores: number[] = [];
      const qualities: number[] = [];
      for (let node = 0; node < nodes.count; node++) {
        if (nodes.state[node] !== NodeState.present) continue;
        scores.push(nodes.score[node]!);
        const isHostile = cohorts[ownership.cohort[node]!]!.isAttacker;
        qualities.push(isHostile ? 0 : truth.quality[node]! * truth.completion[node]!);
      }
      return rankCorrelation(Float64Array.from(scores), Float64Array.from(qualities));
    },
  },
];
