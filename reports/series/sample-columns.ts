import { numberOf, type Table, textOf } from '../../sim/record/tables/table.js';
import type { ChartInput } from '../drawing/chart.js';

/** Columns of the time series that charts are drawn from; counts and sums, and means by node. */
const SUMS = [
  ...['nodesPresent', 'nodesOnline', 'workReferenceHours', 'stakeTokens', 'incomeTokens', 'slashedTokens'],
  ...['slotHoursUp', 'slotHoursWorked', 'corruptionGainUsd', 'corruptionCostUsd'],
  ...['jobsFinal', 'jobsCompleted', 'jobsRejected', 'jobsTimedOut', 'jobsUnserved', 'jobsWrongAccepted'],
];
const MEANS = [
  ...['score05', 'score25', 'score50', 'score75', 'score95'],
  ...['latencyP50Seconds', 'latencyP95Seconds', 'waitingMeanSeconds', 'waitingP95Seconds'],
];

/** The time series by column, read once, as every chart goes through it: millions of cells in as many bytes × 8. */
export interface SampleColumns {
  /** By sample of a replication [days]. */
  readonly times: Float64Array;
  /** Place of the first sample of each replication, in their order. */
  readonly starts: readonly number[];
  /** By sample; NaN for none. Undefined for a cohort that has none at all. */
  column(cohort: string, name: string): Float64Array | undefined;
}

const readBefore = new WeakMap<Table, SampleColumns>();

/** The columns of the run's time series, with the names under which cohorts appear. */
export function sampleColumns({ timeseries, nameOf }: ChartInput): SampleColumns {
  const before = readBefore.get(timeseries);
  if (before !== undefined) return before;
  const read = readSamples(timeseries, nameOf);
  readBefore.set(timeseries, read);
  return read;
}

/** How many replications the run's time series is of. */
export function countReplications(input: ChartInput): number {
  return sampleColumns(input).starts.length;
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
  const starts: number[] = [];
  const byCohort = new Map<string, { readonly values: Floats[]; readonly weights: Floats[] }>();
  let sample = -1;
  let last: readonly [unknown, unknown] = [Number.NaN, Number.NaN];
  for (const cells of table.rows(new Set(places))) {
    const [replication, time] = [cells[replicationAt]!, cells[timeAt]!];
    if (replication !== last[0] || time !== last[1]) {
      sample++;
      // the table has them one after the other
      if (replication !== last[0]) starts.push(sample);
      last = [replication, time];
      times.set(sample, numberOf(time));
    }
    const own = textOf(cells[cohortAt]!);
    const name = nameOf.get(own) ?? own;
    let kept = byCohort.get(name);
    if (kept === undefined) {
      kept = { values: [], weights: [] };
      byCohort.set(name, kept);
    }
    const weight = name === own ? 1 : numberOf(cells[weightAt]!);
    const isGroup = name !== own;
    for (let at = 0; at < columns.length; at++) {
      const { place, isMean } = columns[at]!;
      const cell = cells[place]!;
      if (typeof cell !== 'number' || (isMean && weight === 0)) continue;
      const isWeighted = isMean && isGroup;
      add(kept.values, at, sample, isWeighted ? cell * weight : cell);
      if (isWeighted) add(kept.weights, at, sample, weight);
    }
  }
  for (const { values, weights } of byCohort.values()) {
    weights.forEach((weight, at) => {
      values[at]!.divide(weight);
    });
  }
  return {
    times: times.values(sample + 1),
    starts,
    column: (cohort, name) => {
      if (!present.has(name) || !names.includes(name)) {
        throw new Error(`samples: expected a column '${name}', found ${names.join(', ')}`);
      }
      return byCohort.get(cohort)?.values[names.indexOf(name)]?.values(sample + 1);
    },
  };
}

function add(kept: Floats[], column: number, sample: number, value: number): void {
  let floats = kept[column];
  if (floats === undefined) {
    floats = new Floats();
    kept[column] = floats;
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

  divide(by: Floats): void {
    for (let place = 0; place < this.#values.length; place++) this.#values[place]! /= by.at(place);
  }

  values(count: number): Float64Array {
    if (count > this.#values.length) this.set(count, Number.NaN);
    return this.#values.subarray(0, count);
  }
}
