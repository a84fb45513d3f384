import type { ChartInput } from '../drawing/chart.js';
import { type SampleColumns, sampleColumns } from './sample-columns.js';

/** Consecutive samples that a chart draws as one. */
export interface Bin {
  /** Start of its interval, excluded, and end, included [days]; equal for a sample at time 0. */
  readonly startDays: number;
  readonly endDays: number;
  /** Mean of its sample times [days]. */
  readonly meanDays: number;
}

/** A time series thinned for drawing; null where no sample has a value. */
export interface ReplicationSamples {
  readonly bins: readonly Bin[];
  /** Mean over the bin's samples that have a value. */
  mean(cohort: string, column: string, bin: number): number | null;
  /** Sum over the same. */
  sum(cohort: string, column: string, bin: number): number | null;
  /** The value at the bin's end, such as a running total. */
  last(cohort: string, column: string, bin: number): number | null;
}

/** All replications as one: means, and sums, over all of their samples; and each by itself. */
export interface BinnedSamples extends ReplicationSamples {
  readonly replicationCount: number;
  /** The replications in their order, all with the same bins. */
  readonly each: readonly ReplicationSamples[];
}

/** Width of a bin that leaves every sample on its own [days], for what is told rather than drawn. */
export const SAMPLE_DAYS = 1e-9;

/** The bins whose interval lies after the warm-up, by their places; samples at its end still belong to it. */
export function placesAfterWarmUp({ warmUpDays }: ChartInput, bins: readonly Bin[]): readonly number[] {
  return bins.flatMap(({ startDays, endDays }, place) =>
    startDays >= warmUpDays * (1 - 1e-9) && (endDays > startDays || warmUpDays === 0) ? [place] : [],
  );
}

/** Width of a bin for lines [days]: points three pixels apart, 240 in a whole plot, show all that a line can. */
export function lineBinDays(horizonDays: number, plotWidth = 720): number {
  return horizonDays / Math.floor(plotWidth / 3);
}

/**
 * Puts samples into bins of `binDays` (start excluded, end included), and one at time 0, whose interval is empty, into
 * its own; every row counts, none is dropped, and samples farther apart than `binDays` stay as they are. Throws when
 * the table hasn't got a column.
 */
export function binSamples(input: ChartInput, columns: readonly string[], binDays: number): BinnedSamples {
  const samples = sampleColumns(input);
  // Says at once which is missing.
  for (const name of columns) samples.column('', name);
  const { bins, binOf } = binningOf(samples, binDays);
  const partsOf = keptByColumn((cohort, name): readonly Float64Array[] => {
    if (!columns.includes(name)) throw new Error(`samples: expected one of ${columns.join(', ')}, found '${name}'`);
    const values = samples.column(cohort, name);
    return samples.starts.map((start, at) => {
      return accumulate(samples, values, bins, binOf, start, samples.starts[at + 1] ?? samples.times.length);
    });
  });
  const wholeOf = keptByColumn((cohort, name) => addedUp(partsOf(cohort, name), bins.length));
  return {
    replicationCount: samples.starts.length,
    ...samplesIn(bins, wholeOf),
    each: samples.starts.map((_, replication) => {
      return samplesIn(bins, (cohort, name) => partsOf(cohort, name)[replication]!);
    }),
  };
}

/** Computes for a column of a cohort once. */
function keptByColumn<Value>(compute: (cohort: string, column: string) => Value) {
  const kept = new Map<string, Map<string, Value>>();
  return (cohort: string, column: string): Value => {
    let ofCohort = kept.get(cohort);
    if (ofCohort === undefined) {
      ofCohort = new Map();
      kept.set(cohort, ofCohort);
    }
    let value = ofCohort.get(column);
    if (value === undefined) {
      value = compute(cohort, column);
      ofCohort.set(column, value);
    }
    return value;
  };
}

