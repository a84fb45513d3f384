import seedrandom from 'seedrandom';

/** What draws are made of, for the manifest: a change of either part changes every run. */
export const RANDOM_ALGORITHMS = 'streams seedrandom-3 xor4096 double; keyed draws two-lane-multiply-xorshift-53 v1';

/** 2^-53, the step between draws. */
const DRAW_UNIT = 1 / 9007199254740992;
/** 2^-32, by which an integer's high word comes before the point; the bit operation cuts off what lies behind. */
const TO_HIGH_WORD = 1 / 4294967296;

/**
 * A sequential stream of uniform draws in [0, 1), each a multiple of 2^-53; seedrandom leaves out 0 itself.
 *
 * Equal names give equal sequences and different names unrelated ones; 1 and '1' are the same name.
 * Source: R. P. Brent, Some long-period random number generators using shifts and xors, ANZIAM J. 48 (2007), C188-C202.
 */
export function namedStream(name: string): () => number {
  const generator = seedrandom.xor4096(String(name));
  return () => generator.double();
}

/**
 * Draws that belong to a thing instead of to a moment: a pure 53-bit hash of (name, ordinal, number, purpose).
 *
 * There is no state: the same arguments give the same draw in any order and however often asked. `ordinal` is an
 * integer from 0 to 2^53 (excluded), `number` and `purpose` are from 0 to 2^32 (excluded); other values aren't
 * checked for. For a given name, ordinal below 2^32 and purpose no two (ordinal, number) share all 64 hashed bits.
 */
export class KeyedDraw {
  private readonly key0: number;
  private readonly key1: number;
  private readonly key2: number;
  private readonly key3: number;

  constructor(name: string) {
    const generator = seedrandom.xor4096(String(name));
    this.key0 = generator.int32();
    this.key1 = generator.int32();
    this.key2 = generator.int32();
    this.key3 = generator.int32();
  }

  /** A uniform draw in [0, 1), a multiple of 2^-53. */
  uniform(ordinal: number, number: number, purpose: number): number {
    // Invertible steps first, so that neighbouring arguments can't meet; then MurmurHash3's finaliser on both lanes.
    let a = Math.imul(this.key0 ^ ordinal, 0x9e3779b1);
    let b = Math.imul(this.key1 ^ number, 0x85ebca77);
    a ^= a >>> 15;
    b ^= b >>> 13;
    a = (a + ((b << 16) | (b >>> 16))) | 0;
    b ^= (a << 11) | (a >>> 21);
    a = Math.imul(a ^ this.key2 ^ purpose, 0xcc9e2d51);
    b = Math.imul(b ^ this.key3 ^ (ordinal * TO_HIGH_WORD), 0xc2b2ae3d);
    a ^= a >>> 16;
    b ^= b >>> 16;
    a = (a + ((b << 13) | (b >>> 19))) | 0;
    b = (b + ((a << 17) | (a >>> 15))) | 0;
    a = Math.imul(a, 0x85ebca6b);
    b = Math.imul(b, 0xc2b2ae35);
    a ^= a >>> 13;
    b ^= b >>> 13;
    a = (a + b) | 0;
    b = (b + ((a << 15) | (a >>> 17))) | 0;
    a = Math.imul(a, 0xc2b2ae35);
    b = Math.imul(b, 0x85ebca6b);
    a ^= a >>> 16;
    b ^= b >>> 16;
    return ((a >>> 5) * 67108864 + (b >>> 6)) * DRAW_UNIT;
  }

  /**
   * An integer from 0 to `bound` - 1, for an integer bound from 1 to 2^53 (excluded).
   *
   * Probabilities differ from 1 / bound by 2^-53 at most. It is the uniform draw of the same arguments scaled.
   */
  below(bound: number, ordinal: number, number: number, purpose: number): number {
    // u <= 1 - 2^-53 keeps u·bound more than half a unit in the last place under bound, so it can't round up to it.
    return Math.floor(this.uniform(ordinal, number, purpose) * bound);
  }
}
