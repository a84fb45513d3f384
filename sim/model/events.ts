/**
 * Everything that can happen, as past-tense facts; the number is the event's kind in the queue.
 *
 * Each line says what `subject` and `detail` mean. An event of an attempt, job or panel carries the row's generation in
 * its detail: the row may be done or reused by then, and a stale event is a no-op.
 */
export const EventKind = {
  /** The next job of a workload reached the network. subject: workload, detail: 0. */
  jobSubmitted: 0,
  /** A waiting job ran out of time before any node was free. subject: job, detail: generation. */
  jobExpired: 1,
  /** The request reached the node. subject: attempt, detail: generation. */
  requestArrived: 2,
  /** No acknowledgement came in time. subject: attempt, detail: generation. */
  attemptUnacknowledged: 3,
  /** The machine finished the work. subject: attempt, detail: generation. */
  attemptFinished: 4,
  /** The result, or the refusal, reached the orchestrator. subject: attempt, detail: generation. */
  resultArrived: 5,
  /** The attempt's deadline passed, or without one the network's patience. subject: attempt, detail: generation. */
  attemptTimedOut: 6,
  /** The last reply of a panel that can be in time is due. subject: panel, detail: generation. */
  panelReplied: 7,
  /** The time to reply is over. subject: panel, detail: generation. */
  panelClosed: 8,
  /** A machine's next session began. subject: machine, detail: 0. */
  machineRepaired: 9,
  /** A machine's session ended. subject: machine, detail: 0. */
  machineFailed: 10,
  /** A declared identity entered. subject: node, detail: 0. */
  nodeJoined: 11,
  /** A node asked for its stake and left. subject: node, detail: 0. */
  nodeLeft: 12,
  /** The unbonding period of some of a node's stake ended. subject: node, detail: number of the row, from 0. */
  stakeUnbonded: 13,
  /** An epoch ended. subject: its number from 1, detail: 0. */
  epochEnded: 14,
  /** The reporters of the reputation oracle read the scores. subject: publication, detail: number of its schedule. */
  scoresGathered: 15,
  /** What they read became public. subject: publication, detail: number of its schedule. */
  scoresPublished: 16,
  /** The recorder took a sample; not part of the fingerprint. subject: ordinal, detail: 0. */
  sampleTaken: 17,
  /** The recorder counted machines beside a trace's snapshot; not part of the fingerprint. subject: ordinal. */
  snapshotTaken: 18,
  /** The start that metrics leave out is over; not part of the fingerprint. subject: 0. */
  warmUpEnded: 19,
  /** A cause struck many machines together. subject: cause, detail: number of its span. */
  commonCauseBegan: 20,
  /** A common cause no longer holds. subject: cause, detail: number of its span. */
  commonCauseEnded: 21,
  /** A machine's announced maintenance began. subject: machine, detail: number of its window. */
  maintenanceBegan: 22,
  /** A machine's announced maintenance ended. subject: machine, detail: number of its window. */
  maintenanceEnded: 23,
  /** A newcomer came to a cohort, entering if there is room. subject: cohort, detail: its number. */
  newcomerArrived: 24,
  /** Worn machines of a cohort lost throughput. subject: cohort, detail: number of the interval that ended, from 1. */
  machinesWore: 25,
  /** The time to reveal the answers of a job is over. subject: job, detail: generation. */
  answersRevealed: 26,
  /** A result that somebody looks at can't be challenged any more. subject: job, detail: generation. */
  windowClosed: 27,
  /** A round of a dispute is over. subject: job, detail: generation. */
  disputeRoundEnded: 28,
  /** A node's rest after an assignment is over. subject: node, detail: 0. */
  nodeRested: 29,
  /** The protocol's settings changed. subject: which of the scheduled changes, detail: 0. */
  rulesChanged: 30,
  /** A job whose answer is known reached the network. subject: its number in its workload, detail: workload. */
  spotCheckSubmitted: 31,
  /** The node takes up a request that it had let wait. subject: attempt, detail: generation. */
  requestTakenUp: 32,
  /** An outage that an operator brought about is over. subject: machine, detail: 0. */
  strikeEnded: 33,
  /** No message passes between some regions from now on. subject: partition, detail: number of its span. */
  partitionBegan: 34,
  /** A partition is over. subject: partition, detail: number of its span. */
  partitionEnded: 35,
  /** The ballots of a vote on a change of rules are counted. subject: which of the changes, detail: 0. */
  voteClosed: 36,
  /** It is time to put a change of rules to the vote. subject: which of the changes, detail: 0. */
  voteProposed: 37,
  /** A cohort sold the resource tokens of its machines. subject: cohort, detail: 0. */
  resourceTokensSold: 38,
} as const;

/** How many members a panel can have: whose instrument errs is a bit each. */
export const membersMost = 32;

/** Generations of a row lie below this, so that they fit in an event's detail of 26 bits. */
const generationsMost = 67_108_864;

/**
 * True for a row that could run out of generations in its next use, which counts up at most this often: it isn't used
 * again, so that no event, however far ahead, ever meets a stranger under its own generation.
 */
export function isWornOut(generation: number): boolean {
  return generation >= generationsMost - generationsInUse;
}

/** More than an attempt counts up: given up, ended, handed back, recycled. */
const generationsInUse = 16;
