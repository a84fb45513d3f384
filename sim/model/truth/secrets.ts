import { type Attempts, verdictPending } from '../columns/attempts.js';
import type { AttemptIndex } from '../columns/nodes.js';
import { handleBits } from '../columns/side-by-side.js';

/** Numbers of an attempt, side by side. */
const width = 5;

/**
 * What of an attempt the network can't see, by the attempt's handle: known to the machine and its operator, or on its
 * way.
 *
 * No mechanism receives this object, and what mechanisms receive doesn't lead to it.
 */
export class AttemptSecrets {
  #numbers = new Float64Array(0);

  constructor(attempts: Attempts) {
    attempts.whenLaidOut((rows) => {
      const numbers = new Float64Array(rows * width);
      numbers.set(this.#numbers);
      this.#numbers = numbers;
    });
  }

  /** Forgets what the row held for the attempt before. */
  begin(attempt: AttemptIndex): void {
    const row = (attempt >>> handleBits) * width;
    this.#numbers[row] = Number.NaN;
    this.#numbers[row + 3] = verdictPending;
    this.#numbers[row + 4] = 0;
  }

  /** The answer sent; NaN before. */
  answer(attempt: AttemptIndex): number {
    return this.#numbers[(attempt >>> handleBits) * width]!;
  }

  setAnswer(attempt: AttemptIndex, answer: number): void {
    this.#numbers[(attempt >>> handleBits) * width] = answer;
  }

  /** Machine time needed [s]. */
  serviceSeconds(attempt: AttemptIndex): number {
    return this.#numbers[(attempt >>> handleBits) * width + 1]!;
  }

  setServiceSeconds(attempt: AttemptIndex, seconds: number): void {
    this.#numbers[(attempt >>> handleBits) * width + 1] = seconds;
  }

  /** When it is done [s]; of a paused one, how much is left [s]. */
  finishAt(attempt: AttemptIndex): number {
    return this.#numbers[(attempt >>> handleBits) * width + 2]!;
  }

  setFinishAt(attempt: AttemptIndex, seconds: number): void {
    this.#numbers[(attempt >>> handleBits) * width + 2] = seconds;
  }

  /** What the network will find when word of it arrives or its clock runs out: a finding, or `verdictPending`. */
  finding(attempt: AttemptIndex): number {
    return this.#numbers[(attempt >>> handleBits) * width + 3]!;
  }

  setFinding(attempt: AttemptIndex, finding: number): void {
    this.#numbers[(attempt >>> handleBits) * width + 3] = finding;
  }

  /** Whether the node says along with the result that it is faulty. */
  admitsFault(attempt: AttemptIndex): boolean {
    return this.#numbers[(attempt >>> handleBits) * width + 4] === 1;
  }

  admitFault(attempt: AttemptIndex): void {
    this.#numbers[(attempt >>> handleBits) * width + 4] = 1;
  }
}
