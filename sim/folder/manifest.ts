import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { RANDOM_ALGORITHMS } from '../engine/random-stream.js';
import { packageName, packageVersion } from '../package.js';
import type { RunResult } from '../run.js';
import type { LoadedScenario } from '../scenario/load.js';
import { resolvedProtocol } from '../scenario/plan/resolved-protocol.js';
import { checkSource } from '../scenario/text/check.js';
import { InvalidInput } from '../scenario/text/faults.js';
import { plainSource } from '../scenario/text/plain-source.js';
import { refusal, toFileFault } from './file-fault.js';

/** Changes when a reader of older manifests would misread newer ones. */
export const manifestFormat = 1;

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 of 64 hexadecimal digits');
const fingerprint = z.string().regex(/^[0-9a-f]{16}$/, 'expected a fingerprint of 16 hexadecimal digits');
export const count = z.number().int().min(0);

const fingerprints = z.strictObject({ trajectory: fingerprint, accounting: fingerprint });
/** Modules that a scenario brought, and what their code was. */
export const pluginMarks = z.array(
  z.strictObject({
    file: z.string().max(4_096),
    sha256,
    imports: z.array(z.strictObject({ file: z.string().max(4_096), sha256 })).max(100),
  }),
);
export const tracesSchema = z.array(z.strictObject({ cohort: z.string(), file: z.string(), sha256 }));

/** Hashes of tables by the names of their files. */
export const tableFiles = z.record(z.string().regex(/^[a-z-]+\.csv$/, 'expected the name of a table'), sha256);
/** What is said of a scenario's warnings. */
export const warningsSchema = z.array(
  z.strictObject({ path: z.string(), expected: z.string(), found: z.string(), why: z.string() }),
);

/** A scenario that expectations were compared to, as it was run: with the seed of the run, and by its rules alone. */
const comparedSchema = z.strictObject({
  comparedTo: z.string(),
  /** Numbers of these expectations, from 1; 0 for the question. */
  expectations: z.array(count).min(1),
  question: z.string(),
  scenarioFile: z.string(),
  scenario: z.record(z.string(), z.unknown()),
  fingerprints,
  traces: tracesSchema,
  plugins: pluginMarks.default([]),
});

/** What a run was and what it left, with nothing that depends on the machine or the time; keys in the order written. */
export const manifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  engine: z.strictObject({ name: z.literal(packageName), version: z.string() }),
  command: z.string(),
  name: z.string(),
  question: z.string(),
  scenarioFile: z.string(),
  protocol: z.string().nullable(),
  scenario: z.record(z.string(), z.unknown()),
  /** Every value of the protocol in force, defaults included. */
  resolved: z.strictObject({ protocol: z.record(z.string(), z.unknown()) }),
  scenarioSha256: sha256,
  overrides: z.array(z.string()),
  /** What the scenario says in vain, or can't mean, and what comes of it. */
  warnings: warningsSchema,
  detail: z.boolean(),
  seed: z.string(),
  random: z.string(),
  /** Of the first replication. */
  fingerprints,
  /** Of its honest twin; null where none was run. */
  twin: fingerprints.nullable(),
  /** Of all replications. */
  events: count,
  jobs: count,
  replications: z.array(z.strictObject({ replication: count, seed: z.string(), fingerprints })).min(1),
  traces: tracesSchema,
  plugins: pluginMarks.default([]),
  compared: z.array(comparedSchema),
  files: tableFiles,
  /** Of all of the above. */
  sha256,
});

export type Manifest = z.output<typeof manifestSchema>;

/** What a manifest tells of a run, or of several that differ in nothing but their seeds. */
export interface ManifestedRuns {
  readonly loaded: LoadedScenario;
  /** Whether there are tables with a row for every job. */
  readonly detail: boolean;
  readonly replications: readonly ManifestedReplication[];
}

interface ManifestedReplication extends Fingerprinted {
  readonly replication: number;
  readonly seed: string;
  readonly events: number;
  readonly jobs: number;
  /** Of the runs that it was compared to, in the order of the scenario's `compared`. */
  readonly compared: readonly Fingerprinted[];
  /** Null where no honest twin was run. */
  readonly twin: Fingerprinted | null;
}

/** One run as manifests tell it. */
export function manifestedRun({ row, loaded, tables, ...run }: RunResult): ManifestedRuns {
  const detail = tables.some((table) => table.name === 'jobs');
  return { loaded, detail, replications: [{ ...run, replication: row.replication, seed: row.seed }] };
}

