import { z } from 'zod';
import { RANDOM_ALGORITHMS } from '../engine/random-stream.js';
import { packageName, packageVersion } from '../package.js';
import {
  count,
  manifestFormat,
  pluginMarks,
  readSealed,
  sealed,
  sha256,
  sha256Of,
  tableFiles,
  tracesSchema,
  warningsSchema,
} from './manifest.js';

/** A scenario that is compared. */
const sideSchema = z.strictObject({
  label: z.string(),
  name: z.string(),
  question: z.string(),
  scenarioFile: z.string(),
  protocol: z.string().nullable(),
  /** Whether its runs were those of a folder. */
  isFromFolder: z.boolean(),
  scenario: z.record(z.string(), z.unknown()),
  overrides: z.array(z.string()),
  warnings: warningsSchema,
  /** Runs that came to an end, and that didn't. */
  runs: count,
  failed: count,
  /** Of the fingerprints of its runs. */
  fingerprintsSha256: sha256,
  traces: tracesSchema,
  plugins: pluginMarks.default([]),
});

/** What a comparison was and what it left, with nothing that depends on the machine or the time. */
const comparisonManifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  kind: z.literal('comparison'),
  engine: z.strictObject({ name: z.literal(packageName), version: z.string() }),
  command: z.string(),
  /** The first is what the others are compared to. */
  sides: z.array(sideSchema).min(2),
  /** Of replication 1, and which replications all sides have. */
  seed: z.string(),
  replications: z.array(count).min(1),
  random: z.string(),
  /** Asked for by name; empty for all. */
  metrics: z.array(z.string()),
  errorRate: z.number(),
  level: z.number(),
  files: tableFiles,
  /** Of all of the above. */
  sha256,
});

export type ComparisonManifest = z.output<typeof comparisonManifestSchema>;

/** What only the comparison knows of itself. */
export type ComparisonFacts = Pick<
  ComparisonManifest,
  'seed' | 'replications' | 'metrics' | 'errorRate' | 'level' | 'command'
> & {
  readonly sides: readonly (Omit<ComparisonManifest['sides'][number], 'fingerprintsSha256'> & {
    /** Of its runs, a text each. */
    readonly fingerprints: readonly string[];
  })[];
};

/** The manifest of a comparison; `files` are the hashes of the tables written, by file name. */
export function comparisonManifestOf(
  { command, sides, seed, replications, metrics, errorRate, level }: ComparisonFacts,
  files: Readonly<Record<string, string>>,
): ComparisonManifest {
  const body: Omit<ComparisonManifest, 'sha256'> = {
    format: manifestFormat,
    kind: 'comparison',
    engine: { name: packageName, version: packageVersion() },
    command,
    sides: sides.map(({ fingerprints, traces, plugins, ...side }) => {
      return { ...side, fingerprintsSha256: sha256Of(fingerprints.join('\n')), traces, plugins };
    }),
    ...{ seed, replications, random: RANDOM_ALGORITHMS, metrics, errorRate, level },
    files: { ...files },
  };
  return sealed(body);
}

/** Reads and checks a comparison's manifest; throws InvalidInput as `readManifest`. */
export function readComparisonManifest(folder: string): ComparisonManifest {
  return readSealed(folder, comparisonManifestSchema, 'comparison');
}

/** Charts of a comparison. */
export const comparisonChartFiles: readonly string[] = ['charts/differences.svg', 'charts/differences.png'];
