import { join } from 'node:path';
import { dataDictionary, writeCsv } from '../../../reports/table-file/csv.js';
import { toCommandLine } from '../../folder/command-line.js';
import { type ComparisonManifest, comparisonManifestOf } from '../../folder/comparison-manifest.js';
import { type ComparisonRecord, openComparison } from '../../folder/comparison-record.js';
import { type DraftOptions, draftFolder } from '../../folder/draft-folder.js';
import { toFileFault } from '../../folder/file-fault.js';
import { sha256OfFile } from '../../folder/manifest.js';
import { type Drawn, type Effort, environmentOf, writeJson } from '../../folder/run-folder.js';
import { type Compared, errorRateByDefault } from './compare.js';
import { comparisonTables } from './tables.js';

export interface ComparisonFolderOptions {
  /** The command that makes this comparison again; without it, one of the sides' files. */
  readonly command?: string;
  readonly effort?: Effort;
  /** Aborts between files. */
  readonly signal?: AbortSignal;
}

/** Writes the tables of a comparison into an existing folder, and the manifest last; returns it. */
export function fillComparisonFolder(
  folder: string,
  compared: Compared,
  { command = commandOf(compared), effort, signal }: ComparisonFolderOptions = {},
): ComparisonManifest {
  const tables = comparisonTables(compared);
  const files: Record<string, string> = {};
  for (const table of [...tables, dataDictionary(tables)]) {
    const name = `${table.name}.csv`;
    writeCsv(table, join(folder, name));
    files[name] = sha256OfFile(join(folder, name));
    signal?.throwIfAborted();
  }
  const { sides, pairing, metrics, errorRate, level, events } = compared;
  const facts = {
    ...{ command, metrics: [...metrics], errorRate, level },
    ...{ seed: pairing.seed, replications: [...pairing.replications] },
    sides: sides.map(({ file, written, overrides, runs, failures, scenario: _, ...side }) => ({
      ...{ label: side.label, name: side.name, question: side.question, scenarioFile: file, protocol: side.protocol },
      isFromFolder: side.isFromFolder,
      scenario: written as Record<string, unknown>,
      overrides: [...overrides],
      ...{ warnings: side.warnings, runs: runs.length, failed: failures.length, traces: side.traces },
      plugins: side.plugins,
      fingerprints: runs.map(({ fingerprints: { trajectory, accounting } }) => `${trajectory} ${accounting}`),
    })),
  };
  const manifest = comparisonManifestOf(facts, files);
  if (effort !== undefined) writeJson(join(folder, 'environment.json'), environmentOf(effort, events));
  // Last, because a folder with a manifest counts as complete.
  writeJson(join(folder, 'manifest.json'), manifest);
  return manifest;
}

/** The command line of a comparison that a program asked for, as far as one can say it. */
function commandOf({ sides, pairing, metrics, errorRate }: Compared): string {
  const [first, ...others] = sides;
  const isLaidOver = others.every(({ file, isFromFolder }) => file === first!.file && !isFromFolder);
  const common = first!.overrides.flatMap((one) => ['--set', one]);
  const laid = others.flatMap(({ overrides }) => ['--with', overrides.slice(first!.overrides.length).join(' & ')]);
  const many = sides.some(({ isFromFolder }) => isFromFolder)
    ? []
    : ['--replications', `${pairing.replications.length}`];
  return toCommandLine([
    'compare',
    ...(isLaidOver ? ['--base', first!.file, ...laid] : sides.map(({ file }) => file)),
    ...common,
    ...many,
    ...(errorRate === errorRateByDefault ? [] : ['--error', `${errorRate}`]),
    ...metrics.flatMap((metric) => ['--metric', metric]),
  ]);
}

/** Draws what a comparison shows into its folder, from its record alone; `writeComparisonReport` does. */
type DrawComparisonReport = (folder: string, comparison: ComparisonRecord, signal?: AbortSignal) => Promise<Drawn>;

export interface WriteComparisonOptions extends ComparisonFolderOptions, DraftOptions {
  /** Draws chart and report beside the tables; without it there are none. */
  readonly drawReport?: DrawComparisonReport;
}

/**
 * Writes everything that a comparison left to a folder, which appears when its tables are complete; then has chart and
 * report drawn into it, and returns what was drawn. What was there is treated as by `writeRunFolder`.
 */
export async function writeComparisonFolder(
  target: string,
  compared: Compared,
  options: WriteComparisonOptions = {},
): Promise<Drawn> {
  const draft = draftFolder(target, options);
  try {
    const manifest = fillComparisonFolder(draft.folder, compared, options);
    draft.commit();
    const registries = compared.sides.map(({ scenario }) => scenario.registry);
    const drawn = await options.drawReport?.(target, openComparison(target, manifest, registries), options.signal);
    return drawn ?? { charts: [], undrawn: [] };
  } catch (error) {
    throw toFileFault(error, target, 'a folder that can be written');
  } finally {
    draft.discard();
  }
}
