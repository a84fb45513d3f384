import { expect, test } from 'vitest';
import { toNumber, toNumberBeside, toPhrase } from '../../reports/figure.js';

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
