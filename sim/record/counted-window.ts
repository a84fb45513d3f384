import type { Sample } from './sample.js';
import { Tally } from './tally.js';

/** What was counted over a stretch of time: of the whole, or of a window. */
export interface Counts {
  readonly tally: Tally;
  /** Times of the jobs that ended in it [s], as the recorder keeps them. */
  readonly latency: Sample;
  readonly waiting: Sample;
  readonly verdictTime: Sample;
  /** How far what clients were given is off, of numeric jobs, as a share of the true value. */
  readonly answerError: Sample;
}

/** A stretch of time that somebody wants a figure of. */
export interface AskedWindow {
  /** Start [s], included; one that lies behind the horizon is never reached. */
  readonly fromSeconds: number;
  /** End [s], excluded unless it is the horizon. */
  readonly toSeconds: number;
  /** Length of the epochs that are told one by one [s]; null: the window is told in one. */
  readonly epochSeconds: number | null;
  /** The figure of what was counted; NaN where it can't be told. */
  measure(counts: Counts): number;
}

/** A figure, and the stretch of time that it is of [s]. */
export interface Told {
  readonly value: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

const untold: Told = { value: Number.NaN, fromSeconds: Number.NaN, toSeconds: Number.NaN };

/**
 * A window's figure, taken when the window is over; told by epochs, the highest and the lowest of those in which it can
 * be told.
 *
 * An epoch that the window cuts counts by the part inside; a part shorter than half an epoch is joined with the epoch
 * beside it, as a few minutes can't be held against days. All parts together are the window, so that the highest of a
 * share is never below the share of the window, nor the lowest above it.
 *
 * It keeps what was counted since its start, which can lie anywhere between two folds of the tally under way: that
 * part of the tally is marked and left out.
 */
export class CountedWindow {
  highest = untold;
  lowest = untold;
  readonly #asked: AskedWindow;
  readonly #horizonSeconds: number;
  readonly #tally: Tally;
  readonly #mark: Tally;
  #isOpen = false;
  /** The stretch that is open, or is opened next. */
  #from: number;
  #to: number;
  /** Number of the epoch in which that stretch ends, from 1. */
  #epoch: number;
  #latencyMark = 0;
  #waitingMark = 0;
  #verdictTimeMark = 0;
  #answerErrorMark = 0;

  constructor(cohorts: number, horizonSeconds: number, asked: AskedWindow) {
    const { fromSeconds, toSeconds, epochSeconds } = asked;
    this.#asked = asked;
    this.#horizonSeconds = horizonSeconds;
    // no figure of a window asks for classes
    this.#tally = new Tally(cohorts, 0);
    this.#mark = new Tally(cohorts, 0);
    this.#from = fromSeconds < Math.min(toSeconds, horizonSeconds) ? fromSeconds : Number.POSITIVE_INFINITY;
    this.#epoch = epochSeconds === null ? 1 : firstEpoch(fromSeconds, epochSeconds);
    this.#to = this.#endOf(this.#epoch);
  }

  /** When it has to be told next [s]: its own start, an epoch's end, or its end; Infinity if that is the horizon. */
  get nextEdge(): number {
    return this.#isOpen ? this.#to : this.#from;
  }

  /** Opens and closes what begins and ends by now; everything counted so far came before. */
  reach(now: number, counting: Counts): void {
    while (this.nextEdge <= now) {
      if (!this.#isOpen) this.#open(counting);
      else {
        this.#close(this.#to, counting);
        this.#from = this.#to < this.#asked.toSeconds ? this.#to : Number.POSITIVE_INFINITY;
        this.#to = this.#endOf(++this.#epoch);
      }
    }
  }

  /** Takes in what was counted, before it is cleared. */
  fold(current: Tally): void {
    if (!this.#isOpen) return;
    this.#tally.addSince(current, this.#mark);
    this.#mark.clear();
  }

  /** Tells what is still open at the horizon. */
  finish(counting: Counts): void {
    if (this.#isOpen) this.#close(this.#horizonSeconds, counting);
  }

  #open({ tally, latency, waiting, verdictTime, answerError }: Counts): void {
    this.#isOpen = true;
    this.#tally.clear();
    this.#mark.clear();
    this.#mark.add(tally);
    this.#latencyMark = latency.parted();
    this.#waitingMark = waiting.parted();
    this.#verdictTimeMark = verdictTime.parted();
    this.#answerErrorMark = answerError.parted();
  }

  #close(toSeconds: number, { tally, latency, waiting, verdictTime, answerError }: Counts): void {
    this.#isOpen = false;
    this.#tally.addSince(tally, this.#mark);
    const marks = {
      latency: this.#latencyMark,
      waiting: this.#waitingMark,
      verdictTime: this.#verdictTimeMark,
      answerError: this.#answerErrorMark,
    };
    const value = this.#asked.measure({
      tally: this.#tally,
      // copied where they are asked for
      get latency() {
        return latency.copySince(marks.latency);
      },
      get waiting() {
        return waiting.copySince(marks.waiting);
      },
      get verdictTime() {
        return verdictTime.copySince(marks.verdictTime);
      },
      get answerError() {
        return answerError.copySince(marks.answerError);
      },
    });
    if (Number.isNaN(value)) return;
    const told = { value, fromSeconds: this.#from, toSeconds };
    if (!(value <= this.highest.value)) this.highest = told;
    if (!(value >= this.lowest.value)) this.lowest = told;
  }

  /** End of a stretch in that epoch; Infinity where that is the horizon. */
  #endOf(epoch: number): number {
    const { toSeconds, epochSeconds } = this.#asked;
    const last = Math.min(toSeconds, this.#horizonSeconds);
    const isOwn = epochSeconds !== null && isLong(last - epoch * epochSeconds, epochSeconds);
    const end = isOwn ? epoch * epochSeconds : last;
    return end < this.#horizonSeconds ? end : Number.POSITIVE_INFINITY;
  }
}

/** Whether a part of an epoch is long enough to be held against others: half an epoch, included. */
function isLong(partSeconds: number, epochSeconds: number): boolean {
  return partSeconds >= epochSeconds / 2 - rounding * epochSeconds;
}

/** Of times, in epochs. */
const rounding = 1e-9;

/** Number of the epoch in which the first stretch ends, from 1. */
function firstEpoch(fromSeconds: number, epochSeconds: number): number {
  const epoch = Math.floor(fromSeconds / epochSeconds + rounding) + 1;
  return isLong(epoch * epochSeconds - fromSeconds, epochSeconds) ? epoch : epoch + 1;
}
