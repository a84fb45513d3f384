/**
 * Points of a Latin hypercube: on each axis, each of the `count` equal strata of [0, 1) holds exactly one point, at a
 * random place in it. A row a point, a number an axis.
 *
 * Source: M. D. McKay, R. J. Beckman, W. J. Conover, A comparison of three methods for selecting values of input
 * variables in the analysis of output from a computer code, Technometrics 21 (1979), 239-245.
 *
 * @param random uniform draws in [0, 1)
 */
export function latinHypercube(count: number, axes: number, random: () => number): readonly (readonly number[])[] {
  const columns = Array.from({ length: axes }, () => {
    const strata = shuffled(count, random);
    return strata.map((stratum) => withinStratum(stratum, count, random()));
  });
  return Array.from({ length: count }, (_, point) => columns.map((column) => column[point]!));
}

/** Rounding must not lift a point into the next stratum, or to 1. */
function withinStratum(stratum: number, count: number, draw: number): number {
  const place = (stratum + draw) / count;
  return place * count >= stratum + 1 ? stratum / count : place;
}

/** The whole numbers from 0 to `count` - 1 in random order (Fisher and Yates). */
function shuffled(count: number, random: () => number): readonly number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = order[last]!;
    order[last] = order[other]!;
    order[other] = moved;
  }
  return order;
}
