import { NONE } from './nodes.js';

/** What happens to running attempts when their machine fails. */
export const RunningAtOutage = { lose: 0, pause: 1, finish: 2 } as const;
export type RunningAtOutage = (typeof RunningAtOutage)[keyof typeof RunningAtOutage];

/**
 * The true machines behind the identities, as columns sized once; seen by execution, strategies and the recorder.
 *
 * Identities on one machine share its true slots: surplus attempts wait there, first come, first served.
 */
export class Machines {
  count = 0;
  readonly capacity: number;
  readonly cohort: Uint16Array;
  /** Ordinal within its cohort: the key of its attributes and outages. */
  readonly ordinal: Int32Array;
  readonly hardware: Uint16Array;
  /** True throughput, reference card = 1. */
  readonly throughput: Float64Array;
  readonly slots: Uint16Array;
  readonly busy: Uint16Array;
  /** 1 from repair to failure. */
  readonly isUp: Uint8Array;
  /** How running and queued attempts fare in an outage (`RunningAtOutage`). */
  readonly runningAtOutage: Uint8Array;
  /** 1 where outages are announced departures. */
  readonly announcesOutages: Uint8Array;
  /** 1 once the machine's first identity joined and its sessions began. */
  readonly hasEntered: Uint8Array;
  /** Identities present now; without any the machine costs nothing. */
  readonly identities: Uint16Array;
  /** Number of the outage that comes next, from 0. */
  readonly outageNumber: Uint32Array;
  /** Availability is accounted up to this time [s]. */
  readonly accountedUntil: Float64Array;
  /** Up while any identity was present [s]. */
  readonly upSeconds: Float64Array;
  /** Up or down while any identity was present [s]: fixed costs run on. */
  readonly usedSeconds: Float64Array;
  /** Slot time spent working [s]. */
  readonly busySeconds: Float64Array;
  /** Slot time that would have been spent by computing honestly, but wasn't [s]. */
  readonly savedSeconds: Float64Array;
  readonly firstQueued: Int32Array;
  readonly lastQueued: Int32Array;
  readonly firstRunning: Int32Array;
  /** Head of its identities through `nextIdentity`. */
  readonly firstIdentity: Int32Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.cohort = new Uint16Array(capacity);
    this.ordinal = new Int32Array(capacity);
    this.hardware = new Uint16Array(capacity);
    this.throughput = new Float64Array(capacity);
    this.slots = new Uint16Array(capacity);
    this.busy = new Uint16Array(capacity);
    this.isUp = new Uint8Array(capacity);
    this.runningAtOutage = new Uint8Array(capacity);
    this.announcesOutages = new Uint8Array(capacity);
    this.hasEntered = new Uint8Array(capacity);
    this.identities = new Uint16Array(capacity);
    this.outageNumber = new Uint32Array(capacity);
    this.accountedUntil = new Float64Array(capacity);
    this.upSeconds = new Float64Array(capacity);
    this.usedSeconds = new Float64Array(capacity);
    this.busySeconds = new Float64Array(capacity);
    this.savedSeconds = new Float64Array(capacity);
    this.firstQueued = new Int32Array(capacity).fill(NONE);
    this.lastQueued = new Int32Array(capacity).fill(NONE);
    this.firstRunning = new Int32Array(capacity).fill(NONE);
    this.firstIdentity = new Int32Array(capacity).fill(NONE);
  }
}
