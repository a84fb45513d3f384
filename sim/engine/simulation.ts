import { EventQueue } from './event-queue.js';
import { Fingerprint } from './fingerprint.js';

/** Handles one kind of event; returns false when it was stale or only a sample, which the fingerprint leaves out. */
export type EventHandler = (subject: number, detail: number) => boolean;

const DETAIL_BITS = 26;
const DETAIL_MASK = (1 << DETAIL_BITS) - 1;
const KINDS_MAX = 64;

/**
 * The clock, the pending events and the fingerprint of those delivered.
 *
 * Events are delivered in the order of (time, order of scheduling). Time is in seconds. An event is one of at most 64
 * kinds with a subject (uint32) and a detail (26 bits) whose meanings belong to the kind. Nothing is allocated per
 * event, and events can't be cancelled: a handler tells a stale one by what it finds and returns false.
 */
export class Simulation {
  private readonly queue: EventQueue;
  private readonly trace = new Fingerprint();
  /** A typed column of one, since a number field would be boxed anew at some stores. */
  private readonly clock = new Float64Array(1);
  private deliveredCount = 0;
  private running = false;

  /** `capacity` pending events have room at first. */
  constructor(options: { capacity?: number } = {}) {
    this.queue = new EventQueue(options.capacity);
  }

  /** The time of the event that is being handled, else the last horizon [s]; 0 at first. */
  get now(): number {
    return this.clock[0]!;
  }

  /** Events delivered so far, stale ones and samples included. */
  get delivered(): number {
    return this.deliveredCount;
  }

  /** Events scheduled and not delivered yet. */
  get pending(): number {
    return this.queue.size;
  }

  /**
   * Schedules an event at `time` [s], after all others of that time so far.
   *
   * Throws a RangeError unless time is finite and at least `now`, kind is an integer below 64, subject one below 2^32
   * and detail one below 2^26.
   */
  schedule(time: number, kind: number, subject: number, detail: number): void {
    if (
      !(time >= this.clock[0]! && time < Infinity) ||
      (kind & (KINDS_MAX - 1)) !== kind ||
      (detail & DETAIL_MASK) !== detail ||
      subject >>> 0 !== subject
    ) {
      this.refuse(time, kind, subject, detail);
    }
    this.queue.push(time, subject | 0, (kind << DETAIL_BITS) | detail);
  }

  /**
   * Delivers every event with a time up to `horizon` (included), those scheduled meanwhile too, to the handler of its
   * kind, `handlers[kind]`; then now = horizon, and true is returned.
   *
   * After `eventsMost` events it returns false with now at the last of them, and is to be called again: the steps in
   * which a run is made change nothing of it.
   *
   * Throws a RangeError when the horizon lies before now or isn't finite, and an Error when a handler calls it or an
   * event has no handler; what a handler throws passes through with that event counted as delivered.
   */
  runUntil(horizon: number, handlers: readonly EventHandler[], eventsMost = Number.POSITIVE_INFINITY): boolean {
    if (!(horizon >= this.clock[0]! && horizon < Infinity)) {
      throw new RangeError(`runUntil: expected a finite horizon >= now (${this.clock[0]}), found ${horizon}`);
    }
    if (this.running) throw new Error('runUntil: expected to be called outside of handlers, found a run under way');
    this.running = true;
    let isDone: boolean;
    try {
      isDone = this.deliverUntil(horizon, handlers, this.deliveredCount + eventsMost);
    } finally {
      this.running = false;
    }
    if (isDone) this.clock[0] = horizon;
    return isDone;
  }

  /** Adds an integer of 32 bits to the fingerprint: what was decided and no event tells. */
  witness(word: number): void {
    this.trace.add(word);
  }

  /**
   * Over (time, kind, subject, detail) of the events delivered whose handler returned true, and what was witnessed
   * before each: 16 hexadecimal digits.
   */
  get fingerprint(): string {
    return this.trace.toString();
  }

  /** False once as many events as `most` were delivered in all, though more may be due. */
  private deliverUntil(horizon: number, handlers: readonly EventHandler[], most: number): boolean {
    const { queue, trace, clock } = this;
    while (this.deliveredCount < most) {
      if (!queue.popUntil(horizon)) return true;
      const time = queue.time;
      const subject = queue.high;
      const low = queue.low;
      const handler = handlers[low >>> DETAIL_BITS];
      if (handler === undefined) refuseKind(low >>> DETAIL_BITS, handlers.length);
      else {
        clock[0] = time;
        this.deliveredCount++;
        if (handler(subject, low & DETAIL_MASK)) {
          trace.addFloat(time);
          trace.add(subject);
          trace.add(low);
        }
      }
    }
    return false;
  }

  private refuse(time: number, kind: number, subject: number, detail: number): never {
    const expected = `a finite time >= now (${this.now}), kind 0 to 63, subject 0 to 2^32 - 1, detail 0 to 2^26 - 1`;
    const found = `time ${time}, kind ${kind}, subject ${subject}, detail ${detail}`;
    throw new RangeError(`schedule: expected ${expected}; found ${found}`);
  }
}

function refuseKind(kind: number, handlers: number): never {
  throw new Error(`runUntil: expected a handler for kind ${kind}, found none among ${handlers}`);
}
