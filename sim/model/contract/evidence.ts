import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';

/** The kinds of findings that every network knows, by index; what is true of each stands in `EvidenceKinds`. */
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
  /** It challenged a result, and was right. */
  challengeUpheld: 10,
  /** It challenged a result, and the result was found to stand. */
  challengeFailed: 11,
} as const;
/** Index of a kind: one of those above, or of those that the protocol's mechanisms brought. */
export type EvidenceKind = number;

/** In which of its roles a node is spoken of. */
export const EvidenceRole = { worker: 0, observer: 1, challenger: 2, holder: 3 } as const;
export type EvidenceRole = (typeof EvidenceRole)[keyof typeof EvidenceRole];

/** Who found it. */
export const EvidenceSource = {
  /** The network itself: what came, what didn't, and when. */
  network: 0,
  /** The verification scheme, on an answer. */
  scheme: 1,
  /** The verification scheme, once an epoch. */
  audit: 2,
  /** A challenge that was decided. */
  dispute: 3,
} as const;
export type EvidenceSource = (typeof EvidenceSource)[keyof typeof EvidenceSource];

/**
 * One finding about one node; it has no field for the truth.
 *
 * The handlers reuse one object: a mechanism reads it during the call and keeps numbers, not the object.
 */
export class Evidence {
  subject: NodeIndex = NONE;
  role: EvidenceRole = EvidenceRole.worker;
  kind: EvidenceKind = EvidenceKind.success;
  /** How often the same finding was made; 1 for attempts. */
  count = 1;
  /** What was measured of it, such as a deviation or seconds; 0 where its kind has no measure. */
  value = 0;
  source: EvidenceSource = EvidenceSource.network;
  /** The job that it stems from, or NONE. */
  job: JobIndex = NONE;
  /** The class under which the attempt was assigned, or the job's; NONE without a job. */
  jobClass = NONE;
  /** The attempt that it is about, or NONE. */
  attempt: AttemptIndex = NONE;

  /** Fills in a finding of the network about a worker, with no measure and no attempt. */
  about(subject: NodeIndex, kind: EvidenceKind, count: number, job: JobIndex, jobClass = NONE): this {
    this.subject = subject;
    this.role = EvidenceRole.worker;
    this.kind = kind;
    this.count = count;
    this.value = 0;
    this.source = EvidenceSource.network;
    this.job = job;
    this.jobClass = jobClass;
    this.attempt = NONE;
    return this;
  }
}
