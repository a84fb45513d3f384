import { SortedRows } from './sorted-rows.js';

/** A bucket of at most this many rows is sorted into the bottom; a fuller one is spread over a rung of its own. */
const SORTED_AT_ONCE = 48;
/** A push that would move more than this many rows of the bottom spreads the bottom over a rung instead. */
const MOVED_AT_MOST = 24;
/** A rung ends at this multiple of the mean distance from its least time; what lies beyond waits in its overflow. */
const SPAN_IN_MEANS = 2;
/** Deeper nesting, which takes times spaced geometrically over hundreds of binary orders, ends in a plain sort. */
const RUNGS_MAX = 12;

/**
 * Pending events in the order of (time, order of push), in amortised constant time per push and pop.
 *
 * A ladder queue on typed arrays. The `bottom` is a short sorted array from which rows are popped. Later rows lie
 * unsorted in the buckets of nested rungs: each rung cuts a span of time into as many buckets as it had rows when it
 * was opened, plus an overflow bucket without an end, and the next rung is what became of its next bucket. Whether a
 * row belongs to the bottom, to a rung or to which bucket is decided by one formula that never decreases with time,
 * `(time - start) * scale`, so rows of equal time are never parted, and rows keep their order in every transfer; so
 * no sequence number is needed. Rungs follow the times that they hold, so milliseconds and months may be mixed.
 *
 * Any finite time may be pushed, even before the last popped one; `high` and `low` are payload words of 32 bits.
 * Memory is 16 bytes a row and 8 for links, doubled when full and never given back; rows are recycled.
 * Source of the idea: W. T. Tang, R. S. M. Goh, I. L.-J. Thng, Ladder queue, ACM TOMACS 15 (2005), 175-204.
 */
export class EventQueue {
  private count = 0;

  /** Rows in buckets: the time, then the two payload words, interleaved to lie in one cache line; row 0 is no row. */
  private rowTimes = new Float64Array(2);
  private rowWords = new Int32Array(this.rowTimes.buffer);
  /** The next older row of the bucket, or the next free row. */
  private rowNext = new Int32Array(1);
  private freeRow = 0;

  private readonly bottom = new SortedRows();

  /** Rungs from the outermost; a row belongs to the first one whose bucket for it isn't taken yet. */
  private depth = 0;
  private readonly rungStart = new Float64Array(RUNGS_MAX);
  private readonly rungScale = new Float64Array(RUNGS_MAX);
  private readonly rungTaken = new Int32Array(RUNGS_MAX);
  private readonly rungBuckets = new Int32Array(RUNGS_MAX);
  private readonly rungOffset = new Int32Array(RUNGS_MAX);
  /** The newest row of each bucket, rung after rung, each with its overflow last; 0 when empty, taken or unused. */
  private buckets = new Int32Array(1024);

  /** The popped row, laid out as the rows above. */
  private readonly popped = new Float64Array(2);
  private readonly poppedWords = new Uint32Array(this.popped.buffer);

  /** `capacity` rows, at least 1, are reserved at first. */
  constructor(capacity = 1024) {
    if (!(capacity >= 1 && capacity < 134217728)) {
      throw new RangeError(`EventQueue: expected a capacity from 1 to 2^27 (excluded), found ${capacity}`);
    }
    this.reserveRows(Math.ceil(capacity) + 1);
  }

  /** Rows pushed and not popped yet. */
  get size(): number {
    return this.count;
  }

  /** The time of the row that was popped last. */
  get time(): number {
    return this.popped[0]!;
  }

  /** The payload words of the row that was popped last, from 0 to 2^32 - 1. */
  get high(): number {
    return this.poppedWords[2]!;
  }

  get low(): number {
    return this.poppedWords[3]!;
  }

  /** Adds a row after all rows of the same time; `time` must be finite, which isn't checked. */
  push(time: number, high: number, low: number): void {
    this.count++;
    for (let rung = 0; rung < this.depth; rung++) {
      const x = (time - this.rungStart[rung]!) * this.rungScale[rung]!;
      if (x >= this.rungTaken[rung]!) {
        const overflow = this.rungBuckets[rung]!;
        this.pushBucket(this.rungOffset[rung]! + (x < overflow ? x | 0 : overflow), time, high, low);
        return;
      }
    }
    this.pushBottom(time, high, low);
  }

