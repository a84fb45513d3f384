import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDictionary, writeCsv } from '../../reports/table-file/csv.js';
import type { RunResult } from '../run.js';
import { type DraftOptions, draftFolder } from './draft-folder.js';
import { toFileFault } from './file-fault.js';
import { manifestOf, sha256OfFile } from './manifest.js';
import { openRun, type RunRecord } from './run-record.js';

/** How long a run took. */
export interface Effort {
  readonly startedAt: Date;
  readonly wallSeconds: number;
  readonly processorSeconds: number;
}

/** Draws what a run shows into its folder, from its record alone; `writeReport` does. */
export type DrawReport = (folder: string, run: RunRecord, signal?: AbortSignal) => Promise<unknown>;

export interface RunFolderOptions {
  /** The command that makes this run again; without it, that of a plain run. */
  readonly command?: string;
  /** The `path=value` settings that were laid over the scenario. */
  readonly overrides?: readonly string[];
  /** Draws charts and report beside the tables; without it there are none. */
  readonly drawReport?: DrawReport;
  readonly effort?: Effort;
  /** Aborts between files. */
  readonly signal?: AbortSignal;
}

/**
 * Writes everything that a run left to a folder, which appears when it is complete.
 *
 * An earlier run's folder is replaced, and any other one when forced. Throws InvalidInput when the folder is refused
 * or can't be written, and then leaves what was there.
 */
export async function writeRunFolder(
  target: string,
  result: RunResult,
  options: RunFolderOptions & DraftOptions = {},
): Promise<void> {
  const draft = draftFolder(target, options);
  try {
    await fillRunFolder(draft.folder, result, options);
    draft.commit();
  } catch (error) {
    throw toFileFault(error, target, 'a folder that can be written');
  } finally {
    draft.discard();
  }
}

/** Writes the files of a run into an existing folder. */
export async function fillRunFolder(folder: string, result: RunResult, options: RunFolderOptions = {}): Promise<void> {
  const { drawReport, overrides = [], signal } = options;
  const command = options.command ?? `sim run ${result.loaded.file}`;
  const files: Record<string, string> = {};
  for (const table of [...result.tables, dataDictionary(result.tables)]) {
    const name = `${table.name}.csv`;
    writeCsv(table, join(folder, name));
    files[name] = sha256OfFile(join(folder, name));
    signal?.throwIfAborted();
  }
  const manifest = manifestOf(result, { command, overrides }, files);
  if (drawReport !== undefined) {
    await drawReport(folder, openRun(folder, manifest), signal);
    signal?.throwIfAborted();
  }
  if (options.effort !== undefined) {
    writeJson(join(folder, 'environment.json'), environmentOf(options.effort, result.events));
  }
  // Last, because a folder with a manifest counts as complete.
  writeJson(join(folder, 'manifest.json'), manifest);
}

function environmentOf({ startedAt, wallSeconds, processorSeconds }: Effort, events: number): object {
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

function writeJson(path: string, value: object): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
