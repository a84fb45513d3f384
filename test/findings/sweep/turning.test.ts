import { expect, test } from 'vitest';
import type { HeldExpectation } from '../../../sim/findings/expectations.js';
import type { SweepPoint } from '../../../sim/findings/sweep/points.js';
import { metAt, turningInWords } from '../../../sim/findings/sweep/turning.js';

type Manifest = Parameters<typeof turningInWords>[0];
type Met = boolean | null;

const axis = (name: string, unit: '' | 's' = ''): Manifest['axes'][number] => {
  return {
    name,
    paths: [name],
    units: [unit],
    values: { kind: 'range', low: 0, high: 1, scale: 'linear', step: null },
  };
};

function point(values: readonly (number | string)[], ...met: readonly Met[]): SweepPoint {
  const held = met.map((one, at) => ({ expectation: at + 1, met: one }) as HeldExpectation);
  return { point: 1, values, metrics: new Map(), held, heldFigures: [] };
}

const grid = (...axes: Manifest['axes']): Manifest => ({ axes, design: { kind: 'grid' } });
const along = (met: readonly Met[]) => met.map((one, at) => point([[100, 300, 600, 1_200][at]!], one));

test.each([
  [[true, true, false], 'holds up to 300, fails from 600 on'.replace('from 600 on', 'at 600')],
  [[true, true, false, false], 'holds up to 300, fails from 600 on'],
  [[true, null, false, false], 'holds at 100, can’t be told at 300, fails from 600 on'],
  [[false, null, null, true], 'fails at 100, can’t be told from 300 to 600, holds at 1,200'],
  [[true, false, true, true], 'holds at 100, fails at 300, holds from 600 on'],
  [[true, true, true], 'holds at all 3 points'],
  [[null, null], 'can’t be told at all 2 points'],
] as [Met[], string][])('along one axis %j is told as: %s', (met, words) => {
  expect(turningInWords(grid(axis('nodes')), along(met), 1)).toBe(words);
});

test('points in any order are told along the axis, durations as people write them', () => {
  const points = [point([172_800], false), point([3_600], true), point([86_400], true)];
  expect(turningInWords(grid(axis('epoch', 's')), points, 1)).toBe('holds up to 1 d, fails at 2 d');
});

test('words are told by what becomes of them', () => {
  const points = [point(['uniform'], true), point(['stake'], false), point(['robin'], true), point(['x'], null)];
  expect(turningInWords(grid(axis('assignment')), points, 1)).toBe(
    'holds with uniform and robin, fails with stake, can’t be told with x',
  );
});

test('of two axes the first is told for each value of the second, equal ones together', () => {
  const rows = (met: readonly (readonly Met[])[]) =>
    met.flatMap((own, row) => own.map((one, at) => point([[1, 2, 3][at]!, row * 10], one)));
  const two = grid(axis('a'), axis('b'));
  expect(
    turningInWords(
      two,
      rows([
        [true, true, false],
        [true, false, false],
        [true, true, false],
      ]),
      1,
    ),
  ).toBe('with b 0 and 20: holds up to 2, fails at 3; with b 10: holds at 1, fails from 2 on');
  expect(
    turningInWords(
      two,
      rows([
        [true, false, false],
        [true, false, false],
      ]),
      1,
    ),
  ).toBe('holds at 1, fails from 2 on, whatever b is');
});

test('more axes, and points that fill ranges, are counted', () => {
  const points = [point([1, 2, 3], true), point([2, 2, 3], false), point([3, 2, 3], true)];
  const words = 'holds at 2 and fails at 1 of 3 points';
  expect(turningInWords(grid(axis('a'), axis('b'), axis('c')), points, 1)).toBe(words);
  expect(turningInWords({ axes: [axis('a')], design: { kind: 'latin', points: 3 } }, points, 1)).toBe(words);
});

test('a question is answered with yes and no, and what isn’t expected isn’t told', () => {
  const asked = [point([1]), point([2])].map((one, at) => ({
    ...one,
    held: [{ expectation: 0, met: at === 0 } as HeldExpectation],
  }));
  expect(turningInWords(grid(axis('a')), asked, 0)).toBe('yes at 1, no at 2');
  expect(turningInWords(grid(axis('a')), asked, 1)).toBe('nothing is expected there');
});

test('an expectation with two sides fails if one does, and can’t be told if one can’t', () => {
  const sides = (...met: readonly Met[]) => ({
    ...point([1]),
    held: met.map((one) => ({ expectation: 1, met: one }) as HeldExpectation),
  });
  expect([sides(true, true), sides(true, null), sides(null, false)].map((one) => metAt(one, 1))).toEqual([
    true,
    null,
    false,
  ]);
});
