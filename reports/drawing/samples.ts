import { numberOf, records, textOf } from '../../sim/record/tables/table.js';
import type { ChartInput } from './chart.js';

/** Consecutive samples that a chart draws as one. */
export interface Bin {
  /** Start of its interval, excluded, and end, included [days]; equal for a sample at time 0. */
  readonly startDays: number;
  readonly endDays: number;
  /** Mean of its sample times [days]. */
  readonly meanDays: number;
}

/** A time series thinned for drawing; null where no sample has a value. */
export interface BinnedSamples {
  readonly bins: readonly Bin[];
  readonly replicationCount: number;
  /** Mean over the bin's samples and replications that have a value. */
  mean(cohort: string, column: string, bin: number): number | null;
  /** Sum over the same. */
  sum(cohort: string, column: string, bin: number): number | null;
  /** Mean over the replications of the value at the bin's end, such as a running total. */
  last(cohort: string, column: string, bin: number): number | null;
}

/** Width of a bin that leaves every sample on its own [days], for what is told rather than drawn. */
export const SAMPLE_DAYS = 1e-9;

/** The bins whose interval lies after the warm-up, by their places; samples at its end still belong to it. */
export function placesAfterWarmUp({ warmUpDays }: ChartInput, bins: readonly Bin[]): readonly number[] {
  return bins.flatMap(({ startDays, endDays }, place) =>
    startDays >= warmUpDays * (1 - 1e-9) && (endDays > startDays || warmUpDays === 0) ? [place] : [],
  );
}

/** Width of a bin for lines [days]: 240 of them, three pixels apart, show all that a line can. */
export function lineBinDays(horizonDays: number): number {
  return horizonDays / 240;
}

/**
 * Puts samples into bins of `binDays` (start excluded, end included), and one at time 0, whose interval is empty, into
 * its own; every row counts, none is dropped, and samples farther apart than `binDays` stay as they are. Throws when
 * the table hasn't got a column.
 */
export function binSamples(input: ChartInput, columns: readonly string[], binDays: number): BinnedSamples {
  const samples = [...records<string>(input.timeseries, ['replication', 'timeDays', 'cohort', ...columns])];
  const replications = new Set(samples.map((sample) => sample.replication));
  const times = new Set(samples.map((sample) => numberOf(sample.timeDays!)));
  const { bins, binAt } = toBins(
    [...times].sort((a, b) => a - b),
    binDays,
  );

  // One accumulator per cohort: for every bin and column sum and count, of all samples and of those at the bin's end.
  const accumulators = new Map<string, Float64Array>();
  for (const sample of samples) {
    const cohort = textOf(sample.cohort!);
    let accumulator = accumulators.get(cohort);
    if (accumulator === undefined) {
      accumulator = new Float64Array(4 * bins.length * columns.length);
      accumulators.set(cohort, accumulator);
    }
    const time = numberOf(sample.timeDays!);
    const bin = binAt.get(time)!;
    const isLast = time === bins[bin]!.endDays;
    for (const [place, column] of columns.entries()) {
      const value = numberOf(sample[column]!);
      if (!Number.isFinite(value)) continue;
      const at = 4 * (bin * columns.length + place);
      accumulator[at]! += value;
      accumulator[at + 1]! += 1;
      if (!isLast) continue;
      accumulator[at + 2]! += value;
      accumulator[at + 3]! += 1;
    }
  }

  const look = (cohort: string, name: string, bin: number, place = 0): { sum: number; count: number } => {
    const column = columns.indexOf(name);
    if (column < 0) throw new Error(`samples: expected one of ${columns.join(', ')}, found '${name}'`);
    const at = 4 * (bin * columns.length + column) + place;
    const accumulator = accumulators.get(cohort);
    return { sum: accumulator?.[at] ?? 0, count: accumulator?.[at + 1] ?? 0 };
  };
  return {
    bins,
    replicationCount: replications.size,
    mean(cohort, column, bin) {
      const { sum, count } = look(cohort, column, bin);
      return count === 0 ? null : sum / count;
    },
    sum(cohort, column, bin) {
      const { sum, count } = look(cohort, column, bin);
      return count === 0 ? null : sum;
    },
    last(cohort, column, bin) {
      const { sum, count } = look(cohort, column, bin, 2);
      return count === 0 ? null : sum / count;
    },
  };
}

function toBins(times: readonly number[], binDays: number): { bins: Bin[]; binAt: Map<number, number> } {
  const bins: Bin[] = [];
  const binAt = new Map<number, number>();
  let members: number[] = [];
  const close = (): void => {
    const meanDays = members.reduce((sum, time) => sum + time, 0) / members.length;
    bins.push({ startDays: bins.at(-1)?.endDays ?? 0, endDays: members.at(-1)!, meanDays });
    members = [];
  };
  for (const time of times) {
    if (members.length > 0 && slot(time, binDays) !== slot(members[0]!, binDays)) close();
    members.push(time);
    binAt.set(time, bins.length);
  }
  if (members.length > 0) close();
  return { bins, binAt };
}

// Sample times are multiples of the sampling interval only up to rounding: one at a bin's end belongs to it.
function slot(timeDays: number, binDays: number): number {
  return Math.ceil(timeDays / binDays - 1e-6);
}

/** Six digits that count: what a drawing can show, in half of the bytes. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}
