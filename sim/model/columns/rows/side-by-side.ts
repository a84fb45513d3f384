import { bufferOfLines, firstLine } from '../../../kernels/cache-lines.js';

/** Row handles count in steps of this: eight 1-byte, 4-byte or 8-byte columns of one row lie side by side. */
export const handleStep = 8;

/** A handle without its last bits is the row's ordinal. */
export const handleBits = 3;

/** Names of the columns of a row in the order in which they lie; eight of a kind share a cache line or two. */
export interface Layout<Integer extends string, Number extends string, Byte extends string = never> {
  /** Of values from 0 to 255. */
  readonly bytes?: readonly Byte[];
  readonly integers: readonly Integer[];
  readonly numbers: readonly Number[];
}

/** Buffers in which the columns of a row are neighbours, and the typed views on them that make the columns. */
export class SideBySide<Integer extends string, Number extends string, Byte extends string = never> {
  readonly #layout: Layout<Integer, Number, Byte>;
  /** Blocks of eight columns each. */
  readonly #bytes: readonly ArrayBuffer[];
  readonly #integers: readonly ArrayBuffer[];
  readonly #numbers: readonly ArrayBuffer[];

  /**
   * Columns of rows that are used at random, laid side by side so that a row costs few cache lines.
   *
   * A row's handle is its ordinal × 8, and `column[handle]` is its value in any of the columns. Throws a RangeError if
   * a name has two places.
   * @param copied rows of the same layout whose values are taken over
   */
  constructor(layout: Layout<Integer, Number, Byte>, rows: number, copied?: SideBySide<Integer, Number, Byte>) {
    const { bytes = [] } = layout;
    refuseDoubles([...bytes, ...layout.integers, ...layout.numbers]);
    this.#layout = layout;
    this.#bytes = blocks(bytes.length, rows * handleStep, copied === undefined ? [] : copied.#bytes);
    this.#integers = blocks(
      layout.integers.length,
      rows * handleStep * 4,
      copied === undefined ? [] : copied.#integers,
    );
    this.#numbers = blocks(layout.numbers.length, rows * handleStep * 8, copied === undefined ? [] : copied.#numbers);
  }

  byte(name: Byte): Uint8Array {
    const place = placeOf(name, this.#layout.bytes ?? []);
    return new Uint8Array(this.#bytes[Math.floor(place / handleStep)]!, firstLine + (place % handleStep));
  }

  integer(name: Integer): Int32Array {
    const place = placeOf(name, this.#layout.integers);
    return new Int32Array(this.#integers[Math.floor(place / handleStep)]!, firstLine + (place % handleStep) * 4);
  }

  number(name: Number): Float64Array {
    const place = placeOf(name, this.#layout.numbers);
    return new Float64Array(this.#numbers[Math.floor(place / handleStep)]!, firstLine + (place % handleStep) * 8);
  }
}

function refuseDoubles(names: readonly string[]): void {
  for (const [place, name] of names.entries()) {
    if (names.indexOf(name) < place) throw new RangeError(`layout: expected each name once, found ${name} twice`);
  }
}

function placeOf(name: string, names: readonly string[]): number {
  const place = names.indexOf(name);
  if (place < 0) throw new RangeError(`layout: expected one of ${names.join(', ')}, found ${name}`);
  return place;
}

function blocks(columns: number, bytes: number, copied: readonly ArrayBuffer[]): ArrayBuffer[] {
  return Array.from({ length: Math.ceil(columns / handleStep) }, (_, block) => {
    const buffer = bufferOfLines(bytes);
    if (copied[block] !== undefined) new Uint8Array(buffer).set(new Uint8Array(copied[block]));
    return buffer;
  });
}
