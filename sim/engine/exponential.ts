/*
 * exp, expm1, log and log1p are ported from fdlibm (e_exp.c, s_expm1.c, e_log.c, s_log1p.c), whose notice is:
 *
 * ====================================================
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 *
 * Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice
 * is preserved.
 * ====================================================
 *
 * Why not Math: its transcendental functions give other bits on other processors and in other versions of V8.
 * Here are only + - * / and Math.sqrt, which IEEE 754 rounds in one way, and so the same bits come out everywhere.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;
const TWO_54 = 18014398509481984;
const TWO_1023 = 8.98846567431158e307;

/** One double and its two words, to read and to make exponents; the words are in the order of x64 and arm64. */
const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/** 2^-k at k + 1023, for -1023 <= k <= 1024. */
const SCALES = Float64Array.from({ length: 2048 }, (_, place) => {
  let scale = 1;
  for (let k = place - 1023; k > 0; k--) scale /= 2;
  for (let k = place - 1023; k < 0; k++) scale *= 2;
  return scale;
});

/** 2^k for -1022 <= k <= 1023. */
function powerOfTwo(k: number): number {
  words[0] = 0;
  words[1] = (1023 + k) << 20;
  return float[0]!;
}

/** e^x for any number; Infinity above 709.78, 0 below -745.13. Error below 1 ulp. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  // The polynomial is one unit too high just here, where the constant is known.
  if (x === 1) return Math.E;
  const size = Math.abs(x);
  if (size < 3.725290298461914e-9) return 1 + x;
  let high = x;
  let low = 0;
  let k = 0;
  if (size > 0.34657359027997264) {
    if (size < 1.0397207708399179) k = x > 0 ? 1 : -1;
    else k = Math.trunc(INVERSE_LN2 * x + (x > 0 ? 0.5 : -0.5));
    high = x - k * LN2_HIGH;
    low = k * LN2_LOW;
  }
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k > 1023) return y * 2 * TWO_1023;
  if (k >= -1021) return y * powerOfTwo(k);
  return y * powerOfTwo(k + 1000) * 9.332636185032189e-302;
}

/** The natural logarithm for x >= 0, -Infinity at 0 and NaN below. Error below 1 ulp. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  let k = 0;
  float[0] = x;
  if (x < 2.2250738585072014e-308) {
    k = -54;
    float[0] = x * TWO_54;
  }
  let top = words[1]!;
  k += (top >> 20) - 1023;
  const exponent = (top >> 20) - 1023;
  top &= 0x000fffff;
  const carry = ((top + 0x95f64) & 0x100000) >> 20;
  k += carry;
  // Scaling is exact, and faster than patching words: a load right behind a narrower store waits for it.
  const f = float[0]! * SCALES[exponent + carry + 1023]! - 1;
  if ((0x000fffff & (2 + top)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
    const r = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const r = logSeries(s * s);
  if (((top - 0x6147a) | (0x6b851 - top)) > 0) {
    const half = 0.5 * f * f;
    if (k === 0) return f - (half - s * (half + r));
    return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  if (k === 0) return f - s * (f - r);
  return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/** The polynomial in z = s² that log and log1p share. */
function logSeries(z: number): number {
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  return odd + even;
}

/** log(1 + x) for x >= -1, exact to the last places near 0; -Infinity at -1 and NaN below. Error below 1 ulp. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  const size = Math.abs(x);
  if (size < 1.862645149230957e-9) return size < 5.551115123125783e-17 ? x : x - x * x * 0.5;
  let k = 0;
  let f = x;
  let correction = 0;
  let top = 1;
  if (x <= -0.2928932188134524 || x >= 0.41421356237309503) {
    const u = x < 9007199254740992 ? 1 + x : x;
    float[0] = u;
    top = words[1]!;
    k = (top >> 20) - 1023;
    if (x < 9007199254740992) correction = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    top &= 0x000fffff;
    if (top < 0x6a09e) {
      words[1] = top | 0x3ff00000;
    } else {
      k++;
      words[1] = top | 0x3fe00000;
      top = (0x00100000 - top) >> 2;
    }
    f = float[0]! - 1;
  }
  const half = 0.5 * f * f;
  if (top === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + (correction + k * LN2_LOW);
    const r = half * (1 - 0.6666666666666666 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - (k * LN2_LOW + correction) - f);
  }
  const s = f / (2 + f);
  const r = logSeries(s * s);
  if (k === 0) return f - (half - s * (half + r));
  return k * LN2_HIGH - (half - (s * (half + r) + (k * LN2_LOW + correction)) - f);
}

/** e^x - 1 for any number, exact to the last places near 0; Infinity above 709.78. Error below 1 ulp. */
export function expm1(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -56 * Math.LN2) return -1;
  const size = Math.abs(x);
  if (size < 5.551115123125783e-17) return x;
  let k = 0;
  let r = x;
  let correction = 0;
  if (size > 0.34657359027997264) {
    if (size < 1.0397207708399179) k = x > 0 ? 1 : -1;
    else k = Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5));
    const high = x - k * LN2_HIGH;
    const low = k * LN2_LOW;
    r = high - low;
    correction = high - r - low;
  }
  const half = 0.5 * r;
  const z = r * half;
  const series =
    1 +
    z *
      (-0.03333333333333313 +
        z *
          (0.0015873015872548146 +
            z * (-7.93650757867488e-5 + z * (4.008217827329362e-6 + z * -2.0109921818362437e-7))));
  const t = 3 - series * half;
  let e = z * ((series - t) / (6 - r * t));
  if (k === 0) return r - (r * e - z);
  e = r * (e - correction) - correction - z;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  if (k <= -2 || k > 56) {
    const y = 1 - (e - r);
    return (k === 1024 ? y * 2 * TWO_1023 : y * powerOfTwo(k)) - 1;
  }
  if (k < 20) return (1 - powerOfTwo(-k) - (e - r)) * powerOfTwo(k);
  return (r - (e + powerOfTwo(-k)) + 1) * powerOfTwo(k);
}
