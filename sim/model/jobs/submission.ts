import { log } from '../../engine/math.js';
import { Limit } from '../columns/limits.js';
import { type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';
import { Purpose } from '../contract/purposes.js';
import { EventKind } from '../events.js';
import type { Serving } from '../matching/serving.js';
import type { Solvency } from '../matching/solvency.js';
import type { Treasury } from '../nodes/economy/treasury.js';
import { ownOrdinal, spotCheckOrdinal } from '../truth/job-keys.js';
import type { World } from '../world/world.js';
import type { Assigning } from './assigning.js';

export type Submission = ReturnType<typeof createSubmission>;

interface Parts {
  readonly assigning: Assigning;
  readonly serving: Serving;
  readonly solvency: Solvency;
  readonly treasury: Treasury;
}

/**
 * How jobs come to the network: one after the other from each workload, the fee put into escrow; spot-checks; and those
 * that operators submit themselves.
 */
export function createSubmission(world: World, { assigning, serving, solvency, treasury }: Parts) {
  const { clientAccounts, jobKeys, jobs, journal, ledger, limits, operators, prices, roles, rules } = world;
  const { simulation, workloads } = world;
  const { want } = assigning;
  const { serve } = serving;
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

  /** Moment: job submitted, unless its client finds it too dear. Its fee goes into escrow, or it is refused. */
  function jobSubmitted(workloadIndex: number): void {
    const workload = workloads[workloadIndex]!;
    const ordinal = workload.nextOrdinal++;
    if (workload.elasticity !== null && !workload.comes(ordinal, prices.token.at(simulation.now))) {
      scheduleArrival(workloadIndex);
      return;
    }
    submitted++;
    scheduleArrival(workloadIndex);
    const client = clientAccounts[workloadIndex]!;
    if (!ledger.escrowFee(client, workload.amounts.fee(ordinal))) {
      limits.hit(Limit.clientTokens, simulation.now);
      journal.jobUnfunded(workloadIndex, ordinal);
      return;
    }
    const job = begin(workloadIndex, ordinal, client);
    scheduleSpotChecks(workloadIndex, verification.spotChecks?.(job) ?? 0);
    want(job, verification.attemptsAtSubmission(job), false);
    serve();
  }

  /** A new job, with this ordinal as the key of its draws, paid for by an account, or NONE for the treasury. */
  function begin(workloadIndex: number, ordinal: number, client: number): JobIndex {
    const workload = workloads[workloadIndex]!;
    const job = jobs.take();
    jobKeys.begin(job, ordinal, client);
    jobs.workload[job] = workloadIndex;
    // one sequence for clients' jobs and all others: the number tells nothing
    jobs.number[job] = workload.jobsBefore - 1;
    jobs.jobClass[job] = workload.settings.jobClass;
    jobs.lane[job] = workload.lane(ordinal);
    jobs.region[job] = workload.region(ordinal);
    jobs.submittedAt[job] = simulation.now;
    jobs.work[job] = workload.work(ordinal) * (verification.workFactor?.(job) ?? 1);
    jobs.fee[job] = workload.amounts.fee(ordinal);
    if ((verification.revealSeconds?.(job) ?? null) !== null) jobs.seal(job);
    return job;
  }

  /** Spot-checks come a while after the client's job: at the same instant they would be known by it. */
  function scheduleSpotChecks(workloadIndex: number, count: number): void {
    const workload = workloads[workloadIndex]!;
    for (let place = 0; place < count; place++) {
      const number = workload.nextSpotCheck++;
      const uniform = workload.endogenous.uniform(spotCheckOrdinal(number), 0, Purpose.spotCheckDelay);
      const at = simulation.now - log(1 - uniform) / workload.settings.ratePerSecond;
      simulation.schedule(at, EventKind.spotCheckSubmitted, number, workloadIndex);
    }
  }

  /** Moment: spot-check submitted. The treasury pays all of its fee, as a lower one would tell; else there is none. */
  function spotCheckSubmitted(number: number, workloadIndex: number): void {
    const workload = workloads[workloadIndex]!;
    if (!treasury.wholeToEscrow(workload.amounts.fee(spotCheckOrdinal(number)))) return;
    workload.spotChecksSubmitted++;
    jobKeys.othersOpen++;
    const job = begin(workloadIndex, spotCheckOrdinal(number), NONE);
    want(job, verification.attemptsAtSubmission(job), false);
    serve();
  }

  /**
   * Submits a job like those of a workload, which the operator pays for as a client does.
   * @param directedTo node that it is for; NONE for whoever the policy says
   * @param timesWork how many times the work that it declares it takes, 1 or more
   * @returns false if the protocol takes no such requests, or the operator can't pay
   */
  function submitOwn(
    operator: number,
    workloadIndex: number,
    directedTo: NodeIndex | typeof NONE,
    timesWork = 1,
  ): boolean {
    const workload = workloads[workloadIndex]!;
    const fee = workload.amounts.fee(ownOrdinal(workload.ownSubmitted));
    if (directedTo !== NONE && !rules.now.directedJobs) return refuse(Limit.directedJobs);
    if (!ledger.escrowFee(operator, fee)) return refuse(Limit.operatorTokens);
    operators.ownJobFees[operator]! += fee;
    solvency.balanceChanged(operator);
    jobKeys.othersOpen++;
    const job = begin(workloadIndex, ownOrdinal(workload.ownSubmitted++), operator);
    if (directedTo !== NONE) jobs.direct(job, directedTo);
    jobKeys.setTimesWork(job, timesWork);
    want(job, verification.attemptsAtSubmission(job), false);
    serve();
    return true;
  }

  function refuse(limit: Limit): false {
    limits.hit(limit, simulation.now);
    return false;
  }

  /** Clients' jobs submitted so far, refused ones included. */
  function submittedJobs(): number {
    return submitted;
  }

  return { start, jobSubmitted, spotCheckSubmitted, submitOwn, submittedJobs };
}
