import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rocCurve } from '../../../reports/series/roc-curve.js';
import { areaUnderCurve } from '../../../sim/kernels/area-under-curve.js';

/** Area below the corners, by trapezia. */
function areaOf(corners: ReturnType<typeof rocCurve>): number {
  return corners
    .slice(1)
    .reduce(
      (sum, { honest, hostile }, at) => sum + ((honest - corners[at]!.honest) * (hostile + corners[at]!.hostile)) / 2,
      0,
    );
}

test('a limit has both sides’ shares at or below it', () => {
  expect(rocCurve(Float64Array.of(1, 2), Float64Array.of(2, 3, 3, 4))).toEqual([
    { limit: Number.NEGATIVE_INFINITY, honest: 0, hostile: 0 },
    { limit: 1, honest: 0, hostile: 0.5 },
    { limit: 2, honest: 0.25, hostile: 1 },
    { limit: 3, honest: 0.75, hostile: 1 },
    { limit: 4, honest: 1, hostile: 1 },
  ]);
});

test('the area below is the probability that an attacker scores lower, ties half', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(scores, scores, (hostile, honest) => {
      const [bad, good] = [Float64Array.from(hostile), Float64Array.from(honest)];
      const corners = rocCurve(bad, good);
      expect(corners.at(-1)).toMatchObject({ honest: 1, hostile: 1 });
      expect(areaOf(corners)).toBeCloseTo(areaUnderCurve(bad, good), 12);
    }),
    { seed: 1 },
  );
});

test('of very many scores some hundred corners stay, with the area', () => {
  const hostile = Float64Array.from({ length: 20_000 }, (_, at) => at);
  const honest = Float64Array.from({ length: 20_000 }, (_, at) => at + 5_000.5);
  const corners = rocCurve(hostile, honest);
  expect(corners.length).toBeLessThan(320);
  expect(areaOf(corners)).toBeCloseTo(areaUnderCurve(hostile, honest), 2);
});

test('without one of the sides there are the ends alone', () => {
  const corners = rocCurve(new Float64Array(0), Float64Array.of(1));
  expect(corners.map(({ honest, hostile }) => [honest, hostile])).toEqual([
    [0, 0],
    [1, 1],
  ]);
});
