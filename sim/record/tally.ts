import { unservedReasonCount } from '../model/columns/unserved-reason.js';

/** What is counted of jobs and work: counted once, and folded into the tallies of longer spans. */
export class Tally {
  /** Jobs that ended, those refused included. */
  ended = 0;
  completed = 0;
  rejected = 0;
  timedOut = 0;
  unserved = 0;
  unfunded = 0;
  /** Attempts of kind work, and rechecks, that ended. */
  attempts = 0;
  rechecks = 0;
  /** Completed jobs whose accepted result was wrong. */
  wrongAccepted = 0;
  /** Completed jobs whose accepted results nobody found right: too few observers replied for a verdict. */
  inconclusive = 0;
  /** Rejected jobs whose only fault was the verdict: every returned result was right. */
  rightRejected = 0;
  /** Jobs that found no free node at submission. */
  waited = 0;
  /** [micro-tokens] paid by clients for completed jobs. */
  feesPaid = 0;
  /** By cohort: accepted work [s on the reference card]. */
  readonly work: Float64Array;
  /** By job class, and within it by `UnservedReason`: jobs that ended unserved. */
  readonly unservedBy: Float64Array;
  /** The same of jobs that wait for a first node at the end of the run. */
  readonly waitingBy: Float64Array;

  constructor(cohorts: number, jobClasses: number) {
    this.work = new Float64Array(cohorts);
    this.unservedBy = new Float64Array(jobClasses * unservedReasonCount);
    this.waitingBy = new Float64Array(jobClasses * unservedReasonCount);
  }

  add(other: Tally): void {
    for (const name of counts) this[name] += other[name];
    for (let cohort = 0; cohort < this.work.length; cohort++) this.work[cohort]! += other.work[cohort]!;
    for (let row = 0; row < this.unservedBy.length; row++) {
      this.unservedBy[row]! += other.unservedBy[row]!;
      this.waitingBy[row]! += other.waitingBy[row]!;
    }
  }

  /** Adds what the other counted since it was like the mark. */
  addSince(other: Tally, mark: Tally): void {
    for (const name of counts) this[name] += other[name] - mark[name];
    for (let cohort = 0; cohort < this.work.length; cohort++) {
      this.work[cohort]! += other.work[cohort]! - mark.work[cohort]!;
    }
    for (let row = 0; row < this.unservedBy.length; row++) {
      this.unservedBy[row]! += other.unservedBy[row]! - mark.unservedBy[row]!;
      this.waitingBy[row]! += other.waitingBy[row]! - mark.waitingBy[row]!;
    }
  }

  clear(): void {
    for (const name of counts) this[name] = 0;
    this.work.fill(0);
    this.unservedBy.fill(0);
    this.waitingBy.fill(0);
  }
}

type Count = { [Name in keyof Tally]: Tally[Name] extends number ? Name : never }[keyof Tally];

/** Every count by its name: one that is missing here isn't compiled. */
const counts = Object.keys({
  ...{ ended: 0, completed: 0, rejected: 0, timedOut: 0, unserved: 0, unfunded: 0, attempts: 0, rechecks: 0 },
  ...{ wrongAccepted: 0, inconclusive: 0, rightRejected: 0, waited: 0, feesPaid: 0 },
} satisfies Record<Count, 0>) as Count[];
