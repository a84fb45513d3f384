import { handleStep } from '../../model/columns/side-by-side.js';
import { microTokens } from '../../model/contract/units.js';
import type { FinishedRun, Metric } from './metric.js';

const ratio = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);

/** Slot time worked over slot time up, all machines, the whole run; both while an identity was in the network. */
function utilisation({ world }: FinishedRun): number {
  const { machines } = world;
  let busy = 0;
  let up = 0;
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    busy += machines.busySeconds[machine]! - machines.busyOffSeconds[machine]!;
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
    unit: 'jobs',
    meaning: 'Jobs that became final after the warm-up, refused ones included',
    value: ({ recorder }) => recorder.total.ended,
  },
  {
    name: 'jobsCompleted',
    unit: 'jobs',
    meaning: 'Of these, jobs whose result was accepted',
    value: ({ recorder }) => recorder.total.completed,
  },
  {
    name: 'jobsRejected',
    unit: 'jobs',
    meaning: 'Of these, jobs that brought results, none of which was accepted: they failed, or no quorum agreed',
    value: ({ recorder }) => recorder.total.rejected,
  },
  {
    name: 'jobsTimedOut',
    unit: 'jobs',
    meaning: 'Of these, jobs whose attempts brought no result in time',
    value: ({ recorder }) => recorder.total.timedOut,
  },
  {
    name: 'jobsUnserved',
    unit: 'jobs',
    meaning: 'Of these, jobs that no node took before their deadline, or could take at all; unserved.csv says why',
    value: ({ recorder }) => recorder.total.unserved,
  },
  {
    name: 'jobsUnfunded',
    unit: 'jobs',
    meaning: 'Of these, jobs refused because the client could not pay',
    value: ({ recorder }) => recorder.total.unfunded,
  },
  {
    name: 'jobsOpen',
    unit: 'jobs',
    meaning: 'Jobs submitted and not final at the end',
    value: ({ world }) => world.jobs.open,
  },
  {
    name: 'openFraction',
    unit: 'fraction',
    meaning: 'Jobs open at the end over these and those that became final after the warm-up',
    value: ({ world, recorder }) => ratio(world.jobs.open, world.jobs.open + recorder.total.ended),
  },
  {
    name: 'completedFraction',
    unit: 'fraction',
    meaning: 'Completed jobs over final jobs; jobs open at the end are in neither (openFraction)',
    value: ({ recorder }) => ratio(recorder.total.completed, recorder.total.ended),
  },
  {
    name: 'waitedFraction',
    unit: 'fraction',
    meaning: 'Share of final jobs that found no eligible node at submission; jobs open at the end are left out',
    value: ({ recorder }) => ratio(recorder.total.waited, recorder.total.ended),
  },
  {
    name: 'waitingMeanSeconds',
    unit: 's',
    meaning: 'Mean time from submission to first assignment, of final jobs that were assigned',
    value: ({ recorder }) => recorder.waiting.mean,
  },
  {
    name: 'waitingP95Seconds',
    unit: 's',
    meaning: '95 % quantile (type 7) of the time from submission to first assignment, of final jobs that were assigned',
    value: ({ recorder }) => recorder.waiting.quantile(0.95),
  },
  {
    name: 'latencyMeanSeconds',
    unit: 's',
    meaning: 'Mean time from submission to the result’s arrival, of replicas the last that agreed, of completed jobs',
    value: ({ recorder }) => recorder.latency.mean,
  },
  {
    name: 'latencyP50Seconds',
    unit: 's',
    meaning: 'Median time from submission to the result’s arrival, of completed jobs',
    value: ({ recorder }) => recorder.latency.quantile(0.5),
  },
  {
    name: 'latencyP95Seconds',
    unit: 's',
    meaning: '95 % quantile (type 7) of the time from submission to the result’s arrival, of completed jobs',
    value: ({ recorder }) => recorder.latency.quantile(0.95),
  },
  {
    name: 'latencyP99Seconds',
    unit: 's',
    meaning: '99 % quantile of that time',
    value: ({ recorder }) => recorder.latency.quantile(0.99),
  },
  {
    name: 'latencyWithOpenP50Seconds',
    unit: 's',
    meaning:
      'Least time by which half of the jobs, those open at the end counted by how long they had taken by then, were ' +
      'completed (Kaplan–Meier); empty if they never were, as where demand exceeds capacity',
    value: latencyWithOpen(0.5),
  },
  {
    name: 'latencyWithOpenP95Seconds',
    unit: 's',
    meaning: 'The same for 95 % of the jobs',
    value: latencyWithOpen(0.95),
  },
  {
    name: 'verdictTimeMeanSeconds',
    unit: 's',
    meaning: 'Mean time from submission to verdict, of jobs that brought a result',
    value: ({ recorder }) => recorder.verdictTime.mean,
  },
  {
    name: 'utilisation',
    unit: 'fraction',
    meaning:
      'Slot time worked over slot time up, all machines, the whole run; what is worked while down, or after the last ' +
      'identity left, is in neither',
    value: utilisation,
  },
  {
    name: 'redundancyFactor',
    unit: '1',
    meaning: 'Attempts, recomputations included, for each completed job',
    value: ({ recorder: { total } }) => ratio(total.attempts + total.rechecks, total.completed),
  },
  {
    name: 'wrongAcceptedRate',
    unit: 'fraction',
    meaning: 'Share of completed jobs whose accepted result was wrong',
    value: ({ recorder: { total } }) => ratio(total.wrongAccepted, total.completed),
  },
  {
    name: 'rightRejectedRate',
    unit: 'fraction',
    meaning: 'Share of rejected jobs all of whose results were right',
    value: ({ recorder: { total } }) => ratio(total.rightRejected, total.rejected),
  },
  {
    name: 'costPerCorrectResultTokens',
    unit: 'tokens',
    meaning: 'Fees paid for completed jobs over completed jobs with a right result',
    value: ({ recorder: { total } }) => ratio(total.feesPaid / microTokens, total.completed - total.wrongAccepted),
  },
];
