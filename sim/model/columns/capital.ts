/** What operators, and purses that they share, have locked of one currency: now, at most, and over time. */
export class Capital {
  /** Stake, delegations and bonds locked now, and the most ever locked [micro-tokens]. */
  readonly locked: Float64Array;
  readonly peakLocked: Float64Array;
  /** Integral of what was locked over time [micro-token seconds], up to `lockedSince`. */
  readonly lockedSeconds: Float64Array;
  readonly lockedSince: Float64Array;

  constructor(rows: number) {
    this.locked = new Float64Array(rows);
    this.peakLocked = new Float64Array(rows);
    this.lockedSeconds = new Float64Array(rows);
    this.lockedSince = new Float64Array(rows);
  }

  /** Accounts a change of what a row has locked [micro-tokens]. */
  lock(row: number, change: number, now: number): void {
    this.lockedSeconds[row]! += this.locked[row]! * (now - this.lockedSince[row]!);
    this.lockedSince[row] = now;
    this.locked[row]! += change;
    if (this.locked[row]! > this.peakLocked[row]!) this.peakLocked[row] = this.locked[row]!;
  }

  /** The integral up to now [micro-token seconds]. */
  lockedUntil(row: number, now: number): number {
    const since = now - this.lockedSince[row]!;
    return this.lockedSeconds[row]! + this.locked[row]! * since;
  }
}
