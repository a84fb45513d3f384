import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { committeeCapture } from '../../../sim/kernels/voting/committee-capture.js';

/** C(n, k) exactly. */
function choose(n: bigint, k: bigint): bigint {
  if (k < 0n || k > n) return 0n;
  let result = 1n;
  for (let i = 1n; i <= k; i++) result = (result * (n - k + i)) / i;
  return result;
}

function exact(population: number, colluders: number, drawn: number, needed: number): number {
  const [n, m, k] = [population, colluders, drawn].map(BigInt) as [bigint, bigint, bigint];
  let sum = 0n;
  for (let x = BigInt(needed); x <= k; x++) sum += choose(m, x) * choose(n - m, k - x);
  return Number((sum * 10n ** 18n) / choose(n, k)) / 1e18;
}

describe('committeeCapture', () => {
  it.each([
    [10, 3, 3, 2, 11 / 60],
    [20, 5, 3, 2, 8 / 57],
    [20, 5, 5, 3, 563 / 7752],
    [100, 20, 5, 3, 13908 / 261415],
    [100, 33, 7, 4, 291307 / 1819041],
    [90, 30, 7, 4, exact(90, 30, 7, 4)],
    [90, 30, 31, 16, exact(90, 30, 31, 16)],
  ])('of %i with %i colluders, %i drawn, at least %i', (population, colluders, drawn, needed, expected) => {
    expect(committeeCapture(population, colluders, drawn, needed)).toBeCloseTo(expected, 12);
  });

  it('is what exact integers give, and goes from certain to impossible', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(60), fc.nat(60), fc.nat(61));
    fc.assert(
      fc.property(sizes, ([population, colluders, drawn, needed]) => {
        fc.pre(colluders <= population && drawn >= 1 && drawn <= population);
        const found = committeeCapture(population, colluders, drawn, needed);
        expect(Math.abs(found - exact(population, colluders, drawn, needed))).toBeLessThan(1e-12);
        expect(committeeCapture(population, colluders, drawn, 0)).toBe(1);
        expect(committeeCapture(population, colluders, drawn, drawn + 1)).toBe(0);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('holds for committees whose factorials overflow', () => {
    // half of a million, and more than half of a thousand: by symmetry less than a half by half of the middle term
    const found = committeeCapture(1_000_000, 500_000, 1_001, 501);
    expect(found).toBeCloseTo(0.5, 9);
    expect(committeeCapture(1_000_000, 330_000, 1_001, 501)).toBeLessThan(1e-20);
  });
});
