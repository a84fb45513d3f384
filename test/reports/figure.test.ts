import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  toExactPhrase,
  toNumber,
  toNumberBeside,
  toPhrase,
  toPhraseBeside,
  toStretch,
  unitOfDifference,
} from '../../reports/figure.js';

test.each([
  [0, '0'],
  [-0, '0'],
  [0.0312, '0.0312'],
  [0.00981, '0.00981'],
  [0.5, '0.5'],
  [-0.00001, '−1.00e-5'],
  [1.234, '1.23'],
  [12.34, '12.3'],
  [99.96, '100'],
  [98.7, '98.7'],
  [-4321.4, '−4,321'],
  [1_234_567, '1,234,567'],
  [12, '12'],
  [1e21, '1.00e+21'],
  [Number.NaN, '–'],
])('toNumber(%d) is %s', (value, text) => {
  expect(toNumber(value)).toBe(text);
});

test.each([
  [0.031, 'fraction', '3.1 %'],
  [-0.712, 'fraction', '−71.2 %'],
  [0.3, 's', '300 ms'],
  [0, 's', '0 s'],
  [90, 's', '90 s'],
  [1_440, 's', '24 min'],
  [86_400, 's', '24 h'],
  [864_000, 's', '10 d'],
  [4_321, 'USD', '4,321 USD'],
  [0.97, 'probability', '0.97'],
  [0.99997, 'fraction', '99.997 %'],
  // what sums of times leave of all
  [0.9999999999999997, 'fraction', '100 %'],
  [1 - 1e-9, 'fraction', '99.9999999 %'],
  [Number.NaN, 'USD', '–'],
])('toPhrase(%d, %s) is %s', (value, unit, text) => {
  expect(toPhrase(value, unit)).toBe(text);
});

test.each([
  [0.99997, [1], '0.99997'],
  [1, [1], '1'],
  [0.0999996, [0.1], '0.0999996'],
  [0.0312, [0.1], '0.0312'],
  [2_999.7, [3_000], '2,999.7'],
  [-0.00001, [0], '−1.00e-5'],
  [1 / 3, [0.333, 0.334], '0.3333'],
  [Number.NaN, [1], '–'],
])('toNumberBeside(%d, %j) is %s', (value, limits, text) => {
  expect(toNumberBeside(value, limits)).toBe(text);
});

test.each([
  [0.0181, 'fraction', [0.1, 1], '1.81 %'],
  [0.07, 'fraction', [0.07, 1], '7 %'],
  [0.0999996, 'fraction', [0.1, 1], '9.99996 %'],
  [1_199.9999, 's', [1_200], '19.999998 min'],
  [1_200, 's', [1_200], '20 min'],
  [0, 's', [0], '0 s'],
  [2_999.7, 'tokens', [3_000], '2,999.7 tokens'],
  [0.5, 'probability', [1], '0.5'],
  [Number.NaN, 'fraction', [1], '–'],
])('toPhraseBeside(%d, %s, %j) is %s', (value, unit, limits, text) => {
  expect(toPhraseBeside(value, unit, limits)).toBe(text);
});

test.each([
  [0.1, 'fraction', '10 %'],
  [0.07, 'fraction', '7 %'],
  [0.123456, 'fraction', '12.3456 %'],
  [-0.5, 'fraction', '−50 %'],
  [154, 's', '154 s'],
  [5_400, 's', '90 min'],
  [172_800, 's', '2 d'],
  [0, 's', '0 s'],
  [0.25, 's', '0.25 s'],
  [3_000.5, 'tokens', '3,000.5 tokens'],
  [0.9, 'probability', '0.9'],
  [12_345_678, 'jobs', '12,345,678 jobs'],
])('toExactPhrase(%d, %s) is %s', (value, unit, text) => {
  expect(toExactPhrase(value, unit)).toBe(text);
});

test('a difference of shares is in percentage points, of other values in their unit', () => {
  const points = unitOfDifference('fraction');
  expect(toPhrase(-0.0212, points)).toBe('−2.12 percentage points');
  expect(toPhrase(1 - 1e-4, points)).toBe('100 percentage points');
  expect(toPhraseBeside(0.0999996, points, [0.1])).toBe('9.99996 percentage points');
  expect(toExactPhrase(0.07, points)).toBe('7 percentage points');
  expect(toPhrase(Number.NaN, points)).toBe('–');
  expect(toPhrase(-90, unitOfDifference('s'))).toBe('−90 s');
});

test.each([
  [6, 6.5, 'from 6 to 6.5 d'],
  [50 / 24, 71 / 24, 'from 50 to 71 h'],
  [10, 240.1 / 24, 'from 240 to 240.1 h'],
  [47.9 / 24, 2, 'from 47.9 to 48 h'],
  [0, 1 / 1_440, 'from 0 to 1 min'],
  [10.003_472_9, 12.517_3, 'from 10 to 12.5 d'],
  [123.456_78, 124.456_78, 'from 123.46 to 124.46 d'],
  [1_200, 1_201, 'from 1,200 to 1,201 d'],
])('toStretch(%d d, %d d) is %s', (from, to, text) => {
  expect(toStretch(from * 86_400, to * 86_400)).toBe(text);
});

test('toStretch never has both ends alike', () => {
  const seconds = fc.double({ min: 0, max: 1e9, noNaN: true });
  const length = fc.double({ min: 0.001, max: 1e8, noNaN: true });
  fc.assert(
    fc.property(seconds, length, (from, lasting) => {
      const [, start, end] = /^from (\S+) to (\S+) (d|h|min|s|ms)$/.exec(toStretch(from, from + lasting))!;
      expect(start).not.toBe(end);
    }),
  );
});
