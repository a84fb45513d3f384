/**
 * Probability of `from` or more of a distribution on whole numbers from `least` to `most`, given the ratios of each
 * probability to that before: summed from the mode outwards, so that nothing overflows.
 */
export function tailOf(
  {
    least,
    most,
    mode,
    from,
  }: { readonly least: number; readonly most: number; readonly mode: number; readonly from: number },
  ratio: (value: number) => number,
): number {
  let [all, tail] = [0, 0];
  const add = (value: number, weight: number) => {
    all += weight;
    if (value >= from) tail += weight;
  };
  add(mode, 1);
  let weight = 1;
  for (let value = mode; value < most && weight > 0; value++) {
    weight *= ratio(value);
    add(value + 1, weight);
  }
  weight = 1;
  for (let value = mode - 1; value >= least && weight > 0; value--) {
    weight /= ratio(value);
    add(value, weight);
  }
  return tail / all;
}

/**
 * Probability that a committee drawn without replacement has at least so many colluders: the hypergeometric tail
 * P(X ≥ `needed`).
 *
 * Summed from the mode outwards, so that no factorial overflows: right to some 1e-13 whatever the size.
 *
 * @param population members to draw from, of whom so many are `colluders`
 * @param drawn members of the committee
 */
export function committeeCapture(population: number, colluders: number, drawn: number, needed: number): number {
  const least = Math.max(0, drawn + colluders - population);
  const most = Math.min(colluders, drawn);
  if (needed <= least) return 1;
  if (needed > most) return 0;
  const mode = Math.min(most, Math.max(least, Math.floor(((drawn + 1) * (colluders + 1)) / (population + 2))));
  return tailOf({ least, most, mode, from: needed }, (value) => {
    const next = (colluders - value) * (drawn - value);
    return next / ((value + 1) * (population - colluders - drawn + value + 1));
  });
}
