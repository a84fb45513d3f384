import type { Outline, Remark } from '../definition.js';
import { flag, partName } from '../settings.js';
import { roundTokens } from '../units.js';

/** Settings of all who submit jobs of their own. */
export const ownJobsSettings = {
  like: partName.describe('Workload whose jobs they are like, and cost the same; default: the first').optional(),
  directs: flag({
    meaning: 'Whether the jobs name the node that they are for; else they go to whoever the policy says',
  }).default(true),
};

interface OwnJobs {
  readonly like?: string | undefined;
  readonly directs: boolean;
}

/** The workload that the jobs are like, an index of the names. */
export function workloadLike({ like }: OwnJobs, workloadNames: readonly string[]): number {
  return like === undefined ? 0 : workloadNames.indexOf(like);
}

/**
 * What of them is in vain in this network.
 *
 * @param funds of an operator beyond its first stakes and fees [tokens]
 */
export function ownJobsRemarks({ like, directs }: OwnJobs, outline: Outline, funds: number): readonly Remark[] {
  const { directsJobs, leastFee, workloadNames } = outline;
  const found: Remark[] = [];
  if (funds < leastFee) {
    const expected = `funds of at least ${leastFee} tokens an operator, the lowest fee of a job`;
    const why = 'so that it submits none before it earns otherwise';
    found.push({ setting: '', expected, found: `${roundTokens(funds)} tokens`, why });
  }
  if (like !== undefined && !workloadNames.includes(like)) {
    const expected = `a workload: ${workloadNames.join(', ')}`;
    found.push({ setting: 'like', expected, found: like, why: 'so that it has nothing to submit', isFault: true });
  }
  if (directs && !directsJobs) {
    const why = 'so that none of its jobs is taken';
    found.push({ setting: 'directs', expected: 'protocol.directedJobs: true', found: 'false', why });
  }
  return found;
}
