import type { JobOutcome } from '../columns/jobs.js';
import type { AttemptIndex, JobIndex, NodeIndex } from '../columns/nodes.js';
import type { Unserved, UnservedReason } from '../columns/unserved-reason.js';
import type { EvidenceKind } from '../contract/evidence.js';
import type { CountedVote, Vote } from './vote.js';

/** What a node puts up, and loses when it is slashed. */
export const Collateral = {
  /** Locked for as long as it is in the network, and while it unbonds. */
  stake: 0,
  /** Locked for one attempt. */
  bond: 1,
  /** The same in a currency of its own. */
  bondToken: 2,
} as const;
export type Collateral = (typeof Collateral)[keyof typeof Collateral];

/** Nodes in the network, and their slots, by lane and `CapacityState`; those of a lane lie side by side. */
export interface CapacityCounts {
  readonly nodeCounts: Float64Array;
  readonly slotCounts: Float64Array;
}

/** What the handlers tell the recorder; the model itself keeps no statistics and prints nothing. */
export interface Journal {
  /**
   * The job and its attempts can still be read; their rows are recycled right after.
   *
   * @param why it ended unserved; null for another outcome
   */
  jobFinal(job: JobIndex, outcome: JobOutcome, why: Unserved | null): void;
  /**
   * The same of a spot-check, which is no client's job.
   * @param cost what the treasury paid for it in the end [micro-tokens]
   */
  spotCheckFinal(job: JobIndex, cost: number): void;
  /** The same of a job that an operator submitted, which is no client's either. */
  ownJobFinal(outcome: JobOutcome): void;
  /** At the end of the run: the job still waits for a first node, and what keeps every node from it. */
  jobWaits(job: JobIndex, why: Unserved): void;
  /** Of a job that ends unserved, before its settlement changes anything, or waits at the end: what there is for it. */
  jobLacksNode(job: JobIndex, reason: UnservedReason, capacity: CapacityCounts): void;
  /** A job that its client could not pay was refused. */
  jobUnfunded(workload: number, ordinal: number): void;
  /** A dispute about the job's result is decided; its watch can still be read. */
  disputeEnded(job: JobIndex, isUpheld: boolean): void;
  attemptSettled(attempt: AttemptIndex, verdict: EvidenceKind): void;
  /** [micro-tokens, of the bond currency for a `bondToken`]; the score is the one after the evidence. */
  collateralSlashed(node: NodeIndex, cause: EvidenceKind, of: Collateral, amount: number, score: number): void;
  /** What a slashing rule decided of a node was carried out, whatever it took, if it isn't to its good. */
  penalized(node: NodeIndex): void;
  /** Pay that escrow held for the node was taken back [micro-tokens]. */
  payClawedBack(node: NodeIndex, amount: number): void;
  /** At the end of an epoch: the node is suspended for its check-ins, made and due, over the rule's window. */
  nodeSuspended(node: NodeIndex, epoch: number, made: number, due: number): void;
  /** The fault of so many in an epoch that it counts for nobody. */
  epochPardoned(epoch: number): void;
  /** The ballots of a vote are counted. */
  voteCounted(vote: Vote, counted: CountedVote): void;
  epochEnded(epoch: number): void;
  sampleTaken(ordinal: number): void;
  snapshotTaken(ordinal: number): void;
  warmUpEnded(): void;
}
