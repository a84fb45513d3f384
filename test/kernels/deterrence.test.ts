import { expect, it } from 'vitest';
import { advantageOfLying } from '../../sim/kernels/deterrence.js';

it('a lie brings c + (1 − q)g − q(w + σS + F) more than honest work', () => {
  const stakes = { pay: 0.4, saved: 0.1, gain: 1, slashed: 2, future: 5 };
  expect(advantageOfLying(stakes, 0)).toBeCloseTo(1.1, 12);
  expect(advantageOfLying(stakes, 1)).toBeCloseTo(0.1 - 7.4, 12);
  expect(advantageOfLying(stakes, 1.1 / 8.4)).toBeCloseTo(0, 12);
});
