/** What is measured: a unit, empty for plain numbers, and a meaning as tables tell it. */
export interface Measured {
  readonly unit: string;
  readonly meaning: string;
}

/** A measure of each node that a mechanism keeps. */
interface Measure extends Measured {
  /** In camelCase, with the unit at the end. */
  readonly name: string;
  /** By node; NaN where nothing was measured. */
  readonly values: Float64Array;
}

/**
 * What mechanisms measure of nodes for one another: whoever says what a measure is publishes it, whoever knows its name
 * can read it, and tables print it without knowing either.
 */
export class Measures {
  readonly #capacity: number;
  readonly #columns = new Map<string, Float64Array>();
  readonly #published: Measure[] = [];

  /** @param capacity nodes that there can come to be */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Those that somebody publishes, in the order in which they were first published. */
  get published(): readonly Measure[] {
    return this.#published;
  }

  /**
   * The column of this name, all NaN until its publisher fills it; throws for two publishers that don't mean the same.
   *
   * @param measured what it is, by who publishes it; absent: to read it, whether or not anybody publishes it
   */
  column(name: string, measured?: Measured): Float64Array {
    const values = this.#columns.get(name) ?? new Float64Array(this.#capacity).fill(Number.NaN);
    this.#columns.set(name, values);
    if (measured === undefined) return values;
    const known = this.#published.find((one) => one.name === name);
    if (known === undefined) this.#published.push({ name, ...measured, values });
    else if (known.unit !== measured.unit || known.meaning !== measured.meaning) {
      throw new Error(`measure ${name}: expected one meaning, found two that differ`);
    }
    return values;
  }
}
