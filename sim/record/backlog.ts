import { AttemptState } from '../model/columns/attempts.js';
import { type JobIndex, NONE } from '../model/columns/nodes.js';
import { WorkState } from '../model/truth/secrets.js';
import { eachOpenOfClients, type World } from '../model/world/world.js';
import type { Tally } from './tally.js';

/** The open jobs of a class at a time. */
export interface OpenJobs {
  /** Submitted and not final. */
  readonly open: number;
  /** Of them, those that no machine works on: they wait for a node, or in the line of one. */
  readonly notBegun: number;
  /** Of those, the ones that stand in lines at nodes. */
  readonly queued: number;
}

/** How many jobs of each class are open at the last sample of the first half of the run, and at its end. */
export class Backlog {
  readonly #jobClasses: number;
  readonly #sampleSeconds: number;
  readonly #halfSeconds: number;
  /** When it looked [s]. */
  halfSeconds = 0;
  /** By class. */
  halfway: readonly OpenJobs[];
  /** By class: jobs that had ended by then. */
  endedByHalf: Float64Array;

  constructor(
    jobClasses: number,
    { sampleSeconds, horizonSeconds }: { readonly sampleSeconds: number; readonly horizonSeconds: number },
  ) {
    this.#jobClasses = jobClasses;
    this.#sampleSeconds = sampleSeconds;
    this.#halfSeconds = horizonSeconds / 2;
    this.halfway = Array.from({ length: jobClasses }, () => ({ open: 0, notBegun: 0, queued: 0 }));
    this.endedByHalf = new Float64Array(jobClasses);
  }

  /** Looks if this is the last sample of the first half; `ended` is counted from the start. */
  sampleTaken(world: World, ended: Tally): void {
    const { now } = world.simulation;
    if (now > this.#halfSeconds || now + this.#sampleSeconds <= this.#halfSeconds) return;
    this.halfSeconds = now;
    this.halfway = this.look(world);
    this.endedByHalf = ended.endedBy.slice();
  }

  /** By class: how its open jobs are now; changes nothing. */
  look(world: World): readonly OpenJobs[] {
    const counts = Array.from({ length: this.#jobClasses }, () => ({ open: 0, notBegun: 0, queued: 0 }));
    eachOpenOfClients(world, (job) => {
      const count = counts[world.jobs.jobClass[job]!]!;
      count.open++;
      const isQueued = standsInLine(world, job);
      if (isQueued) count.queued++;
      if (isQueued || world.jobs.isWaiting[job] === 1) count.notBegun++;
    });
    return counts;
  }
}

/** Whether of the job's attempts that are under way all stand in lines at nodes. */
function standsInLine({ attempts, jobs, secrets }: World, job: JobIndex): boolean {
  let isQueued = false;
  for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
    if (attempts.state[attempt] === AttemptState.returned) return false;
    if (attempts.state[attempt] !== AttemptState.open) continue;
    const state = secrets.state(attempt);
    if (state === WorkState.queued) isQueued = true;
    else if (state !== WorkState.gone) return false;
  }
  return isQueued;
}
