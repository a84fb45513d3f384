import { exp, log } from './exponential.js';
import { sin } from './trigonometry.js';

export { exp, expm1, log, log1p } from './exponential.js';
export { cos, sin } from './trigonometry.js';

/**
 * x^y for x >= 0: exp(y·log(x)), so the relative error grows to |y·log(x)| + 2 units of 2^-53.
 *
 * Exact or correctly rounded for y = 0, 1, 2, 0.5 and -1; other integers up to 64 in size go by repeated squaring,
 * with a relative error below |y| units of 2^-53, and are defined for negative x, too. pow(0, y) is 0 for y > 0
 * and Infinity for y < 0; any other negative x gives NaN, as does NaN, except that pow(x, 0) is 1 for every x.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  const size = Math.abs(y);
  if (size <= 64 && size === Math.floor(size)) {
    const power = integerPower(x, size);
    return y > 0 ? power : 1 / power;
  }
  if (x === 1) return Number.isNaN(y) ? y : 1;
  return exp(y * log(x));
}

function integerPower(x: number, count: number): number {
  let power = 1;
  let square = x;
  for (let rest = count; rest > 0; rest >>= 1) {
    if (rest & 1) power *= square;
    if (rest > 1) square *= square;
  }
  return power;
}

/** Lanczos coefficients for g = 607/128, n = 15 (P. Godfrey, 2001), by which the relative error is below 1e-15. */
const LANCZOS_G = 607 / 128;
const LANCZOS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488,
  0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
];

/**
 * The gamma function: (x - 1)! for integers to 171, correct to the rounding of each product; elsewhere 2e-13 relative.
 *
 * Infinity above 171.62 and at 0; NaN at negative integers. Negative x go by reflection.
 */
export function gamma(x: number): number {
  if (x === Math.floor(x) && x <= 171) {
    if (x < 0) return Number.NaN;
    if (x === 0) return Infinity;
    let product = 1;
    for (let i = 2; i < x; i++) product *= i;
    return product;
  }
  if (x < 0.5) {
    // The distance from the nearest integer is exact, so the sine is, too, close to the poles.
    const nearest = Math.round(x);
    const sine = sin(Math.PI * (x - nearest));
    return Math.PI / ((nearest % 2 === 0 ? sine : -sine) * gamma(1 - x));
  }
  if (x > 171.7) return Infinity;
  let sum = LANCZOS[0]!;
  for (let i = 1; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (x - 1 + i);
  const base = x + (LANCZOS_G - 0.5);
  // In two halves, because the power overflows before the product does.
  const half = exp(((x - 0.5) * log(base)) / 2);
  return half * (half * exp(-base)) * (2.5066282746310007 * sum);
}

/** 2^-54 and 1 - 2^-53. */
const LEAST_PROBABILITY = 1 / 18014398509481984;
const GREATEST_PROBABILITY = 1 - 1 / 9007199254740992;

const CENTRE_TOP = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const CENTRE_BOTTOM = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const MIDDLE_TOP = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const MIDDLE_BOTTOM = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const TAIL_TOP = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const TAIL_BOTTOM = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

/**
 * The quantile of the standard normal distribution, the z below which a share p of draws lies.
 *
 * p is cut to [2^-54, 1 - 2^-53], so the result is finite, from -8.29 to 8.21; NaN gives NaN. Relative error about
 * 1e-16. Source: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988), 477-484.
 */
export function normalQuantile(p: number): number {
  if (p < LEAST_PROBABILITY) return normalQuantile(LEAST_PROBABILITY);
  if (p > GREATEST_PROBABILITY) return normalQuantile(GREATEST_PROBABILITY);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? polynomial(MIDDLE_TOP, r - 1.6) / polynomial(MIDDLE_BOTTOM, r - 1.6)
      : polynomial(TAIL_TOP, r - 5) / polynomial(TAIL_BOTTOM, r - 5);
  return q < 0 ? -size : size;
}
