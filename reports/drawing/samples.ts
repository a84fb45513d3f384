import type { Table } from '../../sim/record/tables/table.js';
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
  const { timeseries } = input;
  const timeAt = position(timeseries, 'timeDays');
  const cohortAt = position(timeseries, 'cohort');
  const replicationAt = position(timeseries, 'replication');
  const columnsAt = columns.map((column) => position(timeseries, column));

  const replications = new Set<unknown>();
  const times = new Set<number>();
  for (const row of timeseries.rows()) {
    replications.add(row[replicationAt]);
    times.add(Number(row[timeAt]));
  }
  const { bins, binAt } = toBins(
    [...times].sort((a, b) => a - b),
    binDays,
  );

  // One accumulator per cohort: for every bin and column sum and count, of all samples and of those at the bin's end.
  const accumulators = new Map<string, Float64Array>();
  for (const row of timeseries.rows()) {
    const cohort = String(row[cohortAt]);
    let accumulator = accumulators.get(cohort);
    if (accumulator === undefined) {
      accumulator = new Float64Array(4 * bins.length * columns.length);
      accumulators.set(cohort, accumulator);
    }
    const time = Number(row[timeAt]);
    const bin = binAt.get(time)!;
    const isLast = time === bins[bin]!.endDays;
    for (let column = 0; column < columns.length; column++) {
      const cell = row[columnsAt[column]!];
      if (typeof cell !== 'number' || !Number.isFinite(cell)) continue;
      const at = 4 * (bin * columns.length + column);
      accumulator[at]! += cell;
      accumulator[at + 1]! += 1;
      if (!isLast) continue;
      accumulator[at + 2]! += cell;
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

function position(table: Table, name: string): number {
  const index = table.columns.findIndex((column) => column.name === name);
  if (index < 0) {
    throw new Error(`table ${table.name}: expected a column '${name}', found ${table.columns.map((c) => c.name)}`);
  }
  return index;
}

/** Six digits that count: what a drawing can show, in half of the bytes. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}
