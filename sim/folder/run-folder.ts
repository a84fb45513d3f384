import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDictionary, writeCsv } from '../../reports/table-file/csv.js';
import type { RunResult } from '../run.js';
import { refuseTwin } from '../scenario/plan/fleet/honest-twin.js';
import type { Registry } from '../scenario/schema/registry.js';
import { toCommandLine } from './command-line.js';
import { type DraftOptions, draftFolder } from './draft-folder.js';
import { toFileFault } from './file-fault.js';
import { type Manifest, type ManifestedRuns, manifestedRun, manifestOf, sha256OfFile } from './manifest.js';
import { openRun, type RunRecord } from './run-record.js';

/** How long a run took. */
export interface Effort {
  readonly startedAt: Date;
  readonly wallSeconds: number;
  readonly processorSeconds: number;
}

/** What was drawn of a run. */
export interface Drawn {
  readonly charts: readonly string[];
  /** Charts that couldn't be drawn, and why. */
  readonly undrawn: readonly { readonly name: string; readonly reason: string }[];
}

/** Draws what a run shows into its folder, from its record alone; `writeReport` does. */
export type DrawReport = (folder: string, run: RunRecord, signal?: AbortSignal) => Promise<Drawn>;

export interface RunFolderOptions {
  /** The command that makes this run again; without it, that of a run with the settings given to `loadScenario`. */
  readonly command?: string;
  /** The `path=value` settings that were laid over the scenario, if not those given to `loadScenario`. */
  readonly overrides?: readonly string[];
  /** Draws charts and report beside the tables; without it there are none. */
  readonly drawReport?: DrawReport;
  readonly effort?: Effort;
  /** Aborts between files. */
  readonly signal?: AbortSignal;
}

/**
 * Writes everything that a run left to a folder, which appears when its tables are complete; then has charts and report
 * drawn into it, and returns what was drawn.
 *
 * An earlier run's files are replaced; what others put beside them stays. Any other folder is replaced when forced.
 * Throws InvalidInput for the run of an honest twin, and when the folder is refused or can't be written, and then
 * leaves what was there; what is thrown while drawing costs the drawings only.
 */
export async function writeRunFolder(
  target: string,
  result: RunResult,
  options: RunFolderOptions & DraftOptions = {},
): Promise<Drawn> {
  refuseTwin(result.loaded);
  const draft = draftFolder(target, options);
  try {
    const manifest = fillRunFolder(draft.folder, result, options);
    draft.commit();
    return await drawRunFolder(target, manifest, result.loaded.scenario.registry, options);
  } catch (error) {
    throw toFileFault(error, target, 'a folder that can be written');
  } finally {
    draft.discard();
  }
}

/** Writes the tables of a run into an existing folder, and the manifest last; returns it. */
export function fillRunFolder(folder: string, result: RunResult, options: RunFolderOptions = {}): Manifest {
  const names: string[] = [];
  for (const table of [...result.tables, dataDictionary(result.tables)]) {
    const name = `${table.name}.csv`;
    writeCsv(table, join(folder, name));
    names.push(name);
    options.signal?.throwIfAborted();
  }
  return sealRunFolder(folder, manifestedRun(result), names, options);
}

/** Writes into a folder what belongs beside the tables of its runs, which are there: the manifest last; returns it. */
export function sealRunFolder(
  folder: string,
  runs: ManifestedRuns,
  tables: readonly string[],
  options: RunFolderOptions = {},
): Manifest {
  const { loaded } = runs;
  const { overrides = loaded.overrides, signal } = options;
  const set = overrides.flatMap((each) => ['--set', each]);
  const command = options.command ?? toCommandLine(['run', loaded.file, ...set]);
  const files: Record<string, string> = {};
  for (const name of tables) {
    files[name] = sha256OfFile(join(folder, name));
    signal?.throwIfAborted();
  }
  const manifest = manifestOf(runs, { command, overrides }, files);
  if (options.effort !== undefined) {
    writeJson(join(folder, 'environment.json'), environmentOf(options.effort, manifest.events));
  }
  // Last, because a folder with a manifest counts as complete.
  writeJson(join(folder, 'manifest.json'), manifest);
  return manifest;
}

/** Draws charts and report into a run's folder that is in its place, if they are asked for. */
export async function drawRunFolder(
  folder: string,
  manifest: Manifest,
  registry: Registry,
  { drawReport, signal }: RunFolderOptions,
): Promise<Drawn> {
  if (drawReport === undefined) return { charts: [], undrawn: [] };
  const drawn = await drawReport(folder, openRun(folder, manifest, registry), signal);
  signal?.throwIfAborted();
  return drawn;
}

/** What `environment.json` says. */
export function environmentOf({ startedAt, wallSeconds, processorSeconds }: Effort, events: number): object {
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    platform: process.platform,
    arch: process.arch,
    startedAt: startedAt.toISOString(),
    wallSeconds,
    processorSeconds,
    eventsPerSecond: wallSeconds === 0 ? null : Math.round(events / wallSeconds),
  };
}

/** Writes a value as JSON that people can read. */
export function writeJson(path: string, value: object): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
