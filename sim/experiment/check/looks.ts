/**
 * How many replications there are at each look of a sequential test: the first, then twice as many each time, and the
 * most at last.
 *
 * @param first from 2 on
 * @param most from first on
 */
export function looksOf(first: number, most: number): readonly number[] {
  const looks = [first];
  for (;;) {
    const last = looks.at(-1)!;
    if (last >= most) return looks;
    looks.push(Math.min(2 * last, most));
  }
}
