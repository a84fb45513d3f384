import { numberOf, type Table, textOf } from '../../sim/record/tables/table.js';
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

/** Width of a bin for lines [days]: points three pixels apart, 240 in a whole plot, show all that a line can. */
export function lineBinDays(horizonDays: number, plotWidth = 720): number {
  return horizonDays / Math.floor(plotWidth / 3);
}

/** Columns of the time series that charts are drawn from; counts and sums, and means by node. */
const SUMS = [
  ...['nodesPresent', 'nodesOnline', 'workReferenceHours', 'stakeTokens', 'incomeTokens', 'slashedTokens'],
  ...['jobsFinal', 'jobsCompleted', 'jobsRejected', 'jobsTimedOut', 'jobsUnserved', 'jobsWrongAccepted'],
];
const MEANS = [
  ...['score05', 'score25', 'score50', 'score75', 'score95', 'utilisationFraction'],
  ...['latencyP50Seconds', 'latencyP95Seconds', 'waitingMeanSeconds', 'waitingP95Seconds'],
];

/** The time series by column, read once, as every chart goes through it: millions of cells in as many bytes × 8. */
interface SampleColumns {
  /** By sample of a replication [days]. */
  readonly times: Float64Array;
  readonly replicationCount: number;
  /** By sample; NaN for none. Undefined for a cohort that has none at all. */
  column(cohort: string, name: string): Float64Array | undefined;
}

const readBefore = new WeakMap<Table, SampleColumns>();

function sampleColumns({ timeseries, nameOf }: ChartInput): SampleColumns {
  const before = readBefore.get(timeseries);
  if (before !== undefined) return before;
  const read = readSamples(timeseries, nameOf);
  readBefore.set(timeseries, read);
  return read;
}

function readSamples(table: Table, nameOf: ReadonlyMap<string, string>): SampleColumns {
  const present = new Set(table.columns.map(({ name }) => name));
  const names = [...SUMS, ...MEANS].filter((name) => present.has(name));
  const head = ['replication', 'timeDays', 'cohort', 'nodesPresent'];
  const asked = [...new Set([...head.filter((name) => present.has(name)), ...names])];
  const places = asked.map((name) => table.columns.findIndex((column) => column.name === name));
  const placeOf = (name: string) => places[asked.indexOf(name)] ?? -1;
  const [replicationAt, timeAt, cohortAt, weightAt] = head.map(placeOf) as [number, number, number, number];
  const columns = names.map((name) => ({ name, place: placeOf(name), isMean: MEANS.includes(name) }));
  const times = new Floats();
  const replications = new Set<unknown>();
  const byCohort = new Map<string, Map<string, Floats>>();
  let sample = -1;
  let last: readonly [unknown, unknown] = [Number.NaN, Number.NaN];
  for (const cells of table.rows(new Set(places))) {
    const [replication, time] = [cells[replicationAt]!, cells[timeAt]!];
    if (replication !== last[0] || time !== last[1]) {
      last = [replication, time];
      replications.add(replication);
      times.set(++sample, numberOf(time));
    }
    const own = textOf(cells[cohortAt]!);
    const name = nameOf.get(own) ?? own;
    let kept = byCohort.get(name);
    if (kept === undefined) {
      kept = new Map();
      byCohort.set(name, kept);
    }
    const weight = name === own ? 1 : numberOf(cells[weightAt]!);
    for (const { name: column, place, isMean } of columns) {
      const cell = cells[place]!;
      if (typeof cell !== 'number' || (isMean && weight === 0)) continue;
      if (!isMean || name === own) add(kept, column, sample, cell);
      else {
        add(kept, column, sample, cell * weight);
        add(kept, `${column} weight`, sample, weight);
      }
    }
  }
  for (const kept of byCohort.values()) {
    for (const { name } of columns) kept.get(name)?.divide(kept.get(`${name} weight`));
  }
  return {
    times: times.values(sample + 1),
    replicationCount: replications.size,
    column: (cohort, name) => {
      if (!present.has(name) || !names.includes(name)) {
        throw new Error(`samples: expected a column '${name}', found ${names.join(', ')}`);
      }
      return byCohort
        .get(cohort)
        ?.get(name)
        ?.values(sample + 1);
    },
  };
}

function add(kept: Map<string, Floats>, column: string, sample: number, value: number): void {
  let floats = kept.get(column);
  if (floats === undefined) {
    floats = new Floats();
    kept.set(column, floats);
  }
  const before = floats.at(sample);
  floats.set(sample, Number.isNaN(before) ? value : before + value);
}

/** Numbers by place, as many as come; NaN where none was set. */
class Floats {
  #values = new Float64Array(1_024).fill(Number.NaN);

  at(place: number): number {
    return this.#values[place] ?? Number.NaN;
  }

  set(place: number, value: number): void {
    if (place >= this.#values.length) {
      const larger = new Float64Array(2 * place).fill(Number.NaN);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[place] = value;
  }

  divide(by: Floats | undefined): void {
    if (by === undefined) return;
    for (let place = 0; place < this.#values.length; place++) this.#values[place]! /= by.at(place);
  }

  values(count: number): Float64Array {
    if (count > this.#values.length) this.set(count, Number.NaN);
    return this.#values.subarray(0, count);
  }
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
  const { times } = samples;
  const { bins, binAt } = toBins(
    [...new Set(times)].sort((a, b) => a - b),
    binDays,
  );
  const binOf = Int32Array.from(times, (time) => binAt.get(time)!);

  // By cohort and column: for every bin sum and count, of all samples and of those at the bin's end.
  const accumulators = new Map<string, Float64Array>();
  const accumulated = (cohort: string, name: string): Float64Array => {
    const key = `${name} ${cohort}`;
    const before = accumulators.get(key);
    if (before !== undefined) return before;
    if (!columns.includes(name)) throw new Error(`samples: expected one of ${columns.join(', ')}, found '${name}'`);
    const accumulator = new Float64Array(4 * bins.length);
    accumulators.set(key, accumulator);
    const values = samples.column(cohort, name) ?? [];
    for (let sample = 0; sample < values.length; sample++) {
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
  };

  const look = (cohort: string, name: string, bin: number, place = 0): { sum: number; count: number } => {
    const accumulator = accumulated(cohort, name);
    return { sum: accumulator[4 * bin + place]!, count: accumulator[4 * bin + place + 1]! };
  };
  return {
    bins,
    replicationCount: samples.replicationCount,
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
