import { expect, test } from 'vitest';
import { namedStream } from '../../../sim/engine/random-stream.js';
import { latinHypercube } from '../../../sim/kernels/designs/latin-hypercube.js';

test.each([
  [1, 1],
  [2, 3],
  [50, 4],
  [997, 12],
])('%i points on %i axes: each stratum of each axis holds exactly one', (count, axes) => {
  const points = latinHypercube(count, axes, namedStream(`latin ${count}`));
  expect(points).toHaveLength(count);
  for (let axis = 0; axis < axes; axis++) {
    const strata = points.map((point) => Math.floor(point[axis]! * count)).sort((a, b) => a - b);
    expect(strata).toEqual(Array.from({ length: count }, (_, stratum) => stratum));
  }
});

test('draws as close to 1 as there are leave each point in its stratum', () => {
  const points = latinHypercube(3, 1, () => 1 - Number.EPSILON / 2);
  expect(points.map(([place]) => Math.floor(place! * 3)).sort()).toEqual([0, 1, 2]);
});

test('axes are independent of one another: their orders are hardly correlated', () => {
  const count = 2_000;
  const points = latinHypercube(count, 2, namedStream('correlation'));
  const products = points.reduce((sum, [a, b]) => sum + (a! - 0.5) * (b! - 0.5), 0);
  // of standard deviation 1/√n, in units of the variance 1/12
  expect(Math.abs((products / count) * 12)).toBeLessThan(4 / Math.sqrt(count));
});

test('the same stream gives the same points, another one others', () => {
  const of = (name: string) => latinHypercube(20, 2, namedStream(name));
  expect(of('a')).toEqual(of('a'));
  expect(of('a')).not.toEqual(of('b'));
});
