import { z } from 'zod';
import { RANDOM_ALGORITHMS } from '../engine/random-stream.js';
import { packageName, packageVersion } from '../package.js';
import { metricNames } from '../record/metrics/index.js';
import type { LoadedScenario } from '../scenario/load.js';
import {
  count,
  manifestFormat,
  marksOf,
  pluginMarks,
  readSealed,
  sealed,
  sha256,
  sha256Of,
  tableFiles,
  traceFiles,
  tracesSchema,
  warningsSchema,
} from './manifest.js';

const number = z.number();
const level = z.strictObject({
  label: z.string(),
  number: number.nullable(),
  cells: z.array(z.union([number, z.string()])),
  settings: z.array(z.string()),
});
const axis = z.strictObject({
  name: z.string(),
  paths: z.array(z.string()).min(1),
  units: z.array(z.enum(['', 's'])),
  values: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('levels'), levels: z.array(level).min(1) }),
    z.strictObject({
      kind: z.literal('range'),
      low: number,
      high: number,
      scale: z.enum(['linear', 'log']),
      step: number.nullable(),
    }),
  ]),
});
const design = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('grid') }),
  z.strictObject({ kind: z.enum(['latin', 'sobol']), points: count }),
]);

/** What a sweep was and what it left, with nothing that depends on the machine or the time. */
const sweepManifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  kind: z.literal('sweep'),
  engine: z.strictObject({ name: z.literal(packageName), version: z.string() }),
  command: z.string(),
  name: z.string(),
  question: z.string(),
  scenarioFile: z.string(),
  protocol: z.string().nullable(),
  /** As it stands, before what is varied is laid over it. */
  scenario: z.record(z.string(), z.unknown()),
  scenarioSha256: sha256,
  overrides: z.array(z.string()),
  warnings: warningsSchema,
  seed: z.string(),
  random: z.string(),
  axes: z.array(axis).min(1),
  design,
  points: count,
  replications: count,
  metrics: z.array(z.string()),
  /** Runs that came to an end, and that didn't. */
  runs: count,
  failed: count,
  /** Of all runs that came to an end. */
  events: count,
  jobs: count,
  /** Of the fingerprints of those runs, a point after the other. */
  fingerprintsSha256: sha256,
  traces: tracesSchema,
  plugins: pluginMarks.default([]),
  files: tableFiles,
  /** Of all of the above. */
  sha256,
});

export type SweepManifest = z.output<typeof sweepManifestSchema>;

/** What only the sweep knows of itself. */
export type SweepFacts = Pick<
  SweepManifest,
  'axes' | 'design' | 'points' | 'replications' | 'metrics' | 'runs' | 'failed' | 'events' | 'jobs'
> & {
  readonly base: LoadedScenario;
  /** Fingerprints of its runs, a text each. */
  readonly fingerprints: readonly string[];
};

/** The manifest of a sweep; `files` are the hashes of the tables written, by file name. */
export function sweepManifestOf(
  { base, fingerprints, axes, design, points, replications, metrics, runs, failed, events, jobs }: SweepFacts,
  how: { readonly command: string; readonly overrides: readonly string[] },
  files: Readonly<Record<string, string>>,
): SweepManifest {
  const scenario = base.written as Record<string, unknown>;
  const body: Omit<SweepManifest, 'sha256'> = {
    format: manifestFormat,
    kind: 'sweep',
    engine: { name: packageName, version: packageVersion() },
    command: how.command,
    name: base.name,
    question: base.question,
    scenarioFile: base.file,
    protocol: base.protocol,
    scenario,
    scenarioSha256: sha256Of(JSON.stringify(scenario)),
    overrides: [...how.overrides],
    warnings: base.warnings.map(({ path, expected, found, why }) => ({ path, expected, found, why })),
    seed: base.scenario.seed,
    random: RANDOM_ALGORITHMS,
    ...{ axes, design, points, replications, metrics, runs, failed, events, jobs },
    fingerprintsSha256: sha256Of(fingerprints.join('\n')),
    traces: traceFiles(base.traces),
    plugins: marksOf(base),
    files: { ...files },
  };
  return sealed(body);
}

/** Reads and checks a sweep's manifest; throws InvalidInput as `readManifest`. */
export function readSweepManifest(folder: string): SweepManifest {
  return readSealed(folder, sweepManifestSchema, 'sweep');
}

/** Expectations of a scenario that may have a chart of their own, at most. */
export const chartedExpectationsMost = 99;

/** Charts of a sweep: of metrics, of the question and expectations on parts of a run, of variants in time. */
export const sweepChartFiles: readonly string[] = [
  ...metricNames,
  'question',
  ...Array.from({ length: chartedExpectationsMost }, (_, index) => `expectation-${index + 1}`),
  'series',
].flatMap((name) => [`charts/${name}.svg`, `charts/${name}.png`]);
