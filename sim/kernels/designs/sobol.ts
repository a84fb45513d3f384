/** Bits of a coordinate. */
const BITS = 32;
const TO_UNIT = 1 / 4294967296;

/**
 * Primitive polynomials (degree s, inner coefficients a) and first direction numbers m of the axes from the second on:
 * the head of new-joe-kuo-6.21201.
 *
 * Source: S. Joe, F. Y. Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM J. Sci. Comput.
 * 30 (2008), 2635-2654.
 */
const directions: readonly (readonly [s: number, a: number, m: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
];

/** Axes that `sobolPoints` has direction numbers for. */
export const sobolAxesMost = directions.length + 1;

/**
 * The first points of the Sobol sequence in [0, 1) with a random digital shift, which keeps its balance: of the first
 * 2^m points, each interval [k/2^m, (k + 1)/2^m) of each axis holds exactly one. A row a point, a number an axis.
 *
 * Throws for more axes than `sobolAxesMost`.
 *
 * @param count from 0 to 2^32 (excluded)
 * @param random uniform draws in [0, 1), one an axis is taken
 */
export function sobolPoints(count: number, axes: number, random: () => number): readonly (readonly number[])[] {
  if (axes > sobolAxesMost) throw new Error(`expected at most ${sobolAxesMost} axes, found ${axes}`);
  const numbers = Array.from({ length: axes }, (_, axis) => directionNumbers(axis));
  const state = Array.from({ length: axes }, () => Math.floor(random() / TO_UNIT) >>> 0);
  const points: (readonly number[])[] = [];
  for (let point = 0; point < count; point++) {
    points.push(state.map((digits) => digits * TO_UNIT));
    // the place of the lowest zero bit of the point's number, by the order of the Gray code
    let place = 0;
    for (let rest = point; (rest & 1) === 1; rest >>>= 1) place++;
    for (let axis = 0; axis < axes; axis++) state[axis] = (state[axis]! ^ numbers[axis]![place]!) >>> 0;
  }
  return points;
}

/** v_k = m_k / 2^k as digits, by the recurrence of the axis's polynomial. */
function directionNumbers(axis: number): Uint32Array {
  const numbers = new Uint32Array(BITS);
  if (axis === 0) {
    for (let bit = 0; bit < BITS; bit++) numbers[bit] = 1 << (BITS - 1 - bit);
    return numbers;
  }
  const [degree, coefficients, first] = directions[axis - 1]!;
  for (let bit = 0; bit < BITS; bit++) {
    if (bit < degree) {
      numbers[bit] = first[bit]! << (BITS - 1 - bit);
      continue;
    }
    let number = numbers[bit - degree]! ^ (numbers[bit - degree]! >>> degree);
    for (let k = 1; k < degree; k++) {
      if (((coefficients >>> (degree - 1 - k)) & 1) === 1) number ^= numbers[bit - k]!;
    }
    numbers[bit] = number;
  }
  return numbers;
}
