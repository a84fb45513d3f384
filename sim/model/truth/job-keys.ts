import type { Jobs } from '../columns/jobs.js';
import type { JobIndex } from '../columns/nodes.js';
import { handleBits } from '../columns/rows/side-by-side.js';

/** Ordinals of spot-checks begin here, 2^40, beyond those that any client's job can have. */
const firstSpotCheck = 1_099_511_627_776;
/** Ordinals of jobs that operators submit begin here, 2^41. */
const firstOwn = 2_199_023_255_552;

/** Where a job's row of two numbers begins. */
function placeOf(job: JobIndex): number {
  return 2 * (job >>> handleBits);
}

/**
 * By which ordinal a job's draws are keyed, and who pays for it; and so which jobs are spot-checks, and which operators
 * submitted themselves: known to the network that draws, to instruments and the recorder. No mechanism and no strategy
 * receives this object.
 */
export class JobKeys {
  /** A row's ordinal and, beside it, its client. */
  #rows = new Float64Array(0);
  /** By job: how many times the work that they declare jobs take; only those that take more than once that. */
  readonly #timesWork = new Map<JobIndex, number>();
  /** Jobs that no client submitted, and that aren't final. */
  othersOpen = 0;

  constructor(jobs: Jobs) {
    jobs.whenLaidOut((rows) => {
      const grown = new Float64Array(2 * rows);
      grown.set(this.#rows);
      this.#rows = grown;
    });
  }

  /**
   * Ordinal within its workload, in which spot-checks and operators' jobs have their own: the key of every draw that
   * belongs to it.
   */
  ordinal(job: JobIndex): number {
    return this.#rows[placeOf(job)]!;
  }

  /** Account of the ledger that pays for it; NONE where the treasury does. */
  client(job: JobIndex): number {
    return this.#rows[placeOf(job) + 1]!;
  }

  /** How many times the work that it declares it takes, 1 or more: known to who submitted it, and to who does it. */
  timesWork(job: JobIndex): number {
    return this.#timesWork.size === 0 ? 1 : (this.#timesWork.get(job) ?? 1);
  }

  setTimesWork(job: JobIndex, times: number): void {
    if (!(times >= 1 && times < Number.POSITIVE_INFINITY)) {
      throw new Error(
        `submitted job: expected it to take its work a finite number of times, 1 or more, found ${times}`,
      );
    }
    if (times > 1) this.#timesWork.set(job, times);
  }

  begin(job: JobIndex, ordinal: number, client: number): void {
    if (this.#timesWork.size > 0) this.#timesWork.delete(job);
    this.#rows[placeOf(job)] = ordinal;
    this.#rows[placeOf(job) + 1] = client;
  }

  /** True for the jobs that the scenario's workloads bring, which are what the network is there for. */
  isClients(job: JobIndex): boolean {
    return this.#rows[placeOf(job)]! < firstSpotCheck;
  }

  /** Of an open job. */
  isSpotCheck(job: JobIndex): boolean {
    // where there are none, no row need be looked at
    if (this.othersOpen === 0) return false;
    const ordinal = this.#rows[placeOf(job)]!;
    return ordinal >= firstSpotCheck && ordinal < firstOwn;
  }
}

/** The ordinal of a workload's spot-check with this number, from 0. */
export function spotCheckOrdinal(number: number): number {
  return firstSpotCheck + number;
}

/** The ordinal of an operator's job like a workload's, with this number, from 0. */
export function ownOrdinal(number: number): number {
  return firstOwn + number;
}
