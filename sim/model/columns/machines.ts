import { type MachineIndex, NONE } from './nodes.js';
import { handleStep, SideBySide } from './side-by-side.js';

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
  readonly cohort: Int32Array;
  /** Ordinal within its cohort: the key of its attributes and outages. */
  readonly ordinal: Int32Array;
  readonly hardware: Int32Array;
  /** True throughput, reference card = 1. */
  readonly throughput: Float64Array;
  readonly slots: Int32Array;
  readonly busy: Int32Array;
  /** 1 while there is no reason for it to be down. */
  readonly isUp: Int32Array;
  /** Reasons for being down: not entered yet, its own failure, maintenance, each common cause that strikes it. */
  readonly downReasons: Int32Array;
  /** Of these, announced ones: check-ins are excused, and what runs is handed back. */
  readonly announcedReasons: Int32Array;
  /** How running and queued attempts fare in an outage (`RunningAtOutage`). */
  readonly runningAtOutage: Int32Array;
  /** 1 once the machine's first identity joined and its sessions began. */
  readonly hasEntered: Int32Array;
  /** Identities present now; without any the machine costs nothing. */
  readonly identities: Int32Array;
  /** Number of the outage that comes next, from 0. */
  readonly outageNumber: Int32Array;
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

  /** @param capacity machines, each with a handle that is its ordinal × 8 */
  constructor(capacity: number) {
    const rows = new SideBySide(capacity, 2);
    this.slots = rows.integer(0);
    this.busy = rows.integer(1);
    this.isUp = rows.integer(2);
    this.runningAtOutage = rows.integer(3);
    this.firstQueued = rows.integer(4);
    this.lastQueued = rows.integer(5);
    this.firstRunning = rows.integer(6);
    this.firstIdentity = rows.integer(7);
    this.cohort = rows.integer(8);
    this.ordinal = rows.integer(9);
    this.hardware = rows.integer(10);
    this.announcedReasons = rows.integer(11);
    this.hasEntered = rows.integer(12);
    this.identities = rows.integer(13);
    this.outageNumber = rows.integer(14);
    this.downReasons = rows.integer(15);
    this.throughput = rows.number(0);
    this.busySeconds = rows.number(1);
    this.savedSeconds = rows.number(2);
    this.accountedUntil = rows.number(3);
    this.upSeconds = rows.number(4);
    this.usedSeconds = rows.number(5);
    for (let machine = 0; machine < capacity * handleStep; machine += handleStep) {
      this.firstQueued[machine] = NONE;
      this.lastQueued[machine] = NONE;
      this.firstRunning[machine] = NONE;
      this.firstIdentity[machine] = NONE;
    }
  }

  /** The next machine's handle. */
  add(): MachineIndex {
    return this.count++ * handleStep;
  }

  /** Handles of all machines lie from 0 to this, excluded, in steps of `handleStep`. */
  get end(): number {
    return this.count * handleStep;
  }
}
