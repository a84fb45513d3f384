import { type ColumnOf, type Table, tableOf } from '../record/tables/table.js';

/** A run that ended in an error, and how to see it again. */
export interface FailedRun {
  readonly replication: number;
  readonly seed: string;
  readonly failed: string;
  readonly command: string;
}

const columns: readonly ColumnOf<FailedRun>[] = [
  {
    name: 'replication',
    unit: '',
    window: 'fixed',
    meaning: 'Number of the replication, from 1',
    value: ({ replication }) => replication,
  },
  { name: 'seed', unit: '', window: 'fixed', meaning: 'Its seed', value: ({ seed }) => seed },
  { name: 'failed', unit: '', window: 'fixed', meaning: 'The error that it ended in', value: ({ failed }) => failed },
  {
    name: 'command',
    unit: '',
    window: 'fixed',
    meaning: 'Runs it alone',
    value: ({ command }) => command,
  },
];

/** A row for each run that ended in an error and is left out of everything else; none where all came to an end. */
export function failuresTable(failures: readonly FailedRun[]): Table {
  return tableOf('failures', 'Runs that ended in an error, which everything else leaves out', columns, failures);
}
