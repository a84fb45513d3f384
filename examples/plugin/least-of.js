/** The least of some numbers; NaN of none. */
export function leastOf(numbers) {
  return numbers.length === 0 ? Number.NaN : numbers.reduce((least, number) => Math.min(least, number));
}
