import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCsv } from '../../dist/reports/table-file/csv.js';
import { sha256OfFile } from '../../dist/sim/folder/manifest.js';
import { runScenario } from '../../dist/sim/run.js';
import { loadScenario } from '../../dist/sim/scenario/load.js';
import { estimateRun } from '../../dist/sim/scenario/plan/estimate.js';
import { eventsMost } from './cases.js';

/** Runs a case and returns everything that is kept of it, as plain data in a set order. */
export async function measure({ name, file, set, allowPaths }) {
  const loaded = loadScenario(file, { set, allowPaths });
  const { events } = estimateRun(loaded);
  if (events > eventsMost) {
    throw new Error(
      `${name}: expected at most ${eventsMost} events, found about ${events}; see test/noregression/cases.js`,
    );
  }
  const result = await runScenario(loaded);
  return {
    scenario: name,
    set,
    seed: result.row.seed,
    fingerprints: { trajectory: result.trajectoryFingerprint, accounting: result.accountingFingerprint },
    events: result.events,
    jobs: result.jobs,
    metrics: Object.fromEntries(Object.entries(result.row.values).map(([name, value]) => [name, orNull(value)])),
    tables: digests(result.tables),
  };
}

/** The record as the text of its file. */
export function toText(record) {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** JSON knows no NaN: a metric that doesn't apply is null. */
function orNull(value) {
  return Number.isNaN(value) ? null : value;
}

function digests(tables) {
  const folder = mkdtempSync(join(tmpdir(), 'noregression-'));
  try {
    return Object.fromEntries(
      tables.map((table) => {
        const file = join(folder, `${table.name}.csv`);
        writeCsv(table, file);
        return [table.name, sha256OfFile(file)];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
