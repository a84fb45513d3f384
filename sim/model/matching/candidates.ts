import { AttemptKind, AttemptState } from '../columns/attempts.js';
import { deadlineSeconds } from '../columns/job-class.js';
import { type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';
import type { Candidates } from '../contract/candidates.js';
import type { RewardRule } from '../contract/roles.js';
import { deadlineOf, type WorldColumns } from '../world/world.js';
import { isOpen } from './eligibility.js';

/** Answers which nodes could take an attempt from the columns, and the bonds that the reward rule asks for. */
export function createCandidates(columns: WorldColumns, rewards: RewardRule): Candidates {
  const { attempts, classes, jobs, ledger, network, nodes, ownership, rules, simulation } = columns;

  function fits(job: JobIndex, node: NodeIndex): boolean {
    for (let tried = jobs.lastAttempt[job]!; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
      const other = attempts.node[tried]!;
      if (other === node || nodes.declaredOperator[other] === nodes.declaredOperator[node]) return false;
    }
    const bond = rewards.bond(job, node);
    if (bond > 0 && ledger.balance[ownership.operator[node]!]! < bond) return false;
    return isInTime(job, node);
  }

  /** A client's result must be able to be back before the deadline, going by what the node declares. */
  function isInTime(job: JobIndex, node: NodeIndex): boolean {
    const deadline = deadlineOf(columns, job);
    if (deadline === null || jobs.recheckWanted[job] === 1) return true;
    const work = jobs.work[job]!;
    const throughput = nodes.throughput[node]!;
    const travel = network.isInstant ? 0 : network.roundTrip(jobs.region[job]!, nodes.region[node]!);
    const needed = classes[jobs.jobClass[job]!]!.startUpSeconds + work / throughput + travel;
    return simulation.now + needed <= jobs.submittedAt[job]! + deadlineSeconds(deadline, work, throughput);
  }

  function mayRetry(job: JobIndex): boolean {
    let failed = 0;
    for (let tried = jobs.lastAttempt[job]!; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
      if (attempts.kind[tried] === AttemptKind.work && attempts.state[tried] === AttemptState.failed) failed++;
    }
    return failed < rules.attemptsMost && hasTime(job);
  }

  function hasTime(job: JobIndex): boolean {
    const deadline = deadlineOf(columns, job);
    return simulation.now < jobs.submittedAt[job]! + deadlineSeconds(deadline, jobs.work[job]!, 1);
  }

  return {
    queueLimit: rules.queueLimit,
    isOpen: (node, jobClass) => isOpen(nodes, rules, node, jobClass),
    fits,
    mayRetry,
    hasTime,
  };
}
