import { expect, test } from 'vitest';
import { namedStream } from '../../../sim/engine/random-stream.js';
import { sobolAxesMost, sobolPoints } from '../../../sim/kernels/designs/sobol.js';

/** How many points lie in each box that divides the axes into `parts` (a power of two each). */
function boxes(points: readonly (readonly number[])[], parts: readonly number[]): number[] {
  const counts = new Map<string, number>();
  for (const point of points) {
    const box = parts.map((part, axis) => Math.floor(point[axis]! * part)).join();
    counts.set(box, (counts.get(box) ?? 0) + 1);
  }
  return [...counts.values()];
}

test('without a shift, the first points are those of Joe and Kuo’s numbers', () => {
  // by scipy.stats.qmc.Sobol(d=4, scramble=False), whose numbers are the same
  expect(sobolPoints(8, 4, () => 0)).toEqual([
    [0, 0, 0, 0],
    [0.5, 0.5, 0.5, 0.5],
    [0.75, 0.25, 0.25, 0.25],
    [0.25, 0.75, 0.75, 0.75],
    [0.375, 0.375, 0.625, 0.875],
    [0.875, 0.875, 0.125, 0.375],
    [0.625, 0.125, 0.875, 0.625],
    [0.125, 0.625, 0.375, 0.125],
  ]);
  expect(sobolPoints(128, 21, () => 0)[101]).toEqual([
    ...[0.9140625, 0.7578125, 0.2734375, 0.2265625, 0.3828125, 0.2421875, 0.5234375, 0.9765625, 0.1328125],
    ...[0.1953125, 0.9609375, 0.1796875, 0.9765625, 0.3515625, 0.8203125, 0.9921875, 0.1796875, 0.2421875],
    ...[0.3359375, 0.8359375, 0.2578125],
  ]);
});

test.each([0, 4, 7, 10])('of the first 2^%i points, each of as many strata of each axis holds one', (m) => {
  const count = 2 ** m;
  const points = sobolPoints(count, sobolAxesMost, namedStream(`sobol ${m}`));
  for (let axis = 0; axis < sobolAxesMost; axis++) {
    const strata = points.map((point) => Math.floor(point[axis]! * count)).sort((a, b) => a - b);
    expect(strata).toEqual(Array.from({ length: count }, (_, stratum) => stratum));
  }
});

test('the first two axes are a (0, m, 2)-net: every box of volume 2^-m holds one point', () => {
  const m = 8;
  const points = sobolPoints(2 ** m, 2, namedStream('net'));
  for (let k = 0; k <= m; k++) expect(boxes(points, [2 ** k, 2 ** (m - k)])).toEqual(Array(2 ** m).fill(1));
});

test('the first three axes are a (1, m, 3)-net: every box of volume 2^(1-m) holds two points', () => {
  const m = 7;
  const points = sobolPoints(2 ** m, 3, namedStream('three'));
  for (let i = 0; i < m; i++) {
    for (let j = 0; i + j < m; j++) {
      const counts = boxes(points, [2 ** i, 2 ** j, 2 ** (m - 1 - i - j)]);
      expect(counts).toEqual(Array(2 ** (m - 1)).fill(2));
    }
  }
});

test('points lie in [0, 1), and more axes than there are numbers for are refused', () => {
  const points = sobolPoints(64, 2, () => 1 - Number.EPSILON / 2);
  expect(points.flat().every((place) => place >= 0 && place < 1)).toBe(true);
  expect(() => sobolPoints(4, sobolAxesMost + 1, () => 0)).toThrow('expected at most 21 axes, found 22');
});