/** The manifest of runs; `files` are the hashes of the tables written, by file name. */
export function manifestOf(
  { loaded, detail, replications }: ManifestedRuns,
  how: { readonly command: string; readonly overrides: readonly string[] },
  files: Readonly<Record<string, string>>,
): Manifest {
  const first = replications[0]!;
  const sum = (amount: (one: ManifestedReplication) => number) => {
    return replications.reduce((all, one) => all + amount(one), 0);
  };
  const scenario = loaded.written as Record<string, unknown>;
  const body: Omit<Manifest, 'sha256'> = {
    format: manifestFormat,
    engine: { name: packageName, version: packageVersion() },
    command: how.command,
    name: loaded.name,
    question: loaded.question,
    scenarioFile: loaded.file,
    protocol: loaded.protocol,
    scenario,
    resolved: { protocol: resolvedProtocol(loaded.scenario, scenario) as Record<string, unknown> },
    scenarioSha256: sha256Of(JSON.stringify(scenario)),
    overrides: [...how.overrides],
    // without their places, which are those of the files of one machine
    warnings: loaded.warnings.map(({ path, expected, found, why }) => ({ path, expected, found, why })),
    detail,
    seed: loaded.scenario.seed,
    random: RANDOM_ALGORITHMS,
    fingerprints: fingerprintsOf(first),
    twin: first.twin === null ? null : fingerprintsOf(first.twin),
    events: sum(({ events }) => events),
    jobs: sum(({ jobs }) => jobs),
    replications: replications.map((one) => {
      return { replication: one.replication, seed: one.seed, fingerprints: fingerprintsOf(one) };
    }),
    traces: traceFiles(loaded.traces),
    plugins: marksOf(loaded),
    compared: loaded.compared.map(({ comparedTo, expectations, other }, place) => ({
      comparedTo,
      expectations: [...expectations],
      question: other.question,
      scenarioFile: other.file,
      scenario: other.written as Record<string, unknown>,
      fingerprints: fingerprintsOf(first.compared[place]!),
      traces: traceFiles(other.traces),
      plugins: marksOf(other),
    })),
    files: { ...files },
  };
  return sealed(body);
}

/** As they stand in the manifest. */
export function fingerprintsOf(run: Fingerprinted): Manifest['fingerprints'] {
  return { trajectory: run.trajectoryFingerprint, accounting: run.accountingFingerprint };
}

type Fingerprinted = Pick<RunResult, 'trajectoryFingerprint' | 'accountingFingerprint'>;

/** The manifest with the hash of all that it says as its last key, in place of one that it has. */
export function sealed<Body extends object>(manifest: Body): Omit<Body, 'sha256'> & { sha256: string } {
  const { sha256: _, ...body } = { sha256: '', ...manifest };
  return { ...body, sha256: sha256Of(JSON.stringify(body)) };
}

/** The manifest as written; throws InvalidInput with one fault, however many it has. */
function checkManifest<S extends z.ZodType>(written: unknown, path: string, schema: S): z.output<S> {
  try {
    return checkSource(plainSource(written, path, ''), schema);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const [first, ...others] = error.faults;
    if (others.length === 0) throw error;
    throw new InvalidInput([{ ...first!, found: `${first!.found} (and ${others.length} more faults)` }]);
  }
}

/** What a folder's manifest is of, by what it says itself; undefined where it says nothing that can be read. */
export function manifestKind(folder: string): 'run' | 'sweep' | 'comparison' | undefined {
  try {
    const { kind } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { readonly kind?: unknown };
    return kind === 'sweep' || kind === 'comparison' ? kind : 'run';
  } catch {
    return undefined;
  }
}

/** Reads and checks a run's manifest; throws InvalidInput for one that is missing, malformed or another version's. */
export function readManifest(folder: string): Manifest {
  const kind = manifestKind(folder);
  if (kind === 'sweep' || kind === 'comparison') {
    throw refusal(join(folder, 'manifest.json'), 'the manifest of a run', `that of a ${kind}`);
  }
  return readSealed(folder, manifestSchema, 'run');
}

/** The same of a manifest of any form that has these parts. */
export function readSealed<S extends z.ZodType<SealedManifest>>(folder: string, schema: S, what: string): z.output<S> {
  const path = join(folder, 'manifest.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw toFileFault(error, path, `the manifest of a ${what}`);
  }
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refusal(path, 'JSON', text.trimEnd().endsWith('}') ? 'another text' : 'a text that breaks off');
  }
  const { engine } = (written ?? {}) as { engine?: { name?: unknown; version?: unknown } };
  // Said first, because another version's manifest may well have another form.
  const isOther = engine?.name === packageName && engine.version !== packageVersion();
  if (isOther)
    throw refusal(path, `a ${what} of ${packageName} ${packageVersion()}`, `one of version ${engine.version}`);
  const manifest = checkManifest(written, path, schema);
  const { scenario, scenarioSha256 } = manifest;
  if (scenario !== undefined && sha256Of(JSON.stringify(scenario)) !== scenarioSha256) {
    throw refusal(path, 'the scenario that was run', 'an edited one');
  }
  if (sealed(written as object).sha256 !== manifest.sha256) {
    throw refusal(path, `the manifest that the ${what} wrote`, 'an edited one');
  }
  return manifest;
}

interface SealedManifest {
  /** Of one scenario; not of several. */
  readonly scenario?: Record<string, unknown>;
  readonly scenarioSha256?: string;
  readonly sha256: string;
}

/** The files that cohorts were replayed from; absolute paths are cut to their names, as they differ by machine. */
export function traceFiles(traces: RunResult['loaded']['traces']): Manifest['traces'] {
  return [...traces].flatMap(([cohort, trace]) =>
    trace.files.map(({ path, sha256 }) => ({ cohort, file: isAbsolute(path) ? basename(path) : path, sha256 })),
  );
}

/** The code of the modules that the scenario brought. */
export function marksOf({ plugins }: Pick<LoadedScenario, 'plugins'>): Manifest['plugins'] {
  return plugins.map(({ file, sha256, imports }) => ({ file, sha256, imports: [...imports] }));
}

/** The SHA-256 of a text. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The SHA-256 of a file of any size; throws what the operating system says. */
export function sha256OfFile(path: string): string {
  const hash = createHash('sha256');
  const chunk = new Uint8Array(1 << 20);
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const length = readSync(file, chunk);
      if (length === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}
