/**
 * Spearman's rank correlation of pairs of values, −1 to 1, equal values sharing the mean of their ranks; NaN where
 * either has no two different values.
 *
 * Source: C. Spearman, The proof and measurement of association between two things, Amer. J. Psychology 15 (1904),
 * 72-101.
 */
export function rankCorrelation(first: Float64Array, second: Float64Array): number {
  const [a, b] = [ranks(first), ranks(second)];
  const mean = (first.length + 1) / 2;
  let together = 0;
  let ofFirst = 0;
  let ofSecond = 0;
  for (let row = 0; row < a.length; row++) {
    together += (a[row]! - mean) * (b[row]! - mean);
    ofFirst += (a[row]! - mean) * (a[row]! - mean);
    ofSecond += (b[row]! - mean) * (b[row]! - mean);
  }
  if (ofFirst === 0 || ofSecond === 0) return Number.NaN;
  return Math.max(-1, Math.min(1, together / (Math.sqrt(ofFirst) * Math.sqrt(ofSecond))));
}

/** The rank of each value from 1, equal ones the mean of theirs. */
function ranks(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranked = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let until = from + 1;
    while (until < order.length && values[order[until]!] === values[order[from]!]) until++;
    for (let place = from; place < until; place++) ranked[order[place]!] = (from + 1 + until) / 2;
    from = until;
  }
  return ranked;
}
