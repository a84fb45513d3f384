import { AttemptKind, AttemptState } from '../columns/attempts.js';
import { deadlineSeconds } from '../columns/job-class.js';
import { type JobIndex, NONE } from '../columns/nodes.js';
import type { Retries } from '../contract/candidates.js';
import { deadlineOf, type WorldColumns } from '../world/world.js';

/** Answers whether jobs may have another attempt, from the columns. */
export function createRetries(columns: WorldColumns): Retries {
  const { attempts, jobs, rules, simulation } = columns;

  function mayRetry(job: JobIndex): boolean {
    let failed = 0;
    for (let tried = jobs.lastAttempt[job]!; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
      if (attempts.kind[tried] === AttemptKind.work && attempts.state[tried] === AttemptState.failed) failed++;
    }
    return failed < rules.of(job).attemptsMost && hasTime(job);
  }

  function hasTime(job: JobIndex): boolean {
    const deadline = deadlineOf(columns, job);
    return simulation.now < jobs.submittedAt[job]! + deadlineSeconds(deadline, jobs.work[job]!, 1);
  }

  return { mayRetry, hasTime };
}