/** What accumulators of columns of cohorts say. */
function samplesIn(
  bins: readonly Bin[],
  accumulatorOf: (cohort: string, column: string) => Float64Array,
): ReplicationSamples {
  return {
    bins,
    mean(cohort, column, bin) {
      const sums = accumulatorOf(cohort, column);
      return sums[4 * bin + 1] === 0 ? null : sums[4 * bin]! / sums[4 * bin + 1]!;
    },
    sum(cohort, column, bin) {
      const sums = accumulatorOf(cohort, column);
      return sums[4 * bin + 1] === 0 ? null : sums[4 * bin]!;
    },
    last(cohort, column, bin) {
      const sums = accumulatorOf(cohort, column);
      return sums[4 * bin + 3] === 0 ? null : sums[4 * bin + 2]! / sums[4 * bin + 3]!;
    },
  };
}

/** For every bin sum and count, of all samples of a replication and of those at the bin's end; `to` is excluded. */
function accumulate(
  { times }: SampleColumns,
  values: Float64Array | undefined,
  bins: readonly Bin[],
  binOf: Int32Array,
  from: number,
  to: number,
): Float64Array {
  const accumulator = new Float64Array(4 * bins.length);
  if (values === undefined) return accumulator;
  for (let sample = from; sample < to; sample++) {
    const value = values[sample]!;
    if (!Number.isFinite(value)) continue;
    const at = 4 * binOf[sample]!;
    accumulator[at]! += value;
    accumulator[at + 1]! += 1;
    if (times[sample] !== bins[binOf[sample]!]!.endDays) continue;
    accumulator[at + 2]! += value;
    accumulator[at + 3]! += 1;
  }
  return accumulator;
}

function addedUp(parts: readonly Float64Array[], binCount: number): Float64Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Float64Array(4 * binCount);
  for (const part of parts) for (let at = 0; at < whole.length; at++) whole[at]! += part[at]!;
  return whole;
}

interface Binning {
  readonly bins: readonly Bin[];
  /** By sample. */
  readonly binOf: Int32Array;
}

/** The bins of a width, which several charts share. */
const binnedBefore = new WeakMap<SampleColumns, Map<number, Binning>>();

function binningOf(samples: SampleColumns, binDays: number): Binning {
  let binnings = binnedBefore.get(samples);
  if (binnings === undefined) {
    binnings = new Map();
    binnedBefore.set(samples, binnings);
  }
  let binning = binnings.get(binDays);
  if (binning === undefined) {
    binning = toBins(samples, binDays);
    binnings.set(binDays, binning);
  }
  return binning;
}

function toBins({ times, starts }: SampleColumns, binDays: number): Binning {
  // those of one replication rise
  const rising = starts.length === 1 ? times : Float64Array.from(new Set(times)).sort();
  const bins: Bin[] = [];
  const binOf = new Int32Array(rising.length);
  let [first, count, sum] = [0, 0, 0];
  const close = (endDays: number) => {
    bins.push({ startDays: bins.at(-1)?.endDays ?? 0, endDays, meanDays: sum / count });
    [count, sum] = [0, 0];
  };
  for (let at = 0; at < rising.length; at++) {
    const time = rising[at]!;
    const own = slot(time, binDays);
    if (count > 0 && own !== first) close(rising[at - 1]!);
    if (count === 0) first = own;
    count++;
    sum += time;
    binOf[at] = bins.length;
  }
  if (count > 0) close(rising.at(-1)!);
  if (rising === times) return { bins, binOf };
  const binAt = new Map(Array.from(rising, (time, at) => [time, binOf[at]!]));
  return { bins, binOf: Int32Array.from(times, (time) => binAt.get(time)!) };
}

// Sample times are multiples of the sampling interval only up to rounding: one at a bin's end belongs to it.
function slot(timeDays: number, binDays: number): number {
  return Math.ceil(timeDays / binDays - 1e-6);
}

/** Six digits that count: what a drawing can show, in half of the bytes. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}
