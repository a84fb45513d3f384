import { AttemptKind, AttemptState } from '../columns/attempts.js';
import { deadlineSeconds } from '../columns/job-class.js';
import { type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';
import type { Candidates } from '../contract/candidates.js';
import type { RewardRule } from '../contract/roles.js';
import { deadlineOf, type WorldColumns } from '../world/world.js';
import { isOpen } from './eligibility.js';
import { createFitness } from './fitness.js';

/** Answers which nodes could take an attempt from the columns, and the bonds that the reward rule asks for. */
export function createCandidates(columns: WorldColumns, rewards: RewardRule): Candidates {
  const { attempts, jobs, nodes, rules, simulation } = columns;
  const { isUntried, canBond, isInTime } = createFitness(columns, rewards);

  function fits(job: JobIndex, node: NodeIndex): boolean {
    return isUntried(job, node) && canBond(job, node) && isInTime(job, node, simulation.now);
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
