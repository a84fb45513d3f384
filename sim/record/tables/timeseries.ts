import { quantileSorted } from '../../kernels/quantile.js';
import { microTokens, secondsPerDay, secondsPerHour } from '../../model/contract/units.js';
import type { Cheating } from '../accounts/cheating.js';
import { KeptRows } from '../rows/kept-rows.js';
import type { SecurityMargin } from '../rows/security-margin.js';
import type { SlotTime } from '../slot-times.js';
import type { Tally } from '../tally.js';
import { type Cell, type ColumnOf, indices, type Table, tableOf } from './table.js';

/** The nodes of a cohort, or of the whole network, at a time. */
export interface FleetState {
  /** Identities in the network, online or not. */
  readonly present: number;
  readonly online: number;
  readonly jailed: number;
  /** For having been down too often. */
  readonly suspended: number;
  /** Below the minimum stake, and of operators that can't lock the bond of any job. */
  readonly lowStake: number;
  readonly withoutBond: number;
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
  /** In the interval ending here. */
  readonly slotTime: SlotTime;
  /** Of the whole network. */
  readonly margin: SecurityMargin;
  /** Of a cohort that attacks. */
  readonly cheating: Cheating;
  /** [USD], of the whole network */
  readonly tokenPrice: number;
  /** null for a cohort: jobs belong to none. */
  readonly jobs: JobSample | null;
}

