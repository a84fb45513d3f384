import { expect, it } from 'vitest';
import { correlationPenalty } from '../../sim/kernels/correlation-penalty.js';

it.each([
  [0.01, 1, 0],
  [0.01, 3, 0],
  [0.1, 1, 3],
  [0.1, 2, 6],
  [0.1, 3, 9],
  [1 / 3, 1, 10],
  [1 / 3, 2, 21],
  [1 / 3, 3, 32],
])('of 32 staked, %d of all slashed, multiplier %i', (share, multiplier, expected) => {
  expect(correlationPenalty(32, share * 3_000, 3_000, multiplier)).toBe(expected);
});

it('never takes more than there is', () => {
  expect(correlationPenalty(5, 100, 100, 3)).toBe(5);
});
