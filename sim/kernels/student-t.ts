import { exp, log } from '../engine/math.js';

/**
 * Upper tail of Student's t distribution: the probability that a draw exceeds t.
 *
 * By the incomplete beta function, `P(|T| > t) = I(ν/(ν + t²); ν/2, 1/2)`; relative error below 1e-12 for up to 10⁵
 * degrees of freedom. Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 26.7.1.
 *
 * @param degrees of freedom, an integer from 1 on
 */
function studentTail(t: number, degrees: number): number {
  if (t < 0) return 1 - studentTail(-t, degrees);
  const both = incompleteBetaHalf(degrees / (degrees + t * t), degrees);
  return both / 2;
}

/**
 * The t below which a share of draws from Student's t distribution lies.
 *
 * @param probability in (0, 1)
 * @param degrees of freedom, an integer from 1 on
 */
export function studentQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1)) throw new Error(`expected a probability in (0, 1), found ${probability}`);
  if (!(degrees >= 1)) throw new Error(`expected at least one degree of freedom, found ${degrees}`);
  if (probability < 0.5) return -studentQuantile(1 - probability, degrees);
  if (probability === 0.5) return 0;
  const tail = 1 - probability;
  let low = 0;
  let high = 1;
  while (studentTail(high, degrees) > tail) {
    low = high;
    high *= 2;
  }
  // bisection ends at neighbours, where the middle is one of the two
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentTail(middle, degrees) > tail) low = middle;
    else high = middle;
  }
}

/**
 * The regularized incomplete beta function I(x; n/2, 1/2), by its continued fraction, on the side where that converges.
 * Source: W. H. Press et al., Numerical Recipes (2007), 6.4, modified Lentz's method.
 */
function incompleteBetaHalf(x: number, n: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const a = n / 2;
  const b = 0.5;
  // x^a (1 − x)^b / B(a, b)
  const front = exp(a * log(x) + b * log(1 - x) - logBetaHalf(n));
  if (x < (a + 1) / (a + b + 2)) return (front * continuedFraction(x, a, b)) / a;
  return 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

/** log B(n/2, 1/2), by B(a + 1, b) = B(a, b) a / (a + b) from B(1/2, 1/2) = π or B(1, 1/2) = 2. */
function logBetaHalf(n: number): number {
  let beta = n % 2 === 0 ? 2 : Math.PI;
  for (let a = n % 2 === 0 ? 1 : 0.5; a < n / 2; a++) beta *= a / (a + 0.5);
  return log(beta);
}

const tiny = 1e-300;
const close = 1e-16;

function continuedFraction(x: number, a: number, b: number): number {
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) <= close) return fraction;
  }
  return fraction;
}
