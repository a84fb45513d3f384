import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { refusal, toFileFault } from '../../folder/file-fault.js';
import { packageVersion } from '../../package.js';
import { metrics as ofPackage } from '../../record/metrics/index.js';
import type { Metric } from '../../record/metrics/metric.js';
import { checkSource } from '../../scenario/text/check.js';
import { plainSource } from '../../scenario/text/plain-source.js';
import { type Outcome, toLineOfText } from '../work/outcome.js';

/** Changes when a reader of older baselines would misread newer ones. */
const baselineFormat = 1;
/** Figures are kept with so many digits: what differs by less is the same. */
const digits = 6;

const hash = (digitsOfHash: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digitsOfHash}}$`), 'expected a hash');
const verdict = z.enum(['holds', 'fails', 'undecided'], 'expected holds, fails or undecided');

export type Verdict = z.output<typeof verdict>;

/** The form of a baseline. */
export const baselineSchema = z.strictObject({
  format: z.literal(baselineFormat),
  scenario: z.string(),
  question: z.string(),
  engine: z.string(),
  seed: z.string(),
  /** Of the first replication: what tells that nothing has changed. */
  first: z.strictObject({ trajectory: hash(16), accounting: hash(16), figures: hash(64) }),
  replications: z.number().int().min(2),
  /** What became of each expectation, by its text. */
  expectations: z.record(z.string(), verdict),
  /** Of each metric, its value in each replication; null where it can't be told. */
  metrics: z.record(z.string(), z.array(z.number().nullable())),
});

/** What a scenario came to when it was last taken as good; small enough to be read, and compared line by line. */
export type Baseline = z.output<typeof baselineSchema>;

/** What identifies the first replication. */
export function firstOf({ trajectoryFingerprint, accountingFingerprint, values, held }: Outcome): Baseline['first'] {
  const figures = createHash('sha256').update(toLineOfText({ values, held })).digest('hex');
  return { trajectory: trajectoryFingerprint, accounting: accountingFingerprint, figures };
}

/** The value as baselines keep it. */
export function rounded(value: number): number {
  return Number(value.toPrecision(digits));
}

/** The baseline of a scenario that was run; there are two outcomes at least. */
export function baselineOf(
  { name, question, seed }: Readonly<Record<'name' | 'question' | 'seed', string>>,
  outcomes: readonly Outcome[],
  expectations: Readonly<Record<string, Verdict>>,
  all: readonly Metric[] = ofPackage,
): Baseline {
  const metrics = all.map(({ name: metric }) => {
    const values = outcomes.map(({ values }) => values[metric]!);
    return [metric, values.map((value) => (Number.isFinite(value) ? rounded(value) : null))];
  });
  return {
    ...{ format: baselineFormat, scenario: name, question, engine: packageVersion(), seed },
    first: firstOf(outcomes[0]!),
    replications: outcomes.length,
    expectations,
    metrics: Object.fromEntries(metrics),
  };
}

function pathOf(folder: string, name: string): string {
  return join(folder, `${name}.json`);
}

/**
 * Reads the baseline of a scenario; throws InvalidInput where there is none, it isn't one, or it is another scenario's.
 *
 * @param name of the scenario
 */
export function readBaseline(folder: string, name: string): Baseline {
  const path = pathOf(folder, name);
  const expected = `the baseline of ${name}, which --update-baseline writes`;
  if (!existsSync(path)) throw refusal(path, expected, 'no such file');
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw toFileFault(error, path, expected);
    throw refusal(path, expected, 'a text that isn’t JSON');
  }
  const baseline = checkSource(plainSource(written, path, ''), baselineSchema);
  if (baseline.scenario !== name) throw refusal(path, expected, `that of ${baseline.scenario}`);
  return baseline;
}

/** Writes the baseline of a scenario; a line a metric, so that a review shows what changed. */
export function writeBaseline(folder: string, baseline: Baseline): string {
  const path = pathOf(folder, baseline.scenario);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, toText(baseline));
  } catch (error) {
    throw toFileFault(error, path, 'a file that can be written');
  }
  return path;
}

function toText(baseline: Baseline): string {
  const { expectations, metrics, ...rest } = baseline;
  const line = (name: string, value: unknown) => `${JSON.stringify(name)}: ${spaced(value)}`;
  // with a space behind each comma, so that long lists wrap where they are shown
  const spaced = (value: unknown) =>
    Array.isArray(value) ? `[${value.map((each) => JSON.stringify(each)).join(', ')}]` : JSON.stringify(value);
  const map = (name: string, entries: object) => {
    const lines = Object.entries(entries).map(([key, value]) => `    ${line(key, value)}`);
    return `  ${JSON.stringify(name)}: {${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}}`;
  };
  const head = Object.entries(rest).map(([key, value]) => `  ${line(key, value)}`);
  return `{\n${[...head, map('expectations', expectations), map('metrics', metrics)].join(',\n')}\n}\n`;
}
