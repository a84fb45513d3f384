import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { dataDictionary, writeCsv } from '../reports/csv.js';
import { answerOf } from './answer.js';
import { toText } from './commands/output.js';
import { RANDOM_ALGORITHMS } from './engine/random-stream.js';
import { checkExpectations } from './record/expectations.js';
import type { RunResult } from './run.js';
import { packageVersion } from './scenario/catalogue.js';
import { differencesFromDefaults } from './scenario/differences.js';
import { InvalidInput } from './scenario/faults.js';

/** Counted up when the meaning of the files changes. */
export const runFolderVersion = 1;

/** What `manifest.json` holds; everything in it is the same on every machine. */
export interface Manifest {
  readonly format: number;
  readonly engine: string;
  readonly name: string;
  readonly question: string;
  /** The command that makes the folder again. */
  readonly command: string;
  readonly seed: string;
  readonly algorithms: string;
  readonly scenario: unknown;
  readonly scenarioSha256: string;
  readonly traces: readonly { readonly path: string; readonly sha256: string }[];
  readonly fingerprints: { readonly trajectory: string; readonly accounting: string };
  readonly events: number;
  readonly jobs: number;
  readonly detail: boolean;
  /** SHA-256 of each table. */
  readonly files: Readonly<Record<string, string>>;
}

export interface RunFolderOptions {
  readonly folder: string;
  readonly force: boolean;
  readonly charts: boolean;
  readonly detail: boolean;
  /** The command as typed, for manifest and report. */
  readonly command: string;
  /** Processor and wall time of the run, for environment.json. */
  readonly environment: Readonly<Record<string, unknown>>;
  /** Heard between files; the folder is then not made. */
  readonly signal?: AbortSignal;
}

/** Refuses a target that holds something else: a file, or a non-empty folder that no run wrote. */
export function checkTarget(folder: string, force: boolean): void {
  const refuse = (expected: string, found: string): never => {
    throw new InvalidInput([{ path: folder, expected, found }]);
  };
  for (let above = dirname(resolve(folder)); ; above = dirname(above)) {
    if (existsSync(above)) {
      if (!statSync(above).isDirectory()) refuse('a place for a folder', `the file ${above} in its path`);
      break;
    }
  }
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) refuse('a folder for the results', 'a file');
  if (force || readdirSync(folder).length === 0 || existsSync(join(folder, 'manifest.json'))) return;
  refuse('an empty folder or an earlier run’s (or --force)', 'a folder with other files');
}

/**
 * Writes the run folder: into a temporary sibling that takes the folder's place when it is complete, so that there is
 * never half of one. Throws InvalidInput where the place can't be written to.
 */
export async function writeRunFolder(result: RunResult, options: RunFolderOptions): Promise<Manifest> {
  const target = resolve(options.folder);
  const temporary = `${target}.partial-${process.pid}`;
  try {
    mkdirSync(temporary, { recursive: true });
    const manifest = await writeFiles(result, options, temporary);
    options.signal?.throwIfAborted();
    replaceFolder(temporary, target);
    return manifest;
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    const reason = { ENOSPC: 'a full disk', EACCES: 'one without permission', EROFS: 'a read-only one' }[code] ?? code;
    throw new InvalidInput([{ path: options.folder, expected: 'a place that can be written to', found: reason }]);
  }
}

function replaceFolder(temporary: string, target: string): void {
  const aside = `${target}.replaced-${process.pid}`;
  const isReplaced = existsSync(target);
  if (isReplaced) renameSync(target, aside);
  renameSync(temporary, target);
  if (isReplaced) rmSync(aside, { recursive: true, force: true });
}

async function writeFiles(result: RunResult, options: RunFolderOptions, folder: string): Promise<Manifest> {
  const { loaded } = result;
  const tables = [...result.tables, dataDictionary(result.tables)];
  const files: Record<string, string> = {};
  for (const table of tables) {
    options.signal?.throwIfAborted();
    const name = `${table.name}.csv`;
    writeCsv(table, join(folder, name));
    files[name] = sha256(readFileSync(join(folder, name)));
  }
  const manifest: Manifest = {
    format: runFolderVersion,
    engine: `reputation-sim ${packageVersion()}`,
    name: loaded.name,
    question: loaded.question,
    command: options.command,
    seed: loaded.scenario.seed,
    algorithms: RANDOM_ALGORITHMS,
    scenario: loaded.written,
    scenarioSha256: sha256(JSON.stringify(loaded.written)),
    traces: [...loaded.traces.values()].flatMap((trace) =>
      trace.files.map(({ path, sha256: hash }) => ({ path: basename(path), sha256: hash })),
    ),
    fingerprints: { trajectory: result.trajectoryFingerprint, accounting: result.accountingFingerprint },
    events: result.events,
    jobs: result.jobs,
    detail: options.detail,
    files,
  };
  writeJson(join(folder, 'manifest.json'), manifest);
  writeJson(join(folder, 'environment.json'), options.environment);
  if (options.charts) await writeReport(result, options, folder, manifest);
  return manifest;
}

/** Charts and the report; drawing is loaded only now. */
async function writeReport(
  result: RunResult,
  options: RunFolderOptions,
  folder: string,
  manifest: Manifest,
): Promise<void> {
  const [{ writeCharts }, { reportHtml }] = await Promise.all([
    import('../reports/write.js'),
    import('../reports/html.js'),
  ]);
  const { scenario, question, name } = result.loaded;
  const warmUp = scenario.warmUp ?? scenario.horizon / 10;
  const charts = await writeCharts(folder, {
    timeseries: result.tables.find((table) => table.name === 'timeseries')!,
    cohorts: Object.keys(scenario.fleet),
    horizonDays: scenario.horizon / 86_400,
    warmUpDays: warmUp / 86_400,
  });
  options.signal?.throwIfAborted();
  const answer = answerOf(result);
  const html = reportHtml({
    title: name,
    question,
    answer: answer.sentences,
    figures: answer.figures,
    expectations: checkExpectations(scenario.expect, result.row.values).map((verdict) => ({
      text: verdict.text,
      value: toText(verdict.value),
      met: verdict.met,
    })),
    slashings: answer.slashings,
    settings: differencesFromDefaults(scenario),
    identity: [
      { name: 'Seed', value: manifest.seed },
      { name: 'Engine', value: manifest.engine },
      { name: 'Trajectory fingerprint', value: manifest.fingerprints.trajectory },
      { name: 'Accounting fingerprint', value: manifest.fingerprints.accounting },
      { name: 'Scenario SHA-256', value: manifest.scenarioSha256 },
      { name: 'Command', value: options.command },
    ],
    charts,
  });
  writeFileSync(join(folder, 'report.html'), html);
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
