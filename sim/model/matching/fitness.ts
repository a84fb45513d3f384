import { deadlineSeconds } from '../columns/job-class.js';
import { type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';
import type { RewardRule } from '../contract/roles.js';
import { deadlineOf, type WorldColumns } from '../world/world.js';

/** What a job asks of a node besides its class: meant, in reach, not tried before, able to pay the bond, in time. */
export function createFitness(columns: WorldColumns, rewards: RewardRule) {
  const { attempts, bondLedger, classes, jobs, network, nodes, ownership, simulation } = columns;

  /** True if neither the node nor another of its operator, as declared, has had the job. */
  function isUntried(job: JobIndex, node: NodeIndex): boolean {
    for (let tried = jobs.lastAttempt[job]!; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
      const other = attempts.node[tried]!;
      if (other === node || nodes.declaredOperator[other] === nodes.declaredOperator[node]) return false;
    }
    return true;
  }

  /** True unless the job's first attempt is for another node. */
  function isAskedFor(job: JobIndex, node: NodeIndex): boolean {
    const asked = jobs.directedTo(job);
    return asked === NONE || asked === node || jobs.attemptsMade[job]! > 0;
  }

  /** True unless a partition keeps the client's region from the one that the node declares. */
  function isInReach(job: JobIndex, node: NodeIndex): boolean {
    if (network.isWhole(simulation.now)) return true;
    return !network.isCut(jobs.region[job]!, nodes.region[node]!, simulation.now);
  }

  function canBond(job: JobIndex, node: NodeIndex): boolean {
    const bond = rewards.bond(job, node);
    return bond <= 0 || bondLedger.balance[ownership.operator[node]!]! >= bond;
  }

  /**
   * True if a client's result can be back before the deadline when the node is asked at that time [s], going by what it
   * declares.
   */
  function isInTime(job: JobIndex, node: NodeIndex, at: number): boolean {
    const deadline = deadlineOf(columns, job);
    if (deadline === null || jobs.recheckWanted[job] === 1) return true;
    const work = jobs.work[job]!;
    const throughput = nodes.throughput[node]!;
    const travel = network.isInstant ? 0 : network.roundTrip(jobs.region[job]!, nodes.region[node]!);
    const needed = classes[jobs.jobClass[job]!]!.startUpSeconds + work / throughput + travel;
    return at + needed <= jobs.submittedAt[job]! + deadlineSeconds(deadline, work, throughput);
  }

  return { isAskedFor, isInReach, isUntried, canBond, isInTime };
}
