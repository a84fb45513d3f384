import { exp, log, pow } from '../../engine/math.js';

/** Where nothing is forgotten, a penalty can come to as many failures: for ever, to all intents. */
const evidenceMost = 1e6;

/**
 * Successes and failures by row, of which each row's score is the mean of Beta(r + 1, s + 1): (r + 1)/(r + s + 2).
 *
 * Source: A. Jøsang, R. Ismail, The Beta reputation system, 15th Bled Electronic Commerce Conference (2002).
 */
export class SuccessCounts {
  readonly #successes: Float64Array;
  readonly #failures: Float64Array;

  /** @param column gives columns of as many rows as are asked about, all 0 */
  constructor(column: () => Float64Array) {
    this.#successes = column();
    this.#failures = column();
  }

  score(row: number): number {
    return (this.#successes[row]! + 1) / (this.#successes[row]! + this.#failures[row]! + 2);
  }

  /** Forgets what was counted of some rows, the second excluded. */
  reset(from: number, to: number): void {
    this.#successes.fill(0, from, to);
    this.#failures.fill(0, from, to);
  }

  /** Counts one more, r ← λr + x, s ← λs + (1 − x) with x = 1 for a success; returns the score. */
  count(row: number, isSuccess: boolean, forgetting: number): number {
    this.#successes[row] = forgetting * this.#successes[row]! + (isSuccess ? 1 : 0);
    this.#failures[row] = forgetting * this.#failures[row]! + (isSuccess ? 0 : 1);
    return this.score(row);
  }

  /** Keeps that share of what was counted, 0 to 1; returns the score. */
  fade(row: number, share: number): number {
    this.#successes[row]! *= share;
    this.#failures[row]! *= share;
    return this.score(row);
  }

  /**
   * Moves the score by a change: as so many failures at once, at most 1/(1 − λ) of them, and what exceeds that is taken
   * from the successes; a bonus counts the other way round. Returns the score.
   */
  move(row: number, change: number, forgetting: number): number {
    const [more, fewer] = change < 0 ? [this.#failures, this.#successes] : [this.#successes, this.#failures];
    const most = Math.min(1 / (1 - forgetting), evidenceMost);
    const least = 1 / (most + 2);
    const score = Math.min(1 - least, Math.max(least, this.score(row) + change));
    // the share of the evidence that grows less, (fewer + 1)/(fewer + more + 2)
    const share = change < 0 ? score : 1 - score;
    more[row] = Math.min(most, Math.max(0, (fewer[row]! + 1) / share - fewer[row]! - 2));
    fewer[row] = Math.max(0, (share * (more[row]! + 2) - 1) / (1 - share));
    return this.score(row);
  }
}

const LOG_HALF = log(0.5);

/** What is left of 1 after so long, given the time in which half of it goes: 2^(−time/halfLife). */
export function fadedShare(time: number, halfLife: number): number {
  if (time === 0 || halfLife === Number.POSITIVE_INFINITY) return 1;
  const halvings = time / halfLife;
  // what pow does of its own, without the logarithm anew at each call: scores of many nodes ask this at each finding
  return Number.isInteger(2 * halvings) ? pow(0.5, halvings) : exp(halvings * LOG_HALF);
}
