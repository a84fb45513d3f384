import { AttemptKind, AttemptState } from '../columns/attempts.js';
import { deadlineSeconds } from '../columns/job-class.js';
import { type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';
import { deadlineOf, type World } from '../world/world.js';
import { isOpen } from './eligibility.js';

/** Which nodes could take an attempt: the questions every assignment policy must ask alike. */
export class Candidates {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Attempts that may be queued at a node beyond its slots. */
  get queueLimit(): number {
    return this.#world.rules.queueLimit;
  }

  /** Active, class allowed, and room for one more attempt. */
  isOpen(node: NodeIndex, jobClass: number): boolean {
    return isOpen(this.#world.nodes, this.#world.rules, node, jobClass);
  }

  /**
   * For an open node: not tried by this job or of an operator that did (recheck), in time, and able to lock the bond.
   */
  readonly fits = (job: JobIndex, node: NodeIndex): boolean => {
    const { jobs, attempts, nodes, roles, ledger, ownership } = this.#world;
    for (let tried = jobs.lastAttempt[job]!; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
      const other = attempts.node[tried]!;
      if (other === node || nodes.declaredOperator[other] === nodes.declaredOperator[node]) return false;
    }
    const bond = roles.rewards.bond(job, node);
    if (bond > 0 && ledger.balance[ownership.operator[node]!]! < bond) return false;
    return this.#isInTime(job, node);
  };

  /** A client's result must be able to be back before the deadline, going by what the node declares. */
  #isInTime(job: JobIndex, node: NodeIndex): boolean {
    const world = this.#world;
    const deadline = deadlineOf(world, job);
    if (deadline === null || world.jobs.recheckWanted[job] === 1) return true;
    const { jobs, network, nodes, simulation, classes } = world;
    const work = jobs.work[job]!;
    const throughput = nodes.throughput[node]!;
    const travel = network.isInstant ? 0 : network.roundTrip(jobs.region[job]!, nodes.region[node]!);
    const needed = classes[jobs.jobClass[job]!]!.startUpSeconds + work / throughput + travel;
    return simulation.now + needed <= jobs.submittedAt[job]! + deadlineSeconds(deadline, work, throughput);
  }

  /** True while another attempt may replace a failed one: failures left, and time. */
  mayRetry(job: JobIndex): boolean {
    const { jobs, attempts, rules } = this.#world;
    let failed = 0;
    for (let tried = jobs.lastAttempt[job]!; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
      if (attempts.kind[tried] === AttemptKind.work && attempts.state[tried] === AttemptState.failed) failed++;
    }
    return failed < rules.attemptsMost && this.hasTime(job);
  }

  /** True until the job's deadline, taken at the reference card's throughput. */
  hasTime(job: JobIndex): boolean {
    const { jobs, simulation } = this.#world;
    const deadline = deadlineOf(this.#world, job);
    return simulation.now < jobs.submittedAt[job]! + deadlineSeconds(deadline, jobs.work[job]!, 1);
  }
}
