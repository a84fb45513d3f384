import type { HeldBounds } from '../../record/expectations.js';
import { metricNames } from '../../record/metrics/index.js';
import type { MetricValues } from '../../record/metrics/metric.js';
import type { RunResult } from '../../run.js';

/** One run of an experiment. */
export interface Unit {
  /** Place of its scenario among those of the experiment, from 0. */
  readonly point: number;
  /** From 1. */
  readonly replication: number;
}

/** What an experiment keeps of a run; plain data. */
export interface Outcome extends Fingerprints {
  readonly seed: string;
  readonly values: MetricValues;
  /** What each expectation, and the question, was held against. */
  readonly held: readonly HeldBounds[];
  /** Of the runs that it was compared to, in their order. */
  readonly compared: readonly Fingerprints[];
  /** Of its honest twin's; null where none was run. */
  readonly twin: Fingerprints | null;
  readonly events: number;
  readonly jobs: number;
}

interface Fingerprints {
  readonly trajectoryFingerprint: string;
  readonly accountingFingerprint: string;
}

/** A run that ended in an error; the others go on. */
export interface Failure {
  readonly seed: string;
  readonly failed: string;
}

export type UnitResult = Outcome | Failure;

export function isFailure(result: UnitResult): result is Failure {
  return 'failed' in result;
}

export function outcomeOf({ row, held, compared, twin, events, jobs, ...run }: RunResult): Outcome {
  const fingerprints = ({ trajectoryFingerprint, accountingFingerprint }: Fingerprints): Fingerprints => {
    return { trajectoryFingerprint, accountingFingerprint };
  };
  const { seed, values } = row;
  return {
    ...{ seed, values, held, events, jobs },
    ...fingerprints(run),
    compared: compared.map(fingerprints),
    twin: twin === null ? null : fingerprints(twin),
  };
}

/** A result as a line of text without its end; numbers come back to the last bit, those that aren't finite, too. */
export function toLineOfText(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    typeof part === 'number' && !Number.isFinite(part) ? { number: String(part) } : part,
  );
}

/** The value of such a line; throws SyntaxError for any other. */
export function fromLineOfText(line: string): unknown {
  return JSON.parse(line, (_key, part) => {
    const isNumber = typeof part === 'object' && part !== null && Object.keys(part).join() === 'number';
    return isNumber ? Number((part as { number: string }).number) : part;
  });
}

/** Whether the value is an outcome of this version: it has every metric. */
export function isOutcome(value: unknown): value is Outcome {
  const { values } = (value ?? {}) as { values?: object };
  return typeof values === 'object' && metricNames.every((name) => Object.hasOwn(values, name));
}
