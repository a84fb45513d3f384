import { Limit } from '../columns/limits.js';
import { EventKind } from '../events.js';
import type { Serving } from '../matching/serving.js';
import type { World } from '../world/world.js';
import type { Assigning } from './assigning.js';

/** How jobs come to the network: one after the other from each workload, the fee put into escrow. */
export function createSubmission(world: World, { want }: Assigning, { serve }: Serving) {
  const { firstClientAccount, jobs, journal, ledger, limits, roles, simulation, workloads } = world;
  const { verification } = roles;
  let submitted = 0;

  /** Schedules the first job of each workload. */
  function start(): void {
    for (let workload = 0; workload < workloads.length; workload++) scheduleArrival(workload);
  }

  function scheduleArrival(workload: number): void {
    const at = workloads[workload]!.nextArrival();
    if (at < Number.POSITIVE_INFINITY) simulation.schedule(at, EventKind.jobSubmitted, workload, 0);
  }

  /** Moment: job submitted. Its fee goes into escrow, or it is refused. */
  function jobSubmitted(workloadIndex: number): void {
    const workload = workloads[workloadIndex]!;
    const ordinal = workload.nextOrdinal++;
    submitted++;
    scheduleArrival(workloadIndex);
    const { fee, jobClass } = workload.settings;
    if (!ledger.escrowFee(firstClientAccount + workloadIndex, fee)) {
      limits.hit(Limit.clientTokens, simulation.now);
      journal.jobUnfunded(workloadIndex, ordinal);
      return;
    }
    const job = jobs.take();
    jobs.workload[job] = workloadIndex;
    jobs.ordinal[job] = ordinal;
    jobs.jobClass[job] = jobClass;
    jobs.region[job] = workload.region(ordinal);
    jobs.submittedAt[job] = simulation.now;
    jobs.work[job] = workload.work(ordinal) * (verification.workFactor?.(job) ?? 1);
    jobs.fee[job] = fee;
    if ((verification.revealSeconds?.(job) ?? null) !== null) jobs.isSealed[job] = 1;
    want(job, verification.attemptsAtSubmission(job), false);
    serve();
  }

  /** Jobs submitted so far, refused ones included. */
  function submittedJobs(): number {
    return submitted;
  }

  return { start, jobSubmitted, submittedJobs };
}
