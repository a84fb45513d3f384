import type { Jobs } from '../columns/jobs.js';
import type { JobIndex } from '../columns/nodes.js';
import { handleBits } from '../columns/rows/side-by-side.js';

/** Ordinals of spot-checks begin here, 2^40, beyond those that any client's job can have. */
const firstSpotCheck = 1_099_511_627_776;

/**
 * By which ordinal a job's draws are keyed, and so which jobs are spot-checks: known to the network that draws, to
 * instruments and the recorder. No mechanism and no strategy receives this object.
 */
export class JobKeys {
  #ordinals = new Float64Array(0);
  /** Spot-checks that are submitted and not final. */
  spotChecksOpen = 0;

  constructor(jobs: Jobs) {
    jobs.whenLaidOut((rows) => {
      const ordinals = new Float64Array(rows);
      ordinals.set(this.#ordinals);
      this.#ordinals = ordinals;
    });
  }

  /** Ordinal within its workload, in which spot-checks have their own: the key of every draw that belongs to it. */
  ordinal(job: JobIndex): number {
    return this.#ordinals[job >>> handleBits]!;
  }

  setOrdinal(job: JobIndex, ordinal: number): void {
    this.#ordinals[job >>> handleBits] = ordinal;
  }

  isSpotCheck(job: JobIndex): boolean {
    return this.#ordinals[job >>> handleBits]! >= firstSpotCheck;
  }
}

/** The ordinal of a workload's spot-check with this number, from 0. */
export function spotCheckOrdinal(number: number): number {
  return firstSpotCheck + number;
}
