import { join } from 'node:path';
import { CsvFault, readCsv } from '../../reports/table-file/csv-table.js';
import type { MetricValues } from '../record/metrics/metric.js';
import { type Column, numberOf, records, type Table, textOf } from '../record/tables/table.js';
import { isWindow, windows } from '../record/window.js';
import { planChanges } from '../scenario/plan/governance/changes.js';
import { protocolAtEnd } from '../scenario/plan/governance/planned-change.js';
import type { Registry } from '../scenario/schema/registry.js';
import { type ProtocolSettings, type Scenario, scenarioSchema } from '../scenario/schema/scenario-schema.js';
import { checkSource } from '../scenario/text/check.js';
import { plainSource } from '../scenario/text/plain-source.js';
import { refusal, toFileFault } from './file-fault.js';
import { type ReadOptions, registryOf } from './load-again.js';
import { type Manifest, readManifest, sha256OfFile } from './manifest.js';

/** A run as its folder tells it: the manifest and the tables, and nothing else. */
export interface RunRecord {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly scenario: Scenario;
  /** The settings in force when the run ended: of replications, the first one, as nodes are. */
  protocolAtEnd(): ProtocolSettings;
  /** Whether the run has the table; some are written only when they are asked for. */
  hasTable(name: string): boolean;
  /** A table of the run by its name; throws InvalidInput when the folder hasn't got it or it can't be read. */
  table(name: string): Table;
  /** Every metric's mean over the replications; NaN where it doesn't apply. */
  readonly values: MetricValues;
}

/**
 * Opens the folder of a finished run and holds every table against its hash in the manifest.
 *
 * Throws InvalidInput, which names the file and the reason, for a folder that is incomplete, was written by another
 * version, or was edited, and for plugins whose code is another by now.
 */
export function readRun(folder: string, options: ReadOptions = {}): RunRecord {
  const manifest = readManifest(folder);
  checkTables(folder, manifest.files, 'run');
  return openRun(folder, manifest, registryOf(manifest, join(folder, 'manifest.json'), options));
}

/** Holds every table against its hash; throws InvalidInput for one that differs or can't be read. */
export function checkTables(folder: string, files: Readonly<Record<string, string>>, what: string): void {
  for (const [name, recorded] of Object.entries(files)) {
    const path = join(folder, name);
    if (hashOf(path) !== recorded) throw refusal(path, `the table that the ${what} wrote`, 'an edited one');
  }
}

/** The same for a folder that was written just now, by a scenario whose kinds are of the registry. */
export function openRun(folder: string, manifest: Manifest, registry: Registry): RunRecord {
  const source = plainSource(manifest.scenario, join(folder, 'manifest.json'), manifest.question);
  const scenario = checkSource(source, scenarioSchema(registry));
  const { table, hasTable } = openTables(folder, manifest.files);
  return {
    folder,
    manifest,
    scenario,
    protocolAtEnd: () => {
      const changes = planChanges(scenario, source).changed.map(({ change }) => change);
      return protocolAtEnd(scenario.protocol, changes, passedIn(scenario.votes.length === 0 ? null : table('votes')));
    },
    hasTable,
    table,
    values: valuesOf(table('summary'), join(folder, 'summary.csv'), registry),
  };
}

/** The votes that passed and came into force by the horizon, by number; of replications, those of the first. */
function passedIn(votes: Table | null): (vote: number) => boolean {
  const passed = new Set<number>();
  if (votes === null) return () => false;
  const hasReplications = votes.columns.some(({ name }) => name === 'replication');
  const names = ['vote', 'inForceDays', ...(hasReplications ? ['replication'] : [])];
  for (const { vote, inForceDays, replication = 1 } of records(votes, names)) {
    if (replication === 1 && !Number.isNaN(numberOf(inForceDays!))) passed.add(numberOf(vote!));
  }
  return (vote) => passed.has(vote);
}

/** The tables of a folder by their names, as its dictionary describes them. */
export function openTables(
  folder: string,
  files: Readonly<Record<string, string>>,
): Pick<RunRecord, 'table' | 'hasTable'> {
  const columns = columnsByFile(folder, files);
  return {
    table: (name) => openTable(folder, name, columns.get(`${name}.csv`)),
    hasTable: (name) => `${name}.csv` in files,
  };
}

const dictionaryColumns = ['file', 'column', 'unit', 'window', 'meaning'] as const;

function columnsByFile(folder: string, files: object): ReadonlyMap<string, readonly Column[]> {
  const described = dictionaryColumns.map((name): Column => ({ name, unit: '', window: 'fixed', meaning: '' }));
  const table = openTable(folder, 'data-dictionary', described);
  const columns = new Map<string, Column[]>(Object.keys(files).map((file) => [file, []]));
  for (const { file, column, unit, window, meaning } of records(table, dictionaryColumns)) {
    const part = textOf(window);
    if (!isWindow(part)) {
      throw refusal(join(folder, 'data-dictionary.csv'), `one of the windows ${Object.keys(windows).join(', ')}`, part);
    }
    const own = { name: textOf(column), unit: textOf(unit), window: part, meaning: textOf(meaning) };
    columns.get(textOf(file))?.push(own);
  }
  return columns;
}

function openTable(folder: string, name: string, columns: readonly Column[] | undefined): Table {
  const path = join(folder, `${name}.csv`);
  if (columns === undefined) throw refusal(path, 'a table of the run', 'none in its manifest');
  try {
    return readCsv(path, name, columns);
  } catch (error) {
    throw toFault(error, path);
  }
}

/** The hash of a table's file; throws InvalidInput when it can't be read. */
export function hashOf(path: string): string {
  try {
    return sha256OfFile(path);
  } catch (error) {
    throw toFault(error, path);
  }
}

function toFault(error: unknown, path: string): unknown {
  if (error instanceof CsvFault) return refusal(path, error.expected, error.found);
  return toFileFault(error, path, 'a table of the run');
}

function valuesOf(summary: Table, path: string, { metrics }: Registry): MetricValues {
  const means = new Map<string, number>();
  for (const { metric, mean } of records(summary, ['metric', 'mean'])) means.set(textOf(metric), numberOf(mean));
  const meanOf = (name: string) => {
    const mean = means.get(name);
    if (mean === undefined) throw refusal(path, `a row for the metric ${name}`, 'none');
    return mean;
  };
  return Object.fromEntries(metrics.map(({ name }) => [name, meanOf(name)]));
}
