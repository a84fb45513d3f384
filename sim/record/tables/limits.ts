import { Limit, type Limits } from '../../model/columns/limits.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { type ColumnOf, type Table, tableOf } from './table.js';

interface Bound {
  readonly name: keyof typeof Limit;
  readonly since: number;
  readonly times: number;
}

const columns: readonly ColumnOf<Bound>[] = [
  {
    name: 'limit',
    unit: '',
    window: 'fixed',
    meaning:
      'supply (minting), identities or newcomers (no row left), operatorTokens or clientTokens (can’t pay), treasury ' +
      '(can’t pay for recomputations, spot-checks, jackpots or subsidies), treasuryBudget (may pay no more of them ' +
      'in an epoch), rechecks (no node for a recomputation, or none in time), ' +
      'records (those that a cohort is replayed from end), directedJobs (jobs that name a node aren’t taken), ' +
      'charges (an operator can’t pay for an answer, which isn’t sent), premiums (an operator can’t pay one, and ' +
      'isn’t insured), insurance (it can’t pay all of a claim), delegations (to nodes that aren’t there, or more ' +
      'asked back than there is), places (all are taken, and a newcomer can’t pay for one, or nobody can be pushed ' +
      'out), loans (the treasury can’t lend all that a score is good for)',
    value: ({ name }) => name,
  },
  {
    name: 'sinceDays',
    unit: 'd',
    window: 'whole run',
    meaning: 'When it first bound',
    value: ({ since }) => since / secondsPerDay,
  },
  {
    name: 'times',
    unit: '',
    window: 'whole run',
    meaning: 'How often it did; cohorts for records',
    value: ({ times }) => times,
  },
];

/** A row for each limit that kept something from going on, the whole run. */
export function limitsTable(limits: Limits): Table {
  const bound = Object.entries(Limit)
    .map(([name, limit]) => ({
      name: name as keyof typeof Limit,
      since: limits.since[limit]!,
      times: limits.times[limit]!,
    }))
    .filter(({ times }) => times > 0);
  return tableOf(
    'limits',
    'What kept entries, payments, answers, minting, recomputations or replayed cohorts from going on, and since when',
    columns,
    bound,
  );
}
