import { quantileSorted } from '../../kernels/quantile.js';
import { microTokens, secondsPerDay, secondsPerHour } from '../../model/contract/units.js';
import { KeptRows } from '../rows/kept-rows.js';
import type { Tally } from '../tally.js';
import { type Cell, type ColumnOf, indices, type Table, tableOf } from './table.js';

/** The nodes of a cohort, or of the whole network, at a time. */
export interface FleetState {
  /** Identities in the network, online or not. */
  readonly present: number;
  readonly online: number;
  readonly jailed: number;
  /** So far. */
  readonly ejected: number;
  /** Locked now [micro-tokens]. */
  readonly stake: number;
  /** Paid and slashed so far [micro-tokens]. */
  readonly income: number;
  readonly slashed: number;
}

/** What a sample has of a cohort, or of the whole network, at a time; NaN for what it hasn't got. */
interface CohortSample extends FleetState {
  readonly timeSeconds: number;
  /** `all` for the whole network. */
  readonly cohort: string;
  /** Of present nodes, ascending; empty for the whole network. */
  readonly scores: Float64Array;
  /** Accepted in the interval ending here [s on the reference card]. */
  readonly work: number;
  readonly workFraction: number;
  /** null for a cohort: jobs belong to none. */
  readonly jobs: JobSample | null;
}

/** The jobs of the network: those that ended in the interval ending at the sample, and those that are open. */
export interface JobSample {
  readonly ended: Tally;
  readonly open: number;
  /** From submission to the result's arrival [s]. */
  readonly latencyP50: number;
  readonly latencyP95: number;
  /** From submission to the first assignment [s]. */
  readonly waitingMean: number;
  readonly waitingP95: number;
}

/** Takes the rows of `timeseriesTable`; what a sample holds may change afterwards. */
export function keptSamples(): KeptRows<CohortSample> {
  return new KeptRows(columns, 256);
}

/** Samples of one replication. */
export function timeseriesTable(samples: KeptRows<CohortSample>, replication: number): Table {
  const meaning = 'Samples at set times: a row for each cohort, and one for the whole network';
  const replicationColumn: ColumnOf<number> = {
    name: 'replication',
    unit: '',
    meaning: 'Number of the replication, from 1',
    value: () => replication,
  };
  return tableOf('timeseries', meaning, [replicationColumn, ...samples.columns], indices(samples.length));
}

const ofScores = (probability: number) => (sample: CohortSample) => quantileSorted(sample.scores, probability);
const ofJobs =
  (value: (jobs: JobSample) => number) =>
  (sample: CohortSample): Cell =>
    sample.jobs === null ? null : value(sample.jobs);

const columns: readonly ColumnOf<CohortSample>[] = [
  {
    name: 'timeDays',
    unit: 'd',
    meaning: 'Time of the sample since the start',
    value: ({ timeSeconds }) => timeSeconds / secondsPerDay,
  },
  { name: 'cohort', unit: '', meaning: 'Cohort, or all for the whole network', value: ({ cohort }) => cohort },
  {
    name: 'nodesPresent',
    unit: 'nodes',
    meaning: 'Identities in the network, online or not',
    value: ({ present }) => present,
  },
  {
    name: 'nodesOnline',
    unit: 'nodes',
    meaning: 'Identities that the network can reach',
    value: ({ online }) => online,
  },
  { name: 'nodesJailed', unit: 'nodes', meaning: 'Identities in jail', value: ({ jailed }) => jailed },
  { name: 'nodesEjected', unit: 'nodes', meaning: 'Identities ejected so far', value: ({ ejected }) => ejected },
  {
    name: 'score05',
    unit: 'score',
    meaning: '5 % quantile (type 7) of the scores of present nodes',
    value: ofScores(0.05),
  },
  {
    name: 'score25',
    unit: 'score',
    meaning: '25 % quantile of the scores of present nodes',
    value: ofScores(0.25),
  },
  { name: 'score50', unit: 'score', meaning: 'Median score of present nodes', value: ofScores(0.5) },
  {
    name: 'score75',
    unit: 'score',
    meaning: '75 % quantile of the scores of present nodes',
    value: ofScores(0.75),
  },
  {
    name: 'score95',
    unit: 'score',
    meaning: '95 % quantile of the scores of present nodes',
    value: ofScores(0.95),
  },
  {
    name: 'workReferenceHours',
    unit: 'h',
    meaning: 'Accepted work in the interval ending here, on the reference card',
    value: ({ work }) => work / secondsPerHour,
  },
  {
    name: 'workFraction',
    unit: 'fraction',
    meaning: 'Share of the interval’s accepted work',
    value: ({ workFraction }) => workFraction,
  },
  { name: 'stakeTokens', unit: 'tokens', meaning: 'Stake locked now', value: ({ stake }) => stake / microTokens },
  {
    name: 'incomeTokens',
    unit: 'tokens',
    meaning: 'Paid to the nodes’ operators so far',
    value: ({ income }) => income / microTokens,
  },
  { name: 'slashedTokens', unit: 'tokens', meaning: 'Slashed so far', value: ({ slashed }) => slashed / microTokens },
  {
    name: 'jobsFinal',
    unit: 'jobs',
    meaning: 'Jobs that ended, or were refused, in the interval ending here',
    value: ofJobs(({ ended }) => ended.ended),
  },
  {
    name: 'jobsCompleted',
    unit: 'jobs',
    meaning: 'Jobs in the interval whose result was accepted',
    value: ofJobs(({ ended }) => ended.completed),
  },
  {
    name: 'jobsWrongAccepted',
    unit: 'jobs',
    meaning: 'Those of them whose accepted result was wrong',
    value: ofJobs(({ ended }) => ended.wrongAccepted),
  },
  {
    name: 'jobsRejected',
    unit: 'jobs',
    meaning: 'Jobs in the interval whose results all failed verification',
    value: ofJobs(({ ended }) => ended.rejected),
  },
  {
    name: 'jobsTimedOut',
    unit: 'jobs',
    meaning: 'Jobs in the interval whose attempts brought no result in time',
    value: ofJobs(({ ended }) => ended.timedOut),
  },
  {
    name: 'jobsUnserved',
    unit: 'jobs',
    meaning: 'Jobs in the interval that no node was free for in time, or unpaid',
    value: ofJobs(({ ended }) => ended.unserved + ended.unfunded),
  },
  {
    name: 'jobsOpen',
    unit: 'jobs',
    meaning: 'Jobs submitted and not final now',
    value: ofJobs(({ open }) => open),
  },
  {
    name: 'latencyP50Seconds',
    unit: 's',
    meaning: 'Median time from submission to the result’s arrival, of jobs completed in the interval; on rows of all',
    value: ofJobs(({ latencyP50 }) => latencyP50),
  },
  {
    name: 'latencyP95Seconds',
    unit: 's',
    meaning: '95 % quantile (type 7) of that time; on rows of all',
    value: ofJobs(({ latencyP95 }) => latencyP95),
  },
  {
    name: 'waitingMeanSeconds',
    unit: 's',
    meaning:
      'Mean time from submission to first assignment, of assigned jobs that ended in the interval; on rows of all',
    value: ofJobs(({ waitingMean }) => waitingMean),
  },
  {
    name: 'waitingP95Seconds',
    unit: 's',
    meaning: '95 % quantile (type 7) of that time; on rows of all',
    value: ofJobs(({ waitingP95 }) => waitingP95),
  },
];
