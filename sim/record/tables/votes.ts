import { NONE } from '../../model/columns/nodes.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { type CountedVote, type Vote, voteOutcomes } from '../../model/world/vote.js';
import type { World } from '../../model/world/world.js';
import { type ColumnOf, cellOf, type Table, tableOf } from './table.js';

/** A vote with its ballots. */
export interface RecordedVote {
  readonly vote: Vote;
  readonly counted: CountedVote;
}

/** @param proposals what each of the scenario's votes is about, in words */
export function votesTable(world: World, votes: readonly RecordedVote[], proposals: readonly string[]): Table {
  const meaning = 'Every vote on a change of rules whose ballots were counted, in the order of counts';
  return tableOf('votes', meaning, columns(world, proposals), votes);
}

/** Share of a weight among all who could vote; NaN where nobody could. */
function ofAll(weight: number, { all }: CountedVote): number {
  return all === 0 ? Number.NaN : weight / all;
}

/** Share of all weight that took part. */
export function turnoutOf(counted: CountedVote): number {
  return ofAll(counted.weightFor + counted.weightAgainst + counted.weightAbstaining, counted);
}

/** Share of all weight that some cohorts had. */
export function shareOfCohorts(counted: CountedVote, who: (cohort: number) => boolean): number {
  let some = 0;
  counted.byCohort.forEach((weight, cohort) => {
    if (who(cohort)) some += weight;
  });
  return ofAll(some, counted);
}

function columns(world: World, proposals: readonly string[]): readonly ColumnOf<RecordedVote>[] {
  const { cohorts, horizonSeconds } = world;
  const share = (name: string, meaning: string, value: (row: RecordedVote) => number): ColumnOf<RecordedVote> => {
    return { name, unit: 'fraction', window: 'own', meaning, value: (row) => cellOf(value(row)) };
  };
  return [
    {
      name: 'vote',
      unit: '',
      window: 'fixed',
      meaning: 'Its number in the scenario, from 0',
      value: ({ vote }) => vote.number,
    },
    {
      name: 'proposal',
      unit: '',
      window: 'fixed',
      meaning: 'Settings that it is about',
      value: ({ vote }) => proposals[vote.number]!,
    },
    {
      name: 'by',
      unit: '',
      window: 'fixed',
      meaning: 'Cohort that proposed it; empty for nobody’s',
      value: ({ vote: { by } }) => (by === NONE ? '' : cohorts[by]!.name),
    },
    {
      name: 'weights',
      unit: '',
      window: 'fixed',
      meaning: 'What ballots weighed: stake, contribution, operator or identity',
      value: ({ vote }) => vote.weights,
    },
    {
      name: 'countedDays',
      unit: 'd',
      window: 'own',
      meaning: 'When its ballots were counted',
      value: ({ vote }) => vote.closesAt / secondsPerDay,
    },
    {
      name: 'outcome',
      unit: '',
      window: 'own',
      meaning: `What came of it: ${voteOutcomes.join(', ')}`,
      value: ({ counted }) => counted.outcome,
    },
    {
      name: 'inForceDays',
      unit: 'd',
      window: 'own',
      meaning: 'When its settings came into force; empty if they didn’t by the horizon',
      value: ({ vote: { inForceAt }, counted: { outcome } }) =>
        outcome === 'passed' && inForceAt <= horizonSeconds ? inForceAt / secondsPerDay : null,
    },
    share('turnoutFraction', 'Share of all weight that took part', ({ counted }) => turnoutOf(counted)),
    share('forFraction', 'Share of all weight that voted for it', ({ counted }) => ofAll(counted.weightFor, counted)),
    share('againstFraction', 'Share of all weight that voted against it', ({ counted }) =>
      ofAll(counted.weightAgainst, counted),
    ),
    share('abstainingFraction', 'Share of all weight that took part and abstained', ({ counted }) =>
      ofAll(counted.weightAbstaining, counted),
    ),
    share('quorumFraction', 'Share of all weight that had to take part', ({ vote }) => vote.quorum),
    share('attackersFraction', 'Share of all weight that attackers had', ({ counted }) =>
      shareOfCohorts(counted, (cohort) => cohorts[cohort]!.isAttacker),
    ),
    {
      name: 'operators',
      unit: '',
      window: 'own',
      meaning: 'Operators with any weight',
      value: ({ counted }) => counted.operatorsThere,
    },
    {
      name: 'operatorsVoted',
      unit: '',
      window: 'own',
      meaning: 'Of these, who took part',
      value: ({ counted }) => counted.operatorsVoted,
    },
  ];
}
