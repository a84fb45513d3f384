import { join } from 'node:path';
import { dataDictionary, writeCsv } from '../../../reports/table-file/csv.js';
import { toCommandLine } from '../../folder/command-line.js';
import { sha256OfFile } from '../../folder/manifest.js';
import { type Effort, environmentOf, writeJson } from '../../folder/run-folder.js';
import { type SweepManifest, sweepManifestOf } from '../../folder/sweep-manifest.js';
import { isFailure } from '../work/outcome.js';
import { seedOf } from '../work/seeds.js';
import type { SweepPlan } from './plan.js';
import { variantAxis } from './request.js';
import type { ResultOf } from './sweep.js';
import {
  type FailedPointRun,
  type PointRun,
  pointExpectationsTable,
  pointFailuresTable,
  pointsTable,
  sweepTable,
} from './tables.js';

export interface SweepFolderOptions {
  /** The command that makes this sweep again. */
  readonly command: string;
  /** The `path=value` settings that were laid over the scenario before. */
  readonly overrides: readonly string[];
  readonly effort?: Effort;
  /** Aborts between files. */
  readonly signal?: AbortSignal;
}

/** What a sweep came to, a point after the other. */
export interface SweepResults {
  /** Runs of each point that came to an end. */
  readonly runs: readonly (readonly PointRun[])[];
  readonly failures: readonly FailedPointRun[];
}

/** The results of all runs of a sweep, by point; throws when one is missing. */
export function resultsOf(plan: SweepPlan, resultOf: ResultOf): SweepResults {
  const failures: FailedPointRun[] = [];
  const runs = plan.points.map((_, point) => {
    const own: PointRun[] = [];
    for (let replication = 1; replication <= plan.request.replications; replication++) {
      const result = resultOf({ point, replication });
      if (result === undefined) throw new Error(`expected the result of ${point}/${replication}, found none`);
      if (!isFailure(result)) own.push({ replication, outcome: result });
      else {
        const { seed, failed } = result;
        const command = commandOfRun(plan, point, replication);
        failures.push({ point: point + 1, replication, seed, failed, command });
      }
    }
    return own;
  });
  return { runs, failures };
}

/** The words behind `sim` that run one run of a sweep by itself. */
function commandOfRun({ request, points }: SweepPlan, point: number, replication: number): string {
  const { seed, settings, cells } = points[point]!;
  const isVariant = request.axes[0]!.name === variantAxis;
  const set = isVariant ? ['--variant', String(cells[0])] : settings.flatMap((one) => ['--set', one]);
  return toCommandLine([...request.command, ...set, '--seed', seedOf(seed, replication)]);
}

/** Writes the tables of a sweep into an existing folder, and the manifest last; returns it. */
export function fillSweepFolder(
  folder: string,
  plan: SweepPlan,
  { runs, failures }: SweepResults,
  { command, overrides, effort, signal }: SweepFolderOptions,
): SweepManifest {
  const tables = [
    sweepTable(plan, runs),
    pointsTable(plan, runs),
    pointExpectationsTable(runs),
    pointFailuresTable(failures),
  ];
  const files: Record<string, string> = {};
  for (const table of [...tables, dataDictionary(tables)]) {
    const name = `${table.name}.csv`;
    writeCsv(table, join(folder, name));
    files[name] = sha256OfFile(join(folder, name));
    signal?.throwIfAborted();
  }
  const outcomes = runs.flatMap((own) => own.map(({ outcome }) => outcome));
  const { axes, design, metrics, replications } = plan.request;
  const facts = {
    base: plan.base,
    ...{ design, replications, points: plan.points.length, metrics: [...metrics] },
    // as plain as a manifest that is read again
    axes: structuredClone(axes) as SweepManifest['axes'],
    runs: outcomes.length,
    failed: failures.length,
    events: outcomes.reduce((sum, { events }) => sum + events, 0),
    jobs: outcomes.reduce((sum, { jobs }) => sum + jobs, 0),
    fingerprints: outcomes.map((run) => `${run.trajectoryFingerprint} ${run.accountingFingerprint}`),
  };
  const manifest = sweepManifestOf(facts, { command, overrides }, files);
  if (effort !== undefined) writeJson(join(folder, 'environment.json'), environmentOf(effort, manifest.events));
  // Last, because a folder with a manifest counts as complete.
  writeJson(join(folder, 'manifest.json'), manifest);
  return manifest;
}
