/*
 * sin and cos are ported from fdlibm (k_sin.c, k_cos.c, e_rem_pio2.c), whose notice is:
 *
 * ====================================================
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 *
 * Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice
 * is preserved.
 * ====================================================
 */

/** Arguments up to here are reduced by pi/2 in three parts of 33 bits; greater ones by an integer product. */
const MEDIUM_LIMIT = 823549.6645;
const PI_4 = 0.7853981633974483;
const INVERSE_PI_2 = 0.6366197723675814;
const PI_2_1 = 1.5707963267341256;
const PI_2_1_TAIL = 6.077100506506192e-11;
const PI_2_2 = 6.077100506303966e-11;
const PI_2_2_TAIL = 2.0222662487959506e-21;
const PI_2_3 = 2.0222662487111665e-21;
const PI_2_3_TAIL = 8.4784276603689e-32;
const PI_2_HIGH = 1.5707963267948966;
const PI_2_LOW = 6.123233995736766e-17;
/** Bits of 2/pi after the point; enough for the greatest double, whose last place is 2^971. */
const TWO_OVER_PI_BITS = 1280;
const TWO_OVER_PI = BigInt(
  [
    '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc5',
    '61b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb44',
    '84e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde0598',
    '0fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f1',
    '7b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af436',
    '1d',
  ].join(''),
);

/** The sine of an angle in radians, any finite number; NaN for NaN and infinities. Error below 1 ulp. */
export function sin(x: number): number {
  if (Math.abs(x) <= PI_4) return kernelSin(x, 0);
  const quadrant = reduce(x);
  const r = reduced[0]!;
  const tail = reduced[1]!;
  if (quadrant === 0) return kernelSin(r, tail);
  if (quadrant === 1) return kernelCos(r, tail);
  return quadrant === 2 ? -kernelSin(r, tail) : -kernelCos(r, tail);
}

/** The cosine of an angle in radians, any finite number; NaN for NaN and infinities. Error below 1 ulp. */
export function cos(x: number): number {
  if (Math.abs(x) <= PI_4) return kernelCos(x, 0);
  const quadrant = reduce(x);
  const r = reduced[0]!;
  const tail = reduced[1]!;
  if (quadrant === 0) return kernelCos(r, tail);
  if (quadrant === 1) return -kernelSin(r, tail);
  return quadrant === 2 ? -kernelCos(r, tail) : kernelSin(r, tail);
}

/** Where `reduce` leaves its two-part result, so that it needs no allocation. */
const reduced = new Float64Array(2);

/** Leaves x - k·pi/2 in `reduced`, with at most pi/4 in size, and returns k modulo 4. */
function reduce(x: number): number {
  const size = Math.abs(x);
  if (!(size < Infinity)) {
    reduced[0] = Number.NaN;
    return 0;
  }
  const quadrant = size < MEDIUM_LIMIT ? reduceMedium(size) : reduceGreat(size);
  if (x > 0) return quadrant;
  reduced[0] = -reduced[0]!;
  reduced[1] = -reduced[1]!;
  return (4 - quadrant) & 3;
}

function reduceMedium(x: number): number {
  const count = Math.floor(x * INVERSE_PI_2 + 0.5);
  let r = x - count * PI_2_1;
  let w = count * PI_2_1_TAIL;
  let y = r - w;
  // Each further part of pi/2 is used where the difference has lost the bits for which the parts before were enough.
  if (Math.abs(y) < x * 1.52587890625e-5) {
    let t = r;
    w = count * PI_2_2;
    r = t - w;
    w = count * PI_2_2_TAIL - (t - r - w);
    y = r - w;
    if (Math.abs(y) < x * 1.7763568394002505e-15) {
      t = r;
      w = count * PI_2_3;
      r = t - w;
      w = count * PI_2_3_TAIL - (t - r - w);
      y = r - w;
    }
  }
  reduced[0] = y;
  reduced[1] = r - y - w;
  return count & 3;
}

/** As Payne and Hanek: the quotient's integer bits above the lowest two never matter, so the product is exact. */
function reduceGreat(x: number): number {
  let exponent = 0;
  let mantissa = x;
  // x is an integer multiple of a power of two; scaling down by 2 is exact.
  while (mantissa >= 9007199254740992) {
    mantissa /= 2;
    exponent++;
  }
  while (mantissa !== Math.floor(mantissa)) {
    mantissa *= 2;
    exponent--;
  }
  const shift = BigInt(TWO_OVER_PI_BITS - exponent);
  const product = BigInt(mantissa) * TWO_OVER_PI;
  let quadrant = Number((product >> shift) & 3n);
  // The fraction as a signed number of 2^-160, enough bits for the nearest that a double comes to a multiple of pi/2.
  let fraction = BigInt.asUintN(Number(shift), product) >> (shift - 160n);
  if (fraction >> 159n === 1n) {
    fraction -= 1n << 160n;
    quadrant = (quadrant + 1) & 3;
  }
  const high = Number(fraction);
  const low = Number(fraction - BigInt(high));
  const f = high * 6.842277657836021e-49;
  const g = low * 6.842277657836021e-49;
  // (f + g)·(pi/2) in two parts; f is split in halves of 26 bits so that its product's rounding error is known.
  const y = f * PI_2_HIGH;
  const fSplit = f * 134217729;
  const fTop = fSplit - (fSplit - f);
  const fRest = f - fTop;
  const pSplit = PI_2_HIGH * 134217729;
  const pTop = pSplit - (pSplit - PI_2_HIGH);
  const pRest = PI_2_HIGH - pTop;
  const error = fTop * pTop - y + fTop * pRest + fRest * pTop + fRest * pRest;
  const tail = error + (f * PI_2_LOW + g * PI_2_HIGH);
  reduced[0] = y + tail;
  reduced[1] = y - reduced[0]! + tail;
  return quadrant;
}

/** sin(x + y) for |x| <= pi/4 and its tail y. */
function kernelSin(x: number, y: number): number {
  if (Math.abs(x) < 7.450580596923828e-9) return x;
  const z = x * x;
  const v = z * x;
  const r =
    0.00833333333332249 +
    z *
      (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  if (y === 0) return x + v * (-0.16666666666666632 + z * r);
  return x - (z * (0.5 * y - v * r) - y - v * -0.16666666666666632);
}

/** cos(x + y) for |x| <= pi/4 and its tail y. */
function kernelCos(x: number, y: number): number {
  const z = x * x;
  const w = z * z;
  const r =
    z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 2.480158728947673e-5)) +
    w * w * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11));
  const half = 0.5 * z;
  const one = 1 - half;
  return one + (1 - one - half + (z * r - x * y));
}
