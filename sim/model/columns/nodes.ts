/** Rows of the columns; never persistent identifiers. */
export type NodeIndex = number;
export type MachineIndex = number;
export type JobIndex = number;
export type AttemptIndex = number;
export type PanelIndex = number;
export type WatchIndex = number;

/** No row. */
export const NONE = -1;

/** Identities that a scenario may have: arrays of this many rows fit in a common machine's memory. */
export const nodesMost = 2_000_000;

/** Where a node's identity is in its life; who is pushed out lost its place to a newcomer, through no fault. */
export const NodeState = { absent: 0, present: 1, left: 2, ejected: 3, pushedOut: 4 } as const;
export type NodeState = (typeof NodeState)[keyof typeof NodeState];

/** Whether a node is out of the network though its operator didn't want it out. */
export function wasTakenOut(state: number): boolean {
  return state === NodeState.ejected || state === NodeState.pushedOut;
}

/**
 * What the network knows of its nodes (identities), as columns sized once.
 *
 * Nothing here is hidden from mechanisms; what only operators know stands in `Truth`.
 */
export class Nodes {
  /** Rows in use: declared identities and those that re-entered. */
  count = 0;
  readonly capacity: number;
  readonly state: Uint8Array;
  /** 1 while the network can reach the node. */
  readonly isOnline: Uint8Array;
  /** Came online last at [s], and went offline last at [s]; −Infinity before. */
  readonly onlineSince: Float64Array;
  readonly offlineSince: Float64Array;
  /** 1 while it is present, online, not barred, and staked enough: what every assignment asks first. */
  readonly isActive: Uint8Array;
  /** Jailed until this time [s], excluded. */
  readonly jailedUntil: Float64Array;
  /** 1 while it gets no work for having been down too often. */
  readonly isSuspended: Uint8Array;
  /** Joined at [s]. */
  readonly joinedAt: Float64Array;
  /** Left, was ejected or pushed out at [s]; Infinity until then. */
  readonly leftAt: Float64Array;
  /** Who the node says it belongs to; identities of one swarm declare different operators. */
  readonly declaredOperator: Int32Array;
  /** Declared region, an index of the network's. */
  readonly region: Uint8Array;
  /** Declared hardware class, an index into the catalogue. */
  readonly hardware: Uint16Array;
  /** Declared throughput, reference card = 1. */
  readonly throughput: Float64Array;
  /** Declared slots. */
  readonly slots: Uint16Array;
  /** 1 if it can be reached from anywhere. */
  readonly isPublic: Uint8Array;
  /** Whether the protocol asks for resource tokens now. */
  needResourceTokens = false;
  /**
   * The resource token that it holds, a number that tells nothing but which is the same; NONE without one. Empty where
   * the protocol has never asked for any.
   */
  resourceToken = new Int32Array(0);
  /** Attempts assigned and not yet ended, as the network counts them. */
  readonly assigned: Int32Array;
  /** Job classes that hardware, memory and reachability allow, a bit a class. */
  readonly allowedClasses: Uint32Array;
  /** Lanes that it may serve now, a bit a lane: its class allowed, its published score enough, its tier granted. */
  readonly allowedLanes: Uint32Array;
  /** 1 while it must rest after an assignment, by the assignment policy. */
  readonly isResting: Uint8Array;
  /** Nodes that rest now. */
  resting = 0;
  /** The price that it asks for, as a share of the fee. */
  readonly bid: Float64Array;
  /** Locked stake [micro-tokens]; moved by the ledger only. */
  readonly stake: Float64Array;
  /** Stake that others delegated to it [micro-tokens]; moved by the ledger only. */
  readonly delegated: Float64Array;
  /** The score by the reputation model, current. */
  readonly score: Float64Array;
  /** The score that assignment sees, as the reputation oracle last published it. */
  readonly publishedScore: Float64Array;
  /**
   * The score of another network that it brings as it enters, 0 for none; empty where nobody brings one. It is the
   * identity's of the start: one that enters later in its place has none.
   */
  importedScore = new Float64Array(0);
  /** Job classes of which the model keeps scores, too; 0 where it keeps none. */
  classCount = 0;
  /** The score for each job class, those of a node side by side; empty without any. */
  classScore = new Float64Array(0);
  /** The same as last published. */
  publishedClassScore = new Float64Array(0);

  constructor(capacity: number) {
    this.capacity = capacity;
    this.state = new Uint8Array(capacity);
    this.isOnline = new Uint8Array(capacity);
    this.onlineSince = new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY);
    this.offlineSince = new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY);
    this.isActive = new Uint8Array(capacity);
    this.jailedUntil = new Float64Array(capacity);
    this.isSuspended = new Uint8Array(capacity);
    this.joinedAt = new Float64Array(capacity);
    this.leftAt = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
    this.declaredOperator = new Int32Array(capacity);
    this.region = new Uint8Array(capacity);
    this.hardware = new Uint16Array(capacity);
    this.throughput = new Float64Array(capacity);
    this.slots = new Uint16Array(capacity);
    this.isPublic = new Uint8Array(capacity);
    this.assigned = new Int32Array(capacity);
    this.allowedClasses = new Uint32Array(capacity);
    this.allowedLanes = new Uint32Array(capacity);
    this.isResting = new Uint8Array(capacity);
    this.bid = new Float64Array(capacity).fill(1);
    this.stake = new Float64Array(capacity);
    this.delegated = new Float64Array(capacity);
    this.score = new Float64Array(capacity);
    this.publishedScore = new Float64Array(capacity);
  }

  /** Makes room for a score of each node for each class, before the first node joins. */
  keepClassScores(classCount: number): void {
    this.classCount = classCount;
    this.classScore = new Float64Array(this.capacity * classCount);
    this.publishedClassScore = new Float64Array(this.capacity * classCount);
  }

  /** Makes room for scores that nodes bring from other networks. */
  keepImportedScores(): void {
    this.importedScore = new Float64Array(this.capacity);
  }

  /** Asks for resource tokens from now on, or doesn't; nobody holds any at first, and those that there are stay. */
  askForResourceTokens(areNeeded: boolean): void {
    this.needResourceTokens = areNeeded;
    if (areNeeded && this.resourceToken.length === 0) this.resourceToken = new Int32Array(this.capacity).fill(NONE);
  }

  /** Whether the node is without the resource token that the protocol asks for. */
  lacksResourceToken(node: NodeIndex): boolean {
    return this.needResourceTokens && this.resourceToken[node] === NONE;
  }

  /** The published score that counts for jobs of a class: the one for the class, or else the node's. */
  publishedScoreFor(node: NodeIndex, jobClass: number): number {
    if (this.classCount === 0) return this.publishedScore[node]!;
    return this.publishedClassScore[node * this.classCount + jobClass]!;
  }

  /**
   * Whether the network could reach the node at a time [s] up to now: exact unless it came or went three times since.
   */
  wasOnline(node: NodeIndex, time: number): boolean {
    const came = this.onlineSince[node]!;
    // most are, and have been: then nobody needs to ask when it was away
    if (this.isOnline[node] === 1 && came <= time) return true;
    const went = this.offlineSince[node]!;
    return this.isOnline[node] === 1 ? went > time : went > time && came <= time;
  }
}
