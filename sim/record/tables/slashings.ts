import { microTokens, secondsPerDay } from '../../model/contract/units.js';
import { Collateral } from '../../model/world/journal.js';
import type { World } from '../../model/world/world.js';
import { type ColumnOf, namesIn, type Rows, type Table, tableOf } from './table.js';

/** What is kept of a slash: when [s], whose, the finding, of what, how much [micro-tokens], the score after it. */
export const slashParts = ['timeSeconds', 'node', 'cause', 'of', 'amount', 'score'] as const;
type Slash = Readonly<Record<(typeof slashParts)[number], number>>;

export function slashingsTable(world: World, slashings: Rows<Slash>): Table {
  return tableOf(
    'slashings',
    'Every slash, of stake or of a bond, in the order of time',
    slashingColumns(world),
    slashings,
  );
}

const collateralName = namesIn(Collateral);

function slashingColumns({ cohorts, kinds, ownership }: World): readonly ColumnOf<Slash>[] {
  return [
    {
      name: 'timeDays',
      unit: 'd',
      window: 'own',
      meaning: 'When',
      value: ({ timeSeconds }) => timeSeconds / secondsPerDay,
    },
    { name: 'node', unit: '', window: 'fixed', meaning: 'Row of the node', value: ({ node }) => node },
    {
      name: 'cohort',
      unit: '',
      window: 'fixed',
      meaning: 'Its cohort',
      value: ({ node }) => cohorts[ownership.cohort[node]!]!.name,
    },
    {
      name: 'cause',
      unit: '',
      window: 'own',
      meaning: 'The finding, such as timeout, invalid, checkInMissed, or a name that the slashing rule brings',
      value: ({ cause }) => kinds.nameOf(cause),
    },
    {
      name: 'collateral',
      unit: '',
      window: 'own',
      meaning:
        'What was slashed: stake, bond (of an attempt), or bondToken (a bond in a currency of its own, in which the ' +
        'amount is)',
      value: ({ of }) => collateralName(of),
    },
    {
      name: 'amountTokens',
      unit: 'tokens',
      window: 'own',
      meaning: 'Slashed',
      value: ({ amount }) => amount / microTokens,
    },
    { name: 'score', unit: 'score', window: 'own', meaning: 'Score after the finding', value: ({ score }) => score },
  ];
}
