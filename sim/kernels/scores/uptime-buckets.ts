/** Times that uptime is kept apart by, so that the oldest can fall out. */
const buckets = 30;

/** The most that two bytes hold. */
const countMost = 65_535;

/** Check-ins made, of all that were due, by row over the latest time: of thirty parts the oldest falls out. */
export class UptimeBuckets {
  /** Two bytes each, until some count doesn't fit. */
  #made: Uint16Array | Float64Array;
  #due: Uint16Array | Float64Array;
  /** The part under way, and how much of it has passed [s]. */
  #current = 0;
  #passed = 0;

  constructor(rows: number) {
    this.#made = new Uint16Array(rows * buckets);
    this.#due = new Uint16Array(rows * buckets);
  }

  /** @param made whole numbers, as `due`, and no more than that */
  add(row: number, made: number, due: number): void {
    const place = row * buckets + this.#current;
    if (this.#due[place]! + due > countMost && this.#due instanceof Uint16Array) {
      this.#made = Float64Array.from(this.#made);
      this.#due = Float64Array.from(this.#due);
    }
    this.#made[place]! += made;
    this.#due[place]! += due;
  }

  /** The share made of those that were due; NaN if none were. */
  share(row: number): number {
    let [made, due] = [0, 0];
    for (let place = row * buckets; place < (row + 1) * buckets; place++) {
      made += this.#made[place]!;
      due += this.#due[place]!;
    }
    return due === 0 ? Number.NaN : made / due;
  }

  /** Lets time pass [s], given over how much of it in all is counted [s]: what is older falls out. */
  pass(seconds: number, over: number): void {
    const part = over / buckets;
    this.#passed += seconds;
    for (let parts = 0; this.#passed >= part && parts < buckets; parts++) {
      this.#passed -= part;
      this.#current = (this.#current + 1) % buckets;
      for (let place = this.#current; place < this.#made.length; place += buckets) {
        this.#made[place] = 0;
        this.#due[place] = 0;
      }
    }
    this.#passed %= part;
  }

  clear(row: number): void {
    this.#made.fill(0, row * buckets, (row + 1) * buckets);
    this.#due.fill(0, row * buckets, (row + 1) * buckets);
  }
}