  /** Takes the least row, to be read from `time`, `high` and `low`; false if there is none. */
  pop(): boolean {
    return this.popUntil(Infinity);
  }

  /** As `pop`, but takes only a row with a time up to `horizon` (included). */
  popUntil(horizon: number): boolean {
    const bottom = this.bottom;
    if (bottom.head === bottom.tail && !this.fillBottom()) return false;
    const head = bottom.head;
    const time = bottom.times[2 * head]!;
    if (time > horizon) return false;
    this.popped[0] = time;
    this.poppedWords[2] = bottom.words[4 * head + 2]!;
    this.poppedWords[3] = bottom.words[4 * head + 3]!;
    bottom.head = head + 1;
    this.count--;
    return true;
  }

  /** The least time; Infinity when there is no row. */
  peekTime(): number {
    const bottom = this.bottom;
    if (bottom.head === bottom.tail && !this.fillBottom()) return Infinity;
    return bottom.times[2 * bottom.head]!;
  }

  private pushBucket(bucket: number, time: number, high: number, low: number): void {
    if (this.freeRow === 0) this.reserveRows(2 * this.rowNext.length);
    const row = this.freeRow;
    this.freeRow = this.rowNext[row]!;
    this.rowTimes[2 * row] = time;
    this.rowWords[4 * row + 2] = high;
    this.rowWords[4 * row + 3] = low;
    this.rowNext[row] = this.buckets[bucket]!;
    this.buckets[bucket] = row;
  }

  private pushBottom(time: number, high: number, low: number): void {
    if (this.bottom.insert(time, high, low, MOVED_AT_MOST)) return;
    if (this.spreadBottom()) {
      this.count--;
      this.push(time, high, low);
    } else {
      this.bottom.insert(time, high, low, Infinity);
    }
  }

  /** Fills the empty bottom from the next bucket that holds rows; false if there is none. */
  private fillBottom(): boolean {
    while (this.depth > 0) {
      const rung = this.depth - 1;
      const offset = this.rungOffset[rung]!;
      const overflow = offset + this.rungBuckets[rung]!;
      const buckets = this.buckets;
      let bucket = offset + this.rungTaken[rung]!;
      while (bucket < overflow && buckets[bucket] === 0) bucket++;
      const newest = buckets[bucket]!;
      buckets[bucket] = 0;
      if (bucket === overflow) this.depth = rung;
      else this.rungTaken[rung] = bucket - offset + 1;
      if (newest !== 0 && (this.sortIntoBottom(newest) || this.spreadBucket(newest))) return true;
    }
    return false;
  }

  /** Moves a bucket of at most SORTED_AT_ONCE rows to the bottom; false, and nothing done, if there are more. */
  private sortIntoBottom(newest: number): boolean {
    const { rowTimes, rowWords, rowNext, bottom } = this;
    const { times, words } = bottom;
    const tail = times.length >> 2;
    const limit = tail - SORTED_AT_ONCE;
    let head = tail;
    let row = newest;
    let oldest = row;
    while (row !== 0) {
      if (head === limit) return false;
      head--;
      times[2 * head] = rowTimes[2 * row]!;
      words[4 * head + 2] = rowWords[4 * row + 2]!;
      words[4 * head + 3] = rowWords[4 * row + 3]!;
      oldest = row;
      row = rowNext[row]!;
    }
    rowNext[oldest] = this.freeRow;
    this.freeRow = newest;
    bottom.head = head;
    bottom.tail = tail;
    bottom.sort();
    return true;
  }

