import { expect, it } from 'vitest';
import { advantageOfLying, presentValue } from '../../sim/kernels/deterrence.js';

it('a lie brings c + (1 − q)g − q(w + σS + F) more than honest work', () => {
  const stakes = { pay: 0.4, saved: 0.1, gain: 1, slashed: 2, future: 5 };
  expect(advantageOfLying(stakes, 0)).toBeCloseTo(1.1, 12);
  expect(advantageOfLying(stakes, 1)).toBeCloseTo(0.1 - 7.4, 12);
  expect(advantageOfLying(stakes, 1.1 / 8.4)).toBeCloseTo(0, 12);
});

it('an income of a year is worth (1 − e^(−r))/r of it, a sum where nothing is discounted', () => {
  expect(presentValue(12, 0, 2)).toBe(24);
  expect(presentValue(12, 0.05, 1)).toBeCloseTo((12 * (1 - Math.exp(-0.05))) / 0.05, 12);
  // a hundred thousand slices, each at its middle
  const slices = 100_000;
  let sum = 0;
  for (let slice = 0; slice < slices; slice++) sum += (12 * 3 * Math.exp((-0.4 * 3 * (slice + 0.5)) / slices)) / slices;
  expect(presentValue(12, 0.4, 3)).toBeCloseTo(sum, 8);
  expect(presentValue(12, 1e-12, 2)).toBeCloseTo(24, 9);
});
