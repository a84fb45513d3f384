import { handleStep } from '../../model/columns/rows/side-by-side.js';
import { microTokens } from '../../model/contract/units.js';
import { openOfClients } from '../../model/world/world.js';
import type { FinishedRun, Metric } from './metric.js';

const ratio = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);

/** Slot time worked over slot time up, all machines, the whole run; both while an identity was in the network. */
function utilisation({ world }: FinishedRun): number {
  const { machines } = world;
  let busy = 0;
  let up = 0;
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    busy += machines.busyUpSeconds[machine]!;
    up += machines.upSeconds[machine]! * machines.slots[machine]!;
  }
  // the two are summed in different orders, and can differ in their last digits
  return ratio(Math.max(0, Math.min(busy, up)), up);
}

/** Quantile of the latency that open jobs are counted in, by how long they have taken so far. */
const latencyWithOpen = (probability: number) => (run: FinishedRun) => run.latencyWithOpen.quantile(probability);

/** Jobs, their time, their cost: after the warm-up unless the meaning says otherwise. */
export const serviceMetrics: readonly Metric[] = [
  {
    name: 'jobsFinal',
    label: 'jobs that ended',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Jobs that became final after the warm-up, refused ones included',
    addsUp: true,
    of: ({ tally }) => tally.ended,
  },
  {
    name: 'jobsCompleted',
    label: 'completed jobs',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Of these, jobs whose result was accepted',
    addsUp: true,
    of: ({ tally }) => tally.completed,
  },
  {
    name: 'jobsRejected',
    label: 'rejected jobs',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Of these, jobs that brought results, none of which was accepted: they failed, or no quorum agreed',
    addsUp: true,
    of: ({ tally }) => tally.rejected,
  },
  {
    name: 'jobsTimedOut',
    label: 'jobs that ran out of time',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Of these, jobs whose attempts brought no result in time',
    addsUp: true,
    of: ({ tally }) => tally.timedOut,
  },
  {
    name: 'jobsUnserved',
    label: 'jobs that nobody served',
    unit: 'jobs',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Of these, jobs that no node took before their deadline, or could take at all; unserved.csv says why',
    addsUp: true,
    of: ({ tally }) => tally.unserved,
  },
  {
    name: 'jobsUnfunded',
    label: 'jobs that their clients couldn’t pay',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Of these, jobs refused because the client could not pay',
    addsUp: true,
    of: ({ tally }) => tally.unfunded,
  },
  {
    name: 'jobsOpen',
    label: 'jobs open at the end',
    unit: 'jobs',
    window: 'at the end',
    meaning: 'Jobs submitted and not final at the end',
    isAtEnd: true,
    value: ({ world }) => openOfClients(world),
  },
  {
    name: 'openFraction',
    label: 'share of jobs open at the end',
    unit: 'fraction',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Jobs open at the end over these and those that became final after the warm-up',
    isAtEnd: true,
    value: ({ world, recorder }) => ratio(openOfClients(world), openOfClients(world) + recorder.total.ended),
  },
  {
    name: 'completedFraction',
    label: 'share of jobs completed, of those that ended',
    leavesOutOpen: true,
    unit: 'fraction',
    better: 'higher',
    window: 'after the warm-up',
    meaning: 'Completed jobs over final jobs; jobs open at the end are in neither (openFraction)',
    of: ({ tally }) => ratio(tally.completed, tally.ended),
  },
  {
    name: 'waitedFraction',
    label: 'share of jobs that had to wait for a node',
    leavesOutOpen: true,
    unit: 'fraction',
    window: 'after the warm-up',
    meaning: 'Share of final jobs that found no eligible node at submission; jobs open at the end are left out',
    of: ({ tally }) => ratio(tally.waited, tally.ended),
  },
  {
    name: 'waitingMeanSeconds',
    label: 'mean wait for a node',
    leavesOutOpen: true,
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Mean time from submission to first assignment, of final jobs that were assigned',
    of: ({ waiting }) => waiting.mean,
  },
  {
    name: 'waitingP95Seconds',
    isQuantile: true,
    label: 'wait for a node, 95 % of the jobs',
    leavesOutOpen: true,
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    meaning: '95 % quantile (type 7) of the time from submission to first assignment, of final jobs that were assigned',
    of: ({ waiting }) => waiting.quantile(0.95),
  },
  {
    name: 'latencyMeanSeconds',
    label: 'mean latency',
    leavesOutOpen: true,
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Mean time from submission to the result’s arrival, of replicas the last that agreed, of completed jobs',
    of: ({ latency }) => latency.mean,
  },
  {
    name: 'latencyP50Seconds',
    isQuantile: true,
    label: 'latency, half of the jobs',
    leavesOutOpen: true,
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Median time from submission to the result’s arrival, of completed jobs',
    of: ({ latency }) => latency.quantile(0.5),
  },
  {
    name: 'latencyP95Seconds',
    isQuantile: true,
    label: 'latency, 95 % of the jobs',
    leavesOutOpen: true,
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    meaning: '95 % quantile (type 7) of the time from submission to the result’s arrival, of completed jobs',
    of: ({ latency }) => latency.quantile(0.95),
  },
  {
    isQuantile: true,
    name: 'latencyP99Seconds',
    label: 'latency, 99 % of the jobs',
    leavesOutOpen: true,
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    meaning: '99 % quantile of that time',
    of: ({ latency }) => latency.quantile(0.99),
  },
  {
    name: 'latencyWithOpenP50Seconds',
    isQuantile: true,
    label: 'latency, half of all jobs, failed and open ones counted',
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    meaning:
      'Least time by which half of all jobs were completed: open ones are counted by how long they had taken by the ' +
      'end (Kaplan–Meier), those that ended otherwise as never; empty if half never were, as in an overload',
    value: latencyWithOpen(0.5),
  },
  {
    name: 'latencyWithOpenP95Seconds',
    isQuantile: true,
    label: 'latency, 95 % of all jobs, failed and open ones counted',
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'The same for 95 % of the jobs',
    value: latencyWithOpen(0.95),
  },
  {
    name: 'verdictTimeMeanSeconds',
    label: 'mean time to the verdict',
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Mean time from submission to verdict, of jobs that brought a result',
    of: ({ verdictTime }) => verdictTime.mean,
  },
  {
    name: 'utilisation',
    label: 'utilisation of the machines',
    unit: 'fraction',
    window: 'whole run',
    meaning:
      'Slot time worked over slot time up, all machines, the whole run; what is worked while down, or after the last ' +
      'identity left, is in neither',
    value: utilisation,
  },
  {
    name: 'redundancyFactor',
    label: 'attempts for each completed job',
    unit: '1',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Attempts, recomputations included, for each completed job',
    of: ({ tally }) => ratio(tally.attempts + tally.rechecks, tally.completed),
  },
  {
    name: 'wrongAcceptedRate',
    label: 'share of wrong results among those accepted',
    unit: 'fraction',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Share of completed jobs whose accepted result was wrong',
    of: ({ tally }) => ratio(tally.wrongAccepted, tally.completed),
  },
  {
    name: 'rightRejectedRate',
    label: 'share of right results among rejected jobs',
    unit: 'fraction',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Share of rejected jobs all of whose results were right',
    of: ({ tally }) => ratio(tally.rightRejected, tally.rejected),
  },
  {
    name: 'costPerCorrectResultTokens',
    label: 'cost of a right result',
    unit: 'tokens',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Fees paid for completed jobs over completed jobs with a right result',
    of: ({ tally }) => ratio(tally.feesPaid / microTokens, tally.completed - tally.wrongAccepted),
  },
];
