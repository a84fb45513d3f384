import { appendFileSync, closeSync, copyFileSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCsv } from '../../reports/table-file/csv.js';
import type { Manifest } from '../folder/manifest.js';
import { type RunFolderOptions, sealRunFolder } from '../folder/run-folder.js';
import { type RunRow, runsTable } from '../record/tables/runs.js';
import { summaryTable } from '../record/tables/summary.js';
import { type FailedRun, failuresTable } from './failures.js';
import type { Replicated, Replication } from './replicate.js';

/** Where a replication's tables lie, as the worker wrote them. */
export type PartsOf = (replication: number) => string;

/** The same for all, but that it may tell of tables of the first. */
const dictionary = 'data-dictionary.csv';

/**
 * Writes the tables of replications into an existing folder, one below the other, with figures over all of them, and
 * the manifest last; returns it. There is one replication at least; tables of the first alone are there if that came to
 * an end.
 */
export function fillReplicationsFolder(
  folder: string,
  { loaded, replications }: Replicated,
  failures: readonly FailedRun[],
  partsOf: PartsOf,
  options: RunFolderOptions,
): Manifest {
  const rows = replications.map(
    ({ replication, outcome: { seed, values } }): RunRow => ({ replication, seed, values }),
  );
  const { metrics } = loaded.scenario.registry;
  const ofAll = [runsTable(rows, metrics), summaryTable(rows, metrics), failuresTable(failures)];
  for (const table of ofAll) writeCsv(table, join(folder, `${table.name}.csv`));
  const first = partsOf(replications[0]!.replication);
  const parts = readdirSync(first).sort();
  for (const name of parts) {
    if (name === dictionary) copyFileSync(join(first, name), join(folder, name));
    else concatenate(join(folder, name), replications, partsOf, name);
    options.signal?.throwIfAborted();
  }
  const runs = {
    loaded,
    detail: parts.includes('jobs.csv'),
    replications: replications.map(({ replication, outcome }) => ({ ...outcome, replication })),
  };
  return sealRunFolder(folder, runs, [...ofAll.map(({ name }) => `${name}.csv`), ...parts], options);
}

/** The parts of a table in the order of replications, under one header; those that haven't got it are left out. */
function concatenate(path: string, replications: readonly Replication[], partsOf: PartsOf, name: string): void {
  const file = openSync(path, 'w');
  try {
    let isFirst = true;
    for (const { replication } of replications) {
      const part = join(partsOf(replication), name);
      if (!existsSync(part)) continue;
      const text = readFileSync(part);
      // a header is one line
      appendFileSync(file, isFirst ? text : text.subarray(text.indexOf('\n') + 1));
      isFirst = false;
    }
  } finally {
    closeSync(file);
  }
}
