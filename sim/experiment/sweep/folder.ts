import { join } from 'node:path';
import { dataDictionary, writeCsv } from '../../../reports/table-file/csv.js';
import { toCommandLine } from '../../folder/command-line.js';
import { type DraftOptions, draftFolder } from '../../folder/draft-folder.js';
import { toFileFault } from '../../folder/file-fault.js';
import { sha256OfFile } from '../../folder/manifest.js';
import { type Drawn, type Effort, environmentOf, writeJson } from '../../folder/run-folder.js';
import { type SweepManifest, sweepManifestOf } from '../../folder/sweep-manifest.js';
import { openSweep, type SweepRecord } from '../../folder/sweep-record.js';
import type { Table } from '../../record/tables/table.js';
import type { Unit } from '../work/outcome.js';
import type { SweepPlan } from './plan.js';
import { type Axis, variantAxis } from './request.js';
import type { SweepResults } from './results.js';
import { seriesTable } from './series.js';
import { pointExpectationsTable, pointFailuresTable, pointsTable, sweepTable } from './tables.js';

export interface SweepFolderOptions {
  /** The command that makes this sweep again; without it, one with all of its points. */
  readonly command?: string;
  /** The `path=value` settings that were laid over the scenario before, if not those given to `loadScenario`. */
  readonly overrides?: readonly string[];
  readonly effort?: Effort;
  /** The samples of a run of variants, where they were kept. */
  readonly samplesOf?: (unit: Unit) => Table | undefined;
  /** Aborts between files. */
  readonly signal?: AbortSignal;
}

/** Writes the tables of a sweep into an existing folder, and the manifest last; returns it. */
export function fillSweepFolder(
  folder: string,
  plan: SweepPlan,
  { runs, failures }: SweepResults,
  { command = commandOf(plan), overrides = plan.base.overrides, effort, samplesOf, signal }: SweepFolderOptions = {},
): SweepManifest {
  const tables = [
    sweepTable(plan, runs),
    pointsTable(plan, runs),
    pointExpectationsTable(runs),
    pointFailuresTable(failures),
  ];
  const series = samplesOf && seriesTable(plan, samplesOf);
  if (series !== undefined) tables.push(series);
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

/** The command line of a sweep that a program asked for, as far as one can say it. */
function commandOf({ base, request: { axes, design, metrics, replications, command } }: SweepPlan): string {
  const many = ['--replications', `${replications}`];
  if (axes[0]!.name === variantAxis) return toCommandLine([...command, ...many]);
  const points = design.kind === 'grid' ? [] : ['--points', `${design.kind}:${design.points}`];
  const vary = axes.flatMap((axis) => ['--vary', `${axis.name}=${valuesOf(axis)}`]);
  const shown = metrics.flatMap((metric) => ['--metric', metric]);
  return toCommandLine(['sweep', base.file, ...command.slice(2), ...vary, ...points, ...many, ...shown]);
}

function valuesOf({ paths, values }: Axis): string {
  if (values.kind === 'range') {
    const { low, high, scale, step } = values;
    return [low, high, ...(scale === 'log' ? ['log'] : []), ...(step === null ? [] : [step])].join(':');
  }
  const valueIn = (setting: string, at: number) => setting.slice(paths[at]!.length + 1);
  return values.levels.map(({ settings }) => settings.map(valueIn).join('&')).join(',');
}

/** Draws what a sweep shows into its folder, from its record alone; `writeSweepReport` does. */
type DrawSweepReport = (folder: string, sweep: SweepRecord, signal?: AbortSignal) => Promise<Drawn>;

export interface WriteSweepOptions extends SweepFolderOptions, DraftOptions {
  /** Draws charts and report beside the tables; without it there are none. */
  readonly drawReport?: DrawSweepReport;
}

/**
 * Writes everything that a sweep left to a folder, which appears when its tables are complete; then has charts and
 * report drawn into it, and returns what was drawn. What was there is treated as by `writeRunFolder`.
 */
export async function writeSweepFolder(
  target: string,
  { plan, ...results }: SweepResults & { readonly plan: SweepPlan },
  options: WriteSweepOptions = {},
): Promise<Drawn> {
  const draft = draftFolder(target, options);
  try {
    const manifest = fillSweepFolder(draft.folder, plan, results, options);
    draft.commit();
    return (
      (await options.drawReport?.(target, openSweep(target, manifest, plan.base.scenario.registry), options.signal)) ??
      nothingDrawn
    );
  } catch (error) {
    throw toFileFault(error, target, 'a folder that can be written');
  } finally {
    draft.discard();
  }
}

const nothingDrawn: Drawn = { charts: [], undrawn: [] };
