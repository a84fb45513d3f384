const CAPACITY_AT_FIRST = 1024;

/**
 * Rows of (time, two payload words) sorted by time in one array, with room before and behind them.
 *
 * Rows from `head` to `tail` (excluded) are in use: row i has its time at `times[2 * i]` and its words at
 * `words[4 * i + 2]` and `words[4 * i + 3]`, so that a row lies in one cache line. The first is taken by adding 1 to
 * `head`. Rows of equal time stay in the order in which they came.
 */
export class SortedRows {
  times = new Float64Array(2 * CAPACITY_AT_FIRST);
  words = new Int32Array(this.times.buffer);
  head = CAPACITY_AT_FIRST / 2;
  tail = CAPACITY_AT_FIRST / 2;

  /** Inserts a row after those of the same time; false, and nothing done, if more than `movesMax` rows must move. */
  insert(time: number, high: number, low: number, movesMax: number): boolean {
    if (this.tail * 2 === this.times.length || this.head === 0) this.centre(this.tail - this.head + 1);
    const times = this.times;
    const head = this.head;
    const tail = this.tail;
    const nearTail = tail - head > movesMax ? tail - movesMax : head;
    let place = tail;
    while (place > nearTail && times[2 * place - 2]! > time) place--;
    if (place === head || times[2 * place - 2]! <= time) {
      for (let i = tail; i > place; i--) this.move(i - 1, i);
      this.tail = tail + 1;
      this.write(place, time, high, low);
      return true;
    }
    // The rows looked at from behind are all later, so the search from the front ends before the tail.
    const nearHead = tail - head > movesMax ? head + movesMax : tail;
    place = head;
    while (place < nearHead && times[2 * place]! <= time) place++;
    if (times[2 * place]! <= time) return false;
    for (let i = head; i < place; i++) this.move(i, i - 1);
    this.head = head - 1;
    this.write(place - 1, time, high, low);
    return true;
  }

  /** Writes row `place`, whether or not it is in use. */
  write(place: number, time: number, high: number, low: number): void {
    this.times[2 * place] = time;
    this.words[4 * place + 2] = high;
    this.words[4 * place + 3] = low;
  }

  /** Sorts what was written to the rows in use, stably and by insertion, so for few rows. */
  sort(): void {
    const { times, words, head, tail } = this;
    for (let i = head + 1; i < tail; i++) {
      const time = times[2 * i]!;
      if (times[2 * i - 2]! <= time) continue;
      const high = words[4 * i + 2]!;
      const low = words[4 * i + 3]!;
      let place = i;
      do {
        this.move(place - 1, place);
        place--;
      } while (place > head && times[2 * place - 2]! > time);
      this.write(place, time, high, low);
    }
  }

  /** Moves the rows so that `count` rows from `head` on lie in the middle of an array at least twice as long. */
  centre(count: number): void {
    const { words, head, tail } = this;
    let capacity = this.times.length / 2;
    while (capacity < 2 * count) capacity *= 2;
    if (2 * capacity > this.times.length) {
      this.times = new Float64Array(2 * capacity);
      this.words = new Int32Array(this.times.buffer);
    }
    this.head = (capacity - count) >> 1;
    this.tail = this.head + tail - head;
    this.words.set(words.subarray(4 * head, 4 * tail), 4 * this.head);
  }

  /** Payload words are moved as integers, because bits that happen to be a NaN needn't survive as a float. */
  private move(from: number, to: number): void {
    this.times[2 * to] = this.times[2 * from]!;
    this.words[4 * to + 2] = this.words[4 * from + 2]!;
    this.words[4 * to + 3] = this.words[4 * from + 3]!;
  }
}
