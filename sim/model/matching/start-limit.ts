import type { JobIndex } from '../columns/nodes.js';
import { deadlineOf, type WorldColumns } from '../world/world.js';

/**
 * Until when a node must begin with a job to be in time: clockStart + max(atLeast − work ÷ throughput, slack ÷
 * throughput). `Candidates.fits` asks the same of each node, and the time to get there and back.
 */
export interface StartLimit {
  /** The clock of its deadline began at, less the time to start up [s]; Infinity if there is no deadline. */
  readonly clockStart: number;
  /** The shortest deadline [s]. */
  readonly atLeastSeconds: number;
  /** [s on the reference card] */
  readonly work: number;
  /** How far a deadline that is a multiple of the work exceeds it [s on the reference card]. */
  readonly slack: number;
}

/** The limit of a job that is to wait; a recomputation has no deadline before it begins. */
export function startLimit(columns: WorldColumns, job: JobIndex): StartLimit {
  const { classes, jobs } = columns;
  const work = jobs.work[job]!;
  const deadline = deadlineOf(columns, job);
  if (deadline === null || jobs.recheckWanted[job] === 1) {
    return { clockStart: Number.POSITIVE_INFINITY, atLeastSeconds: 0, work, slack: 0 };
  }
  return {
    clockStart: jobs.submittedAt[job]! - classes[jobs.jobClass[job]!]!.startUpSeconds,
    atLeastSeconds: deadline.atLeastSeconds,
    work,
    slack: (deadline.times - 1) * work,
  };
}

/** Until when a node whose throughput lies between these must have begun [s]; both ends are included. */
export function latestStart(limit: StartLimit, slowest: number, fastest: number): number {
  const { clockStart, atLeastSeconds, work, slack } = limit;
  // each part is latest at one of the ends
  return clockStart + Math.max(atLeastSeconds - work / fastest, slack / slowest, slack / fastest);
}
