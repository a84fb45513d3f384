import { type MachineIndex, NONE } from './nodes.js';
import { handleStep, SideBySide } from './rows/side-by-side.js';

/** What happens to running attempts when their machine fails. */
export const RunningAtOutage = { lose: 0, pause: 1, finish: 2 } as const;
export type RunningAtOutage = (typeof RunningAtOutage)[keyof typeof RunningAtOutage];

const layout = {
  // the first eight are what starting and stopping an attempt reads and writes
  integers: [
    'slots',
    'busy',
    'isUp',
    'identities',
    'firstQueued',
    'lastQueued',
    'firstRunning',
    'firstIdentity',
    'cohort',
    'ordinal',
    'hardware',
    'announcedReasons',
    'hasEntered',
    'runningAtOutage',
    'outageNumber',
    'downReasons',
  ],
  numbers: [
    'throughput',
    'busySeconds',
    'savedSeconds',
    'accountedUntil',
    'upSeconds',
    'usedSeconds',
    'busyUpSeconds',
    'busyUpUntil',
  ],
} as const;

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
  /** Of these, worked while it was up and any identity was present, brought up to date whenever that changes [s]. */
  readonly busyUpSeconds: Float64Array;
  /** Such time is accounted up to this time [s]. */
  readonly busyUpUntil: Float64Array;
  /** Slot time that would have been spent by computing honestly, but wasn't [s]. */
  readonly savedSeconds: Float64Array;
  readonly firstQueued: Int32Array;
  readonly lastQueued: Int32Array;
  readonly firstRunning: Int32Array;
  /** Head of its identities through `nextIdentity`. */
  readonly firstIdentity: Int32Array;

  /** @param capacity machines, each with a handle that is its ordinal × 8 */
  constructor(capacity: number) {
    const rows = new SideBySide(layout, capacity);
    this.slots = rows.integer('slots');
    this.busy = rows.integer('busy');
    this.isUp = rows.integer('isUp');
    this.runningAtOutage = rows.integer('runningAtOutage');
    this.firstQueued = rows.integer('firstQueued');
    this.lastQueued = rows.integer('lastQueued');
    this.firstRunning = rows.integer('firstRunning');
    this.firstIdentity = rows.integer('firstIdentity');
    this.cohort = rows.integer('cohort');
    this.ordinal = rows.integer('ordinal');
    this.hardware = rows.integer('hardware');
    this.announcedReasons = rows.integer('announcedReasons');
    this.hasEntered = rows.integer('hasEntered');
    this.identities = rows.integer('identities');
    this.outageNumber = rows.integer('outageNumber');
    this.downReasons = rows.integer('downReasons');
    this.throughput = rows.number('throughput');
    this.busySeconds = rows.number('busySeconds');
    this.busyUpSeconds = rows.number('busyUpSeconds');
    this.busyUpUntil = rows.number('busyUpUntil');
    this.savedSeconds = rows.number('savedSeconds');
    this.accountedUntil = rows.number('accountedUntil');
    this.upSeconds = rows.number('upSeconds');
    this.usedSeconds = rows.number('usedSeconds');
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

/** Whether the machine's time counts as up: while it is, and any identity is present. */
export function isInService(machines: Machines, machine: MachineIndex): boolean {
  return machines.isUp[machine] === 1 && machines.identities[machine]! > 0;
}

/** Whether the machine works on what it has: while it is up, and through outages under `finish`. */
export function isWorking(machines: Machines, machine: MachineIndex): boolean {
  return machines.isUp[machine] === 1 || machines.runningAtOutage[machine] === RunningAtOutage.finish;
}
