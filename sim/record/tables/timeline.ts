import { quantileOf, quantileSorted, quantilesOf } from '../../kernels/quantile.js';
import { NodeState } from '../../model/columns/nodes.js';
import { microTokens, secondsPerDay, secondsPerHour } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import type { Tally } from '../tally.js';
import { RowLog } from './row-log.js';
import type { Column, Table } from './table.js';

const columns: readonly Column[] = [
  { name: 'replication', unit: '', meaning: 'Number of the replication, from 1' },
  { name: 'timeDays', unit: 'd', meaning: 'Time of the sample since the start' },
  { name: 'cohort', unit: '', meaning: 'Cohort, or all for the whole network' },
  { name: 'nodesPresent', unit: 'nodes', meaning: 'Identities in the network, online or not' },
  { name: 'nodesOnline', unit: 'nodes', meaning: 'Identities that the network can reach' },
  { name: 'nodesJailed', unit: 'nodes', meaning: 'Identities in jail' },
  { name: 'nodesEjected', unit: 'nodes', meaning: 'Identities ejected so far' },
  { name: 'score05', unit: 'score', meaning: '5 % quantile (type 7) of the scores of present nodes' },
  { name: 'score25', unit: 'score', meaning: '25 % quantile of the scores of present nodes' },
  { name: 'score50', unit: 'score', meaning: 'Median score of present nodes' },
  { name: 'score75', unit: 'score', meaning: '75 % quantile of the scores of present nodes' },
  { name: 'score95', unit: 'score', meaning: '95 % quantile of the scores of present nodes' },
  {
    name: 'workReferenceHours',
    unit: 'h',
    meaning: 'Accepted work in the interval ending here, on the reference card',
  },
  { name: 'workFraction', unit: 'fraction', meaning: 'Share of the interval’s accepted work' },
  { name: 'stakeTokens', unit: 'tokens', meaning: 'Stake locked now' },
  { name: 'incomeTokens', unit: 'tokens', meaning: 'Paid to the nodes’ operators so far' },
  { name: 'slashedTokens', unit: 'tokens', meaning: 'Slashed so far' },
  { name: 'jobsFinal', unit: 'jobs', meaning: 'Jobs that ended, or were refused, in the interval ending here' },
  { name: 'jobsCompleted', unit: 'jobs', meaning: 'Jobs in the interval whose result was accepted' },
  { name: 'jobsRejected', unit: 'jobs', meaning: 'Jobs in the interval whose results all failed verification' },
  { name: 'jobsTimedOut', unit: 'jobs', meaning: 'Jobs in the interval whose attempts brought no result in time' },
  { name: 'jobsUnserved', unit: 'jobs', meaning: 'Jobs in the interval that no node was free for in time, or unpaid' },
  { name: 'jobsOpen', unit: 'jobs', meaning: 'Jobs submitted and not final now' },
  {
    name: 'latencyP50Seconds',
    unit: 's',
    meaning: 'Median time from submission to the result’s arrival, of jobs completed in the interval; on rows of all',
  },
  { name: 'latencyP95Seconds', unit: 's', meaning: '95 % quantile (type 7) of that time; on rows of all' },
  {
    name: 'waitingMeanSeconds',
    unit: 's',
    meaning:
      'Mean time from submission to first assignment, of assigned jobs that ended in the interval; on rows of all',
  },
  { name: 'waitingP95Seconds', unit: 's', meaning: '95 % quantile (type 7) of that time; on rows of all' },
];

/** Times of the jobs that ended in an interval [s], in any order. */
export interface JobTimes {
  readonly latency: Float64Array;
  readonly waiting: Float64Array;
}

/** Samples of the run: a row a cohort and one for all, at each sample time. */
export class Timeline {
  /** Cohort index (−1 for all), then the columns from nodesPresent on, time first. */
  readonly #rows = new RowLog(columns.length - 1, 256);
  #scores = new Float64Array(0);
  /** Time of the last sample [s]; −1 before the first. */
  lastTime = -1;

  /** Adds the sample of now; the order of `times` changes. */
  take(world: World, slashed: Float64Array, interval: Tally, { latency, waiting }: JobTimes): void {
    this.lastTime = world.simulation.now;
    const { cohorts, nodes, ownership, jobs } = world;
    if (this.#scores.length === 0) this.#scores = new Float64Array(nodes.capacity);
    let allWork = 0;
    for (const work of interval.work) allWork += work;
    const all = new Float64Array(columns.length - 1).fill(Number.NaN);
    all.fill(0, 2, 6);
    all.fill(0, 13, 16);
    for (const cohort of cohorts) {
      const row = new Float64Array(columns.length - 1).fill(Number.NaN);
      row.fill(0, 2, 6);
      row.fill(0, 13, 16);
      row[0] = this.lastTime / secondsPerDay;
      row[1] = cohort.index;
      let present = 0;
      for (let node = 0; node < nodes.count; node++) {
        if (ownership.cohort[node] !== cohort.index) continue;
        row[13]! += nodes.stake[node]!;
        row[14]! += world.ledger.earned(node);
        row[15]! += slashed[node]!;
        if (nodes.state[node] === NodeState.ejected) row[5]!++;
        if (nodes.state[node] !== NodeState.present) continue;
        row[3]! += nodes.isOnline[node]!;
        if (nodes.jailedUntil[node]! > this.lastTime) row[4]!++;
        this.#scores[present++] = nodes.score[node]!;
      }
      row[2] = present;
      const sorted = this.#scores.subarray(0, present).sort();
      if (present > 0) {
        [0.05, 0.25, 0.5, 0.75, 0.95].forEach((probability, place) => {
          row[6 + place] = quantileSorted(sorted, probability);
        });
      }
      row[11] = interval.work[cohort.index]! / secondsPerHour;
      row[12] = allWork === 0 ? Number.NaN : interval.work[cohort.index]! / allWork;
      for (const column of [2, 3, 4, 5, 13, 14, 15]) all[column]! += row[column]!;
      for (const column of [13, 14, 15]) row[column]! /= microTokens;
      this.#rows.add(row);
    }
    all[0] = this.lastTime / secondsPerDay;
    all[1] = -1;
    for (const column of [13, 14, 15]) all[column]! /= microTokens;
    const counts = [interval.ended, interval.completed, interval.rejected, interval.timedOut];
    let waited = 0;
    for (const time of waiting) waited += time;
    const latencies = quantilesOf(latency, [0.5, 0.95]);
    // Where nobody waits, there is nothing to select.
    const waits = [waited / waiting.length, waited === 0 && waiting.length > 0 ? 0 : quantileOf(waiting, 0.95)];
    all.set([...counts, interval.unserved + interval.unfunded, jobs.open, ...latencies, ...waits], 16);
    this.#rows.add(all);
  }

  toTable(replication: number, cohortNames: readonly string[]): Table {
    const rows = this.#rows;
    const cells = function* () {
      for (let row = 0; row < rows.length; row++) {
        const index = rows.value(row, 1);
        const numbers = Array.from({ length: columns.length - 3 }, (_, column) => rows.value(row, column + 2));
        const cohort = index < 0 ? 'all' : cohortNames[index]!;
        const values = numbers.map((value) => (Number.isNaN(value) ? null : value));
        yield [replication, rows.value(row, 0), cohort, ...values];
      }
    };
    return {
      name: 'timeseries',
      meaning: 'Samples at set times: a row for each cohort, and one for the whole network',
      columns,
      rowCount: rows.length,
      rows: cells,
    };
  }
}