/** The jobs of the network: those that ended in the interval ending at the sample, and those that are open. */
export interface JobSample {
  readonly ended: Tally;
  readonly open: number;
  readonly inLine: number;
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
    window: 'fixed',
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
    window: 'at the time',
    meaning: 'Time of the sample since the start',
    value: ({ timeSeconds }) => timeSeconds / secondsPerDay,
  },
  {
    name: 'cohort',
    unit: '',
    window: 'fixed',
    meaning: 'Cohort, or all for the whole network',
    value: ({ cohort }) => cohort,
  },
  {
    name: 'nodesPresent',
    unit: 'nodes',
    window: 'at the time',
    meaning: 'Identities in the network, online or not',
    value: ({ present }) => present,
  },
  {
    name: 'nodesOnline',
    unit: 'nodes',
    window: 'at the time',
    meaning: 'Identities that the network can reach',
    value: ({ online }) => online,
  },
  {
    name: 'nodesJailed',
    unit: 'nodes',
    window: 'at the time',
    meaning: 'Identities in jail',
    value: ({ jailed }) => jailed,
  },
  {
    name: 'nodesSuspended',
    unit: 'nodes',
    window: 'at the time',
    meaning: 'Identities in the network that are suspended for having been down too often',
    value: ({ suspended }) => suspended,
  },
  {
    name: 'nodesLowStake',
    unit: 'nodes',
    window: 'at the time',
    meaning: 'Identities in the network with less than the minimum stake',
    value: ({ lowStake }) => lowStake,
  },
  {
    name: 'nodesWithoutBond',
    unit: 'nodes',
    window: 'at the time',
    meaning: 'Identities in the network whose operators can’t lock the bond of any job',
    value: ({ withoutBond }) => withoutBond,
  },
  {
    name: 'nodesEjected',
    unit: 'nodes',
    window: 'so far',
    meaning: 'Identities ejected so far',
    value: ({ ejected }) => ejected,
  },
  {
    name: 'score05',
    unit: 'score',
    window: 'at the time',
    meaning: '5 % quantile (type 7) of the scores of present nodes',
    value: ofScores(0.05),
  },
  {
    name: 'score25',
    unit: 'score',
    window: 'at the time',
    meaning: '25 % quantile of the scores of present nodes',
    value: ofScores(0.25),
  },
  {
    name: 'score50',
    unit: 'score',
    window: 'at the time',
    meaning: 'Median score of present nodes',
    value: ofScores(0.5),
  },
  {
    name: 'score75',
    unit: 'score',
    window: 'at the time',
    meaning: '75 % quantile of the scores of present nodes',
    value: ofScores(0.75),
  },
  {
    name: 'score95',
    unit: 'score',
    window: 'at the time',
    meaning: '95 % quantile of the scores of present nodes',
    value: ofScores(0.95),
  },
  {
    name: 'workReferenceHours',
    unit: 'h',
    window: 'in the interval',
    meaning: 'Accepted work in the interval ending here, on the reference card',
    value: ({ work }) => work / secondsPerHour,
  },
  {
    name: 'workFraction',
    unit: 'fraction',
    window: 'in the interval',
    meaning: 'Share of the interval’s accepted work',
    value: ({ workFraction }) => workFraction,
  },
  {
    name: 'slotHoursUp',
    unit: 'h',
    window: 'in the interval',
    meaning: 'Slot time of machines in the interval ending here, while they were up with an identity in the network',
    value: ({ slotTime: { up } }) => up / secondsPerHour,
  },
  {
    name: 'slotHoursWorked',
    unit: 'h',
    window: 'in the interval',
    meaning: 'Of slotHoursUp, spent working on attempts, those under way included',
    value: ({ slotTime: { worked } }) => worked / secondsPerHour,
  },
  {
    name: 'utilisationFraction',
    unit: 'fraction',
    window: 'in the interval',
    meaning: 'slotHoursWorked over slotHoursUp; empty where no machine was up',
    value: ({ slotTime: { up, worked } }) => (up === 0 ? null : worked / up),
  },
  {
    name: 'stakeTokens',
    unit: 'tokens',
    window: 'at the time',
    meaning: 'Stake locked now',
    value: ({ stake }) => stake / microTokens,
  },
  {
    name: 'incomeTokens',
    unit: 'tokens',
    window: 'so far',
    meaning: 'Paid to the nodes’ operators so far',
    value: ({ income }) => income / microTokens,
  },
  {
    name: 'slashedTokens',
    unit: 'tokens',
    window: 'so far',
    meaning: 'Stake and bonds slashed so far',
    value: ({ slashed }) => slashed / microTokens,
  },
  {
    name: 'jobsFinal',
    unit: 'jobs',
    window: 'in the interval',
    meaning: 'Jobs that ended, or were refused, in the interval ending here',
    value: ofJobs(({ ended }) => ended.ended),
  },
  {
    name: 'jobsCompleted',
    unit: 'jobs',
    window: 'in the interval',
    meaning: 'Jobs in the interval whose result was accepted',
    value: ofJobs(({ ended }) => ended.completed),
  },
  {
    name: 'jobsWrongAccepted',
    unit: 'jobs',
    window: 'in the interval',
    meaning: 'Those of them whose accepted result was wrong',
    value: ofJobs(({ ended }) => ended.wrongAccepted),
  },
  {
    name: 'jobsRejected',
    unit: 'jobs',
    window: 'in the interval',
    meaning: 'Jobs in the interval whose results all failed verification',
    value: ofJobs(({ ended }) => ended.rejected),
  },
  {
    name: 'jobsTimedOut',
    unit: 'jobs',
    window: 'in the interval',
    meaning: 'Jobs in the interval whose attempts brought no result in time',
    value: ofJobs(({ ended }) => ended.timedOut),
  },
  {
    name: 'jobsUnserved',
    unit: 'jobs',
    window: 'in the interval',
    meaning: 'Jobs in the interval that no node was free for in time, or unpaid',
    value: ofJobs(({ ended }) => ended.unserved + ended.unfunded),
  },
  {
    name: 'jobsOpen',
    unit: 'jobs',
    window: 'at the time',
    meaning: 'Jobs submitted and not final now',
    value: ofJobs(({ open }) => open),
  },
  {
    name: 'jobsWaiting',
    unit: 'jobs',
    window: 'at the time',
    meaning: 'Of these, jobs that wait for a node, their first or one more',
    value: ofJobs(({ inLine }) => inLine),
  },
  {
    name: 'latencyP50Seconds',
    unit: 's',
    window: 'in the interval',
    meaning: 'Median time from submission to the result’s arrival, of jobs completed in the interval; on rows of all',
    value: ofJobs(({ latencyP50 }) => latencyP50),
  },
  {
    name: 'latencyP95Seconds',
    unit: 's',
    window: 'in the interval',
    meaning: '95 % quantile (type 7) of that time; on rows of all',
    value: ofJobs(({ latencyP95 }) => latencyP95),
  },
  {
    name: 'waitingMeanSeconds',
    unit: 's',
    window: 'in the interval',
    meaning:
      'Mean time from submission to first assignment, of assigned jobs that ended in the interval; on rows of all',
    value: ofJobs(({ waitingMean }) => waitingMean),
  },
  {
    name: 'waitingP95Seconds',
    unit: 's',
    window: 'in the interval',
    meaning: '95 % quantile (type 7) of that time; on rows of all',
    value: ofJobs(({ waitingP95 }) => waitingP95),
  },
  {
    name: 'costOfCorruptionTokens',
    unit: 'tokens',
    window: 'at the time',
    meaning:
      'What could be slashed of the operator who could gain most beyond that if it falsified all clients’ jobs that ' +
      'it has: stake, delegated and unbonding, and bonds; on rows of all, empty without value at risk',
    value: ({ margin }) => margin.cost / microTokens,
  },
  {
    name: 'profitFromCorruptionTokens',
    unit: 'tokens',
    window: 'at the time',
    meaning: 'Value at risk of the jobs that this operator has; above its cost of corruption the attack pays',
    value: ({ margin }) => margin.profit / microTokens,
  },
  {
    name: 'corruptionGainUsd',
    unit: 'USD',
    window: 'so far',
    meaning:
      'What corruption brought an attacking cohort so far: value of lies that nobody found out, and ' +
      'computing that was left out; empty for others',
    value: ({ cheating }) => cheating.gainUsd,
  },
  {
    name: 'corruptionCostUsd',
    unit: 'USD',
    window: 'so far',
    meaning:
      'What it cost such a cohort so far: slashed stake and bonds, fees for entering, own jobs, bribes, outages and ' +
      'eclipses that it ordered; pay and expenses of work are in neither',
    value: ({ cheating }) => cheating.costUsd,
  },
  {
    name: 'tokenPriceUsd',
    unit: 'USD',
    window: 'at the time',
    meaning: 'Price of a token; on rows of all',
    value: ({ tokenPrice }) => tokenPrice,
  },
];
