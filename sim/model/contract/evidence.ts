import { type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';

/** What the network can come to hold against or for a node. */
export const EvidenceKind = {
  /** Completed as assigned, and the scheme found nothing against it. */
  success: 0,
  /** No result in time, or the connection broke. */
  timeout: 1,
  /** Peers reported that the node did not take part. */
  absence: 2,
  /** The answer failed its check. */
  invalid: 3,
  /** Too little was observed for a verdict. */
  inconclusive: 4,
  /** The node refused the job, or announced that it leaves: nobody's fault. */
  withdrawn: 5,
  /** Availability check-ins made; `count` says how many. */
  checkInMade: 6,
  /** Availability check-ins missed; `count` says how many. */
  checkInMissed: 7,
  /** The answers disagreed and none prevailed: nobody's fault is shown, and nothing is accepted. */
  unresolved: 8,
  /** The node committed to an answer and didn't reveal it. */
  unrevealed: 9,
} as const;
export type EvidenceKind = (typeof EvidenceKind)[keyof typeof EvidenceKind];

/**
 * One finding about one node; it has no field for the truth.
 *
 * The handlers reuse one object: a mechanism reads it during the call and keeps numbers, not the object.
 */
export class Evidence {
  subject: NodeIndex = NONE;
  kind: EvidenceKind = EvidenceKind.success;
  /** How often the same finding was made; 1 for attempts. */
  count = 1;
  /** The job that it stems from, or NONE. */
  job: JobIndex = NONE;
  /** The class under which the attempt was assigned, or NONE. */
  jobClass = NONE;

  about(subject: NodeIndex, kind: EvidenceKind, count: number, job: JobIndex, jobClass = NONE): this {
    this.subject = subject;
    this.kind = kind;
    this.count = count;
    this.job = job;
    this.jobClass = jobClass;
    return this;
  }
}

/** True for the findings that a protocol calls a failure of an assigned job. */
export function isJobFailure(kind: EvidenceKind): boolean {
  return (
    kind === EvidenceKind.timeout ||
    kind === EvidenceKind.absence ||
    kind === EvidenceKind.invalid ||
    kind === EvidenceKind.unrevealed
  );
}

/** True for the findings after which a result is taken: nothing was found against it. */
export function isAccepted(kind: EvidenceKind): boolean {
  return kind === EvidenceKind.success || kind === EvidenceKind.inconclusive;
}
