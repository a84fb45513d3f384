const LANE_A_SEED = 0x243f6a88;
const LANE_B_SEED = 0x85a308d3 | 0;

/**
 * A 64-bit fingerprint of a sequence of words and numbers, in two 32-bit multiply-rotate lanes.
 *
 * Equal sequences give equal fingerprints on every processor; a changed, missing, added or swapped item gives
 * another one but for a chance of about 2^-64. It is no defence against forgery. Multipliers and rotations are those
 * of MurmurHash3's body and xxHash32 (both public domain or BSD); each lane is a bijection of its state for any word.
 */
export class Fingerprint {
  private laneA = LANE_A_SEED;
  private laneB = LANE_B_SEED;
  private length = 0;
  private readonly float = new Float64Array(1);
  private readonly words = new Int32Array(this.float.buffer);

  /** Adds the low 32 bits of an integer. */
  add(word: number): void {
    const a = this.laneA ^ word;
    const b = (this.laneB + word) | 0;
    this.laneA = Math.imul((a << 13) | (a >>> 19), 0xcc9e2d51);
    this.laneB = Math.imul((b << 17) | (b >>> 15), 0x9e3779b1);
    this.length = (this.length + 1) | 0;
  }

  /** Adds the 64 bits of a number, low word first; 0 and -0 count as equal, and so do all NaN. */
  addFloat(x: number): void {
    // The bits of a NaN aren't defined by the language, so it is given words that no number has.
    if (Number.isNaN(x)) {
      this.add(-1);
      this.add(-1);
      return;
    }
    this.float[0] = x === 0 ? 0 : x;
    this.add(this.words[0]!);
    this.add(this.words[1]!);
  }

  /** The fingerprint of what was added so far as 16 hexadecimal digits; more may be added afterwards. */
  toString(): string {
    return formatLanes(this.laneA, this.laneB, this.length);
  }
}

/** Two lanes and the number of words in them as 16 hexadecimal digits. */
function formatLanes(laneA: number, laneB: number, length: number): string {
  const a = scramble(laneA ^ length);
  const b = scramble((laneB + a) ^ length);
  return hexadecimal(scramble(a ^ b)) + hexadecimal(b);
}

/** MurmurHash3's finaliser, a bijection. */
function scramble(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function hexadecimal(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
