import { bufferOfLines, firstLine, lineBytes } from '../../kernels/cache-lines.js';
import { type Attempts, verdictPending } from '../columns/attempts.js';
import { type AttemptIndex, type MachineIndex, NONE } from '../columns/nodes.js';

/** How far an attempt is at its machine: the network sees only that it is open. */
export const WorkState = {
  /** The request is on its way, or was never acknowledged. */
  requested: 0,
  /** Waiting for one of the machine's slots. */
  queued: 1,
  running: 2,
  /** Halted by an outage, to go on after it. */
  paused: 3,
  /** Out of the machine: done, refused, or dropped. */
  gone: 4,
} as const;
export type WorkState = (typeof WorkState)[keyof typeof WorkState];

// a row is a cache line, which numbers and integers share: a handle is the place of its first number
/** Where the integers of a row lie, of which it has 16; the first six are three numbers, the last two another. */
const place = { finding: 6, state: 7, next: 8, previous: 9, marks: 10, machine: 12, cohort: 13 };
/** Where the fourth number lies, after the handle. */
const confidencePlace = 7;
/** What is so or not, bits of one integer. */
const Mark = { admitsFault: 1, isDropped: 2, isLie: 4 } as const;

/**
 * What of an attempt the network can't see, by the attempt's handle: known to the machine and its operator, or on its
 * way.
 *
 * No mechanism receives this object, and what mechanisms receive doesn't lead to it.
 */
export class AttemptSecrets {
  #numbers = new Float64Array(0);
  #integers = new Int32Array(0);

  constructor(attempts: Attempts) {
    attempts.whenLaidOut((rows) => {
      const buffer = bufferOfLines(rows * lineBytes);
      const integers = new Int32Array(buffer, firstLine);
      integers.set(this.#integers);
      this.#integers = integers;
      this.#numbers = new Float64Array(buffer, firstLine);
    });
  }

  /** Forgets what the row held for the attempt before. */
  begin(attempt: AttemptIndex, machine: MachineIndex, cohort: number): void {
    this.#numbers[attempt] = Number.NaN;
    const first = attempt * 2;
    this.#integers[first + place.finding] = verdictPending;
    this.#integers[first + place.state] = WorkState.requested;
    this.#integers[first + place.marks] = 0;
    this.#integers[first + place.machine] = machine;
    this.#integers[first + place.cohort] = cohort;
    this.#numbers[attempt + confidencePlace] = Number.NaN;
  }

  /** Where it is worked on. */
  machine(attempt: AttemptIndex): MachineIndex {
    return this.#integers[attempt * 2 + place.machine]!;
  }

  /** Cohort of its node, which says who decides for it. */
  cohort(attempt: AttemptIndex): number {
    return this.#integers[attempt * 2 + place.cohort]!;
  }

  /** The answer sent; NaN before. */
  answer(attempt: AttemptIndex): number {
    return this.#numbers[attempt]!;
  }

  setAnswer(attempt: AttemptIndex, answer: number): void {
    this.#numbers[attempt] = answer;
  }

  /** Machine time needed [s]. */
  serviceSeconds(attempt: AttemptIndex): number {
    return this.#numbers[attempt + 1]!;
  }

  setServiceSeconds(attempt: AttemptIndex, seconds: number): void {
    this.#numbers[attempt + 1] = seconds;
  }

  /**
   * When it is done [s]; of a paused one, how much is left [s]; of one that is gone, when word of it reaches the
   * orchestrator [s], Infinity if none does.
   */
  finishAt(attempt: AttemptIndex): number {
    return this.#numbers[attempt + 2]!;
  }

  setFinishAt(attempt: AttemptIndex, seconds: number): void {
    this.#numbers[attempt + 2] = seconds;
  }

  /** What the network will find when word of it arrives or its clock runs out: a finding, or `verdictPending`. */
  finding(attempt: AttemptIndex): number {
    return this.#integers[attempt * 2 + place.finding]!;
  }

  setFinding(attempt: AttemptIndex, finding: number): void {
    this.#integers[attempt * 2 + place.finding] = finding;
  }

  state(attempt: AttemptIndex): WorkState {
    return this.#integers[attempt * 2 + place.state]! as WorkState;
  }

  setState(attempt: AttemptIndex, state: WorkState): void {
    this.#integers[attempt * 2 + place.state] = state;
  }

  /** The next in its machine's list of queued or of running attempts; NONE at the end. */
  next(attempt: AttemptIndex): AttemptIndex {
    return this.#integers[attempt * 2 + place.next]!;
  }

  previous(attempt: AttemptIndex): AttemptIndex {
    return this.#integers[attempt * 2 + place.previous]!;
  }

  /** Links two neighbours of a list; NONE for what lies beyond its ends. */
  link(earlier: AttemptIndex, later: AttemptIndex): void {
    if (earlier !== NONE) this.#integers[earlier * 2 + place.next] = later;
    if (later !== NONE) this.#integers[later * 2 + place.previous] = earlier;
  }

  /** Whether the node says along with the result that it is faulty. */
  admitsFault(attempt: AttemptIndex): boolean {
    return this.#isMarked(attempt, Mark.admitsFault);
  }

  admitFault(attempt: AttemptIndex): void {
    this.#integers[attempt * 2 + place.marks]! |= Mark.admitsFault;
  }

  /** Whether the node drops it when the machine time that it needs is over. */
  isDropped(attempt: AttemptIndex): boolean {
    return this.#isMarked(attempt, Mark.isDropped);
  }

  drop(attempt: AttemptIndex): void {
    this.#integers[attempt * 2 + place.marks]! |= Mark.isDropped;
  }

  /** Whether a numeric answer was neither right nor what the node computed, as it was sent. */
  isLie(attempt: AttemptIndex): boolean {
    return this.#isMarked(attempt, Mark.isLie);
  }

  setIsLie(attempt: AttemptIndex, isLie: boolean): void {
    const marks = this.#integers[attempt * 2 + place.marks]!;
    this.#integers[attempt * 2 + place.marks] = isLie ? marks | Mark.isLie : marks & ~Mark.isLie;
  }

  /** What the node states along with its answer of how likely that is right, 0 to 1; NaN for nothing. */
  confidence(attempt: AttemptIndex): number {
    return this.#numbers[attempt + confidencePlace]!;
  }

  setConfidence(attempt: AttemptIndex, confidence: number): void {
    this.#numbers[attempt + confidencePlace] = confidence;
  }

  #isMarked(attempt: AttemptIndex, mark: number): boolean {
    return (this.#integers[attempt * 2 + place.marks]! & mark) !== 0;
  }
}
