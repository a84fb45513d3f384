import type { Cell, Table } from './table.js';

/** Tables with a row a node, job or other thing of which there may be millions: kept of the first replication alone. */
const ofTheFirst: ReadonlySet<string> = new Set([
  ...['nodes', 'slashings', 'disputes', 'newcomers', 'jobs', 'attestations', 'trace-figures', 'trace-snapshots'],
]);

/** Whether the table says of all replications what it says of one: it is made anew then. */
export function isOfAll({ name }: Table): boolean {
  return name === 'runs' || name === 'summary';
}

/** Whether the table's rows of the replication are kept. */
export function isKept(table: Table, replication: number): boolean {
  return !isOfAll(table) && (replication === 1 || !ofTheFirst.has(table.name));
}

const column = {
  name: 'replication',
  unit: '',
  window: 'fixed',
  meaning: 'Number of the replication, from 1',
} as const;

/** The table with the replication's number in the first column, which it may have already. */
export function inReplication(table: Table, replication: number): Table {
  const has = table.columns[0]?.name === column.name;
  const rest = has ? table.columns.slice(1) : table.columns;
  return {
    ...table,
    columns: [column, ...rest],
    *rows() {
      for (const row of table.rows()) yield [replication as Cell, ...(has ? row.slice(1) : row)];
    },
  };
}