  /** Spreads a full bucket over a new rung; if that can't part it, sorts it into the bottom and returns true. */
  private spreadBucket(newest: number): boolean {
    const { rowTimes, rowNext } = this;
    let least = Infinity;
    let greatest = -Infinity;
    let sum = 0;
    let count = 0;
    let oldest = 0;
    let row = newest;
    while (row !== 0) {
      const time = rowTimes[2 * row]!;
      if (time < least) least = time;
      if (time > greatest) greatest = time;
      sum += time;
      count++;
      const next = rowNext[row]!;
      rowNext[row] = oldest;
      oldest = row;
      row = next;
    }
    if (!this.openRung(least, greatest, sum / count, count)) {
      this.sortManyIntoBottom(oldest, newest, count);
      return true;
    }
    const rung = this.depth - 1;
    const overflow = this.rungBuckets[rung]!;
    const scale = this.rungScale[rung]!;
    const offset = this.rungOffset[rung]!;
    const buckets = this.buckets;
    row = oldest;
    while (row !== 0) {
      const x = (rowTimes[2 * row]! - least) * scale;
      const bucket = offset + (x < overflow ? x | 0 : overflow);
      const next = rowNext[row]!;
      rowNext[row] = buckets[bucket]!;
      buckets[bucket] = row;
      row = next;
    }
    return false;
  }

  /** Moves the bottom to a new rung; false if it can't be parted. */
  private spreadBottom(): boolean {
    const { times, words, head, tail } = this.bottom;
    let sum = 0;
    for (let i = head; i < tail; i++) sum += times[2 * i]!;
    if (!this.openRung(times[2 * head]!, times[2 * tail - 2]!, sum / (tail - head), tail - head)) return false;
    // The outer rungs' buckets for these rows are taken, so that each goes to the new rung; none is counted twice.
    this.count -= tail - head;
    for (let i = head; i < tail; i++) this.push(times[2 * i]!, words[4 * i + 2]!, words[4 * i + 3]!);
    this.bottom.tail = head;
    return true;
  }

  /** Opens an empty rung below all others; false if the times can't be parted or it would lie too deep. */
  private openRung(least: number, greatest: number, mean: number, count: number): boolean {
    const rung = this.depth;
    // The greatest time must fall into the overflow and the least into the first bucket, so that each rung parts them.
    let span = SPAN_IN_MEANS * (mean - least);
    if (!(span > 0 && span < greatest - least)) span = greatest - least;
    const scale = count / span;
    if (rung === RUNGS_MAX || !(span > 0 && span < Infinity && scale < Infinity)) return false;
    const offset = rung === 0 ? 0 : this.rungOffset[rung - 1]! + this.rungBuckets[rung - 1]! + 1;
    if (offset + count >= this.buckets.length) {
      const grown = new Int32Array(2 * (offset + count + 1));
      grown.set(this.buckets);
      this.buckets = grown;
    }
    this.rungStart[rung] = least;
    this.rungScale[rung] = scale;
    this.rungTaken[rung] = 0;
    this.rungBuckets[rung] = count;
    this.rungOffset[rung] = offset;
    this.depth = rung + 1;
    return true;
  }

  /** Moves any number of rows, linked from the oldest, to the empty bottom; sorts only if they aren't in order. */
  private sortManyIntoBottom(oldest: number, newest: number, count: number): void {
    const bottom = this.bottom;
    bottom.centre(count);
    const links = this.rowNext;
    const times = this.rowTimes;
    const rows = new Int32Array(count);
    let sorted = true;
    let row = oldest;
    for (let i = 0; i < count; i++) {
      rows[i] = row;
      if (i > 0 && times[2 * row]! < times[2 * rows[i - 1]!]!) sorted = false;
      row = links[row]!;
    }
    // The sort of typed arrays is stable, as the language demands since 2019.
    if (!sorted) rows.sort((a, b) => times[2 * a]! - times[2 * b]!);
    for (let i = 0; i < count; i++) {
      row = rows[i]!;
      bottom.write(bottom.head + i, times[2 * row]!, this.rowWords[4 * row + 2]!, this.rowWords[4 * row + 3]!);
    }
    bottom.tail = bottom.head + count;
    links[newest] = this.freeRow;
    this.freeRow = oldest;
  }

  /** Lengthens the columns of rows to `rows` and links the fresh ones as free; there must be no other free row. */
  private reserveRows(rows: number): void {
    const { rowWords, rowNext } = this;
    this.rowTimes = new Float64Array(2 * rows);
    this.rowWords = new Int32Array(this.rowTimes.buffer);
    this.rowWords.set(rowWords);
    this.rowNext = new Int32Array(rows);
    this.rowNext.set(rowNext);
    this.freeRow = rowNext.length;
    for (let row = this.freeRow; row < rows - 1; row++) this.rowNext[row] = row + 1;
  }
}
