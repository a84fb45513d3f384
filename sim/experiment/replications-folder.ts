import { appendFileSync, closeSync, copyFileSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataDictionary, writeCsv } from '../../reports/table-file/csv.js';
import type { Manifest } from '../folder/manifest.js';
import { type RunFolderOptions, sealRunFolder } from '../folder/run-folder.js';
import { type RunRow, runsTable } from '../record/tables/runs.js';
import { summaryTable } from '../record/tables/summary.js';
import { type FailedRun, failuresTable } from './failures.js';
import type { Replicated, Replication } from './replicate.js';

/** Where a replication's tables lie, as the worker wrote them. */
export type PartsOf = (replication: number) => string;

const dictionary = 'data-dictionary.csv';

/**
 * Writes the tables of replications into an existing folder, one below the other, with figures over all of them, and
 * the manifest last; returns it. There is one replication at least.
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
  for (const table of [runsTable(rows), summaryTable(rows)]) writeCsv(table, join(folder, `${table.name}.csv`));
  const first = partsOf(replications[0]!.replication);
  const names = filesIn(join(first, dictionary));
  for (const name of names) {
    if (!existsSync(join(folder, name))) concatenate(join(folder, name), replications, partsOf, name);
    options.signal?.throwIfAborted();
  }
  copyFileSync(join(first, dictionary), join(folder, dictionary));
  const failed = failures.length === 0 ? [] : ['failures.csv'];
  if (failures.length > 0) {
    const table = failuresTable(failures);
    writeCsv(table, join(folder, 'failures.csv'));
    writeCsv(dataDictionary([table]), join(folder, 'failures-dictionary.csv'));
    appendFileSync(join(folder, dictionary), withoutHeader(readFileSync(join(folder, 'failures-dictionary.csv'))));
    rmSync(join(folder, 'failures-dictionary.csv'));
  }
  const runs = {
    loaded,
    detail: names.includes('jobs.csv'),
    replications: replications.map(({ replication, outcome }) => ({ ...outcome, replication })),
  };
  return sealRunFolder(folder, runs, [...names, ...failed, dictionary], options);
}

/** The files that a dictionary explains, in its order. */
function filesIn(path: string): readonly string[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(1, -1);
  return [...new Set(lines.flatMap((line) => /^[a-z-]+\.csv/.exec(line)?.[0] ?? []))];
}

/** The rows of a table's text below the line of its columns' names. */
function withoutHeader(text: Buffer): Buffer {
  return text.subarray(text.indexOf('\n') + 1);
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
      appendFileSync(file, isFirst ? text : withoutHeader(text));
      isFirst = false;
    }
  } finally {
    closeSync(file);
  }
}
