import { NodeState } from '../../model/columns/nodes.js';
import { shareOfCohorts, turnoutOf } from '../tables/votes.js';
import type { FinishedRun, Group, Metric } from './metric.js';

/** The group's share of the weight at the last count, or of the stake at the end. */
function votingPower({ world: { nodes, ownership }, recorder }: FinishedRun, who: Group): number {
  const last = recorder.votes.at(-1);
  if (last !== undefined) return shareOfCohorts(last.counted, who);
  let some = 0;
  let all = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] !== NodeState.present) continue;
    const stake = nodes.stake[node]! + nodes.delegated[node]!;
    all += stake;
    if (who(ownership.cohort[node]!)) some += stake;
  }
  return all === 0 ? Number.NaN : some / all;
}

/** Who decides on the rules. */
export const voteMetrics: readonly Metric[] = [
  {
    name: 'attackerVotingPower',
    label: 'attackers’ share of the voting power',
    unit: 'fraction',
    formula: 'Σ attackers’ weight ÷ Σ weight of all who could vote',
    better: 'lower',
    window: 'whole run',
    about: 'attackers',
    meaning:
      'Share of the weight of all who could vote that attackers had when ballots were last counted; without any ' +
      'vote, their share of stake and delegations as the run ends',
    value: votingPower,
  },
  {
    name: 'votesPassed',
    label: 'votes that passed',
    unit: 'votes',
    window: 'whole run',
    meaning: 'Proposals that were accepted, whether or not they were in force by the horizon; empty without any vote',
    value: ({ world: { changes }, recorder: { votes } }) => {
      if (changes.every(({ vote }) => vote === null)) return Number.NaN;
      return votes.reduce((sum, { counted }) => sum + Number(counted.outcome === 'passed'), 0);
    },
  },
  {
    name: 'turnout',
    label: 'turnout at votes',
    unit: 'fraction',
    formula: 'mean over votes of weight that took part ÷ all weight',
    better: 'higher',
    window: 'whole run',
    meaning: 'Share of the weight of all who could vote that took part, on average over the votes that were counted',
    value: ({ recorder: { votes } }) => {
      const shares = votes.map(({ counted }) => turnoutOf(counted)).filter((share) => !Number.isNaN(share));
      return shares.length === 0 ? Number.NaN : shares.reduce((sum, share) => sum + share, 0) / shares.length;
    },
  },
];
