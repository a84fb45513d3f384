import { policyCauseCount, unservedReasonCount } from '../model/columns/unserved-reason.js';

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
  /** Attempts of kind work whose result came back in time. */
  returned = 0;
  /** Jobs with a deadline that ended, and those of them whose result came by the deadline of the reference card. */
  withDeadline = 0;
  onTime = 0;
  /** Completed jobs whose accepted result was wrong. */
  wrongAccepted = 0;
  /** Completed jobs whose accepted results nobody found right: too few observers replied for a verdict. */
  inconclusive = 0;
  /** Rejected jobs whose only fault was the verdict: every returned result was right. */
  rightRejected = 0;
  /** Completed jobs with answers of several nodes, and those at which attackers gave more than half. */
  committees = 0;
  committeesCaptured = 0;
  /** Results of attempts of kind work that were wrong, and those of them that were accepted. */
  wrongResults = 0;
  wrongPassed = 0;
  /** The same that were right, and those of them that were found wrong. */
  rightResults = 0;
  rightFailed = 0;
  /** Jobs that found no free node at submission. */
  waited = 0;
  /** [micro-tokens] paid by clients for completed jobs. */
  feesPaid = 0;
  /** Spot-checks that ended, those of them that some result was wrong of, and what the treasury paid [micro-tokens]. */
  spotChecks = 0;
  spotChecksWrong = 0;
  spotCheckCost = 0;
  /** Jobs that operators submitted themselves and that ended, and those of them that were completed. */
  ownJobs = 0;
  ownJobsCompleted = 0;
  /** By cohort: accepted work [s on the reference card]. */
  readonly work: Float64Array;
  /** By cohort: replies of its nodes to panels about clients' jobs that ended; counted where anybody attacks. */
  readonly attestations: Float64Array;
  /** By job class: jobs that ended, those refused included, and those of them that were completed. */
  readonly endedBy: Float64Array;
  readonly completedBy: Float64Array;
  /** By job class, and within it by `UnservedReason`: jobs that ended unserved. */
  readonly unservedBy: Float64Array;
  /** The same of jobs that wait for a first node at the end of the run. */
  readonly waitingBy: Float64Array;
  /** Of these, by job class and `PolicyCause`, those that the policy gives to nobody. */
  readonly passedOverBy: Float64Array;
  readonly passedOverWaitingBy: Float64Array;

  constructor(cohorts: number, jobClasses: number) {
    this.work = new Float64Array(cohorts);
    this.attestations = new Float64Array(cohorts);
    this.endedBy = new Float64Array(jobClasses);
    this.completedBy = new Float64Array(jobClasses);
    this.unservedBy = new Float64Array(jobClasses * unservedReasonCount);
    this.waitingBy = new Float64Array(jobClasses * unservedReasonCount);
    this.passedOverBy = new Float64Array(jobClasses * policyCauseCount);
    this.passedOverWaitingBy = new Float64Array(jobClasses * policyCauseCount);
  }

  add(other: Tally): void {
    for (const name of counts) this[name] += other[name];
    for (const name of columns) {
      const [sums, added] = [this[name], other[name]];
      for (let row = 0; row < sums.length; row++) sums[row]! += added[row]!;
    }
  }

  /** Adds what the other counted since it was like the mark. */
  addSince(other: Tally, mark: Tally): void {
    for (const name of counts) this[name] += other[name] - mark[name];
    for (const name of columns) {
      const [sums, now, before] = [this[name], other[name], mark[name]];
      for (let row = 0; row < sums.length; row++) sums[row]! += now[row]! - before[row]!;
    }
  }

  clear(): void {
    for (const name of counts) this[name] = 0;
    for (const name of columns) this[name].fill(0);
  }
}

type NamesOf<Value> = { [Name in keyof Tally]: Tally[Name] extends Value ? Name : never }[keyof Tally];
type Count = NamesOf<number>;

/** Every count by its name: one that is missing here isn't compiled. */
const counts = Object.keys({
  ...{ ended: 0, completed: 0, rejected: 0, timedOut: 0, unserved: 0, unfunded: 0, attempts: 0, rechecks: 0 },
  ...{ returned: 0, withDeadline: 0, onTime: 0 },
  ...{ wrongAccepted: 0, inconclusive: 0, rightRejected: 0, waited: 0, feesPaid: 0 },
  ...{ committees: 0, committeesCaptured: 0, wrongResults: 0, wrongPassed: 0, rightResults: 0, rightFailed: 0 },
  ...{ spotChecks: 0, spotChecksWrong: 0, spotCheckCost: 0, ownJobs: 0, ownJobsCompleted: 0 },
} satisfies Record<Count, 0>) as Count[];

/** The same of columns. */
const columns = Object.keys({
  ...{ work: 0, attestations: 0, endedBy: 0, completedBy: 0, unservedBy: 0, waitingBy: 0 },
  ...{ passedOverBy: 0, passedOverWaitingBy: 0 },
} satisfies Record<NamesOf<Float64Array>, 0>) as NamesOf<Float64Array>[];
