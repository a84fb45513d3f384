import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hasOneRate, oneRateExpected, rateKeys, ratePerSecond } from '../../../sim/model/contract/rate-keys.js';
import * as units from '../../../sim/model/contract/settings.js';

const meaning = 'for the test';
const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('duration', () => {
  test('reads numbers as seconds and texts in their unit', () => {
    const schema = units.duration({ meaning });
    const texts = [7, '300ms', '30s', '20m', '1h', '1.5h', '30d', '2w', '0s'];
    expect(texts.map((text) => schema.parse(text))).toEqual([7, 0.3, 30, 1_200, 3_600, 5_400, 2_592_000, 1_209_600, 0]);
  });

  test.each([
    '',
    '30',
    'm',
    '-3s',
    '3 s',
    '3S',
    '1e3s',
    '.5h',
    '01h',
    '00.5h',
    '1_000s',
    '2d.',
    '30dd',
    '٣s',
    Infinity,
    Number.NaN,
    true,
    null,
    ['3s'],
  ])('refuses %j', (value) => {
    expect(accepts(units.duration({ meaning }), value)).toBe(false);
  });

  test('but for 0 it is a nanosecond at least, and ten million days at most', () => {
    const schema = units.duration({ meaning });
    const values = [5e-324, 1e-10, 1e-9, '0.000001ms', 864e9, '10000000d', 864e9 + 1, '10000001d', 1e300];
    expect(values.map((value) => accepts(schema, value))).toEqual([
      false,
      false,
      ...Array(4).fill(true),
      ...Array(3).fill(false),
    ]);
    const words = (value: unknown, options = {}) =>
      units.duration({ meaning, ...options }).safeParse(value).error?.issues[0]?.message;
    expect(words(1e300)).toBe('expected a duration of at most 10000000d');
    expect(words(1e-300)).toBe('expected a duration of at least 0.000001ms');
    expect(words('4000d', { positive: true, most: 3_650 * 86_400 })).toMatch(/above 0 and at most 3650d,/);
  });

  test('0 is allowed below the least where it is asked for', () => {
    const schema = units.duration({ meaning, least: 1, orZero: true });
    expect([0, '0s', 1, 0.5, '999ms'].map((value) => accepts(schema, value))).toEqual([true, true, true, false, false]);
  });

  test.each([
    ['1e3s', '1000s'],
    ['1_000s', '1000s'],
    ['2d.', '2d'],
    ['01h', '1h'],
    ['1,5h', '1.5h'],
  ])('%s was probably meant as %s', (written, meant) => {
    expect(units.duration({ meaning }).safeParse(written).error?.issues[0]).toMatchObject({
      params: { suggestion: meant },
    });
  });

  test('bounds are included, and positive excludes 0', () => {
    const schema = units.duration({ meaning, least: 60, most: 3_600 });
    expect([59, '1m', '1h', 3_601].map((value) => accepts(schema, value))).toEqual([false, true, true, false]);
    expect(accepts(units.duration({ meaning, positive: true }), 0)).toBe(false);
    expect(accepts(units.duration({ meaning }), -1)).toBe(false);
  });

  test('toDuration writes the largest unit that leaves a whole number', () => {
    const written = [0, 0.3, 30, 90, 1_200, 86_400, 604_800, 2_592_000].map(units.toDuration);
    expect(written).toEqual(['0', '300ms', '30s', '90s', '20m', '1d', '1w', '30d']);
  });

  test('toShortDuration writes few digits: in full where it can, else rounded', () => {
    const written = [0, 0.3, 90, 561_600, 864_360, 2_674_487, 3_603_600, 1_234.5678].map(units.toShortDuration);
    expect(written).toEqual(['0', '300ms', '90s', '156h', '240.1h', '30.95d', '1001h', '20.58m']);
  });
});

describe('amounts', () => {
  test('tokens are at least 0 with at most 6 decimals and few enough for whole micro-tokens', () => {
    const schema = units.tokens({ meaning });
    const values = [0, 0.1, 0.000001, 1_234.567891, 9e9, 0.0000001, 1.2345678, -0.1, 1e10, Number.NaN];
    expect(values.map((value) => accepts(schema, value))).toEqual([
      true,
      true,
      true,
      true,
      true,
      ...Array(5).fill(false),
    ]);
  });

  test('fractions and probabilities reach from 0 to 1, both included', () => {
    for (const schema of [units.fraction({ meaning }), units.probability({ meaning })]) {
      expect([0, 1, -0.1, 1.1, '1'].map((value) => accepts(schema, value))).toEqual([true, true, false, false, false]);
    }
  });

  test('counts are integers', () => {
    const schema = units.count({ meaning, least: 1, most: 3 });
    expect([1, 3, 0, 4, 1.5].map((value) => accepts(schema, value))).toEqual([true, true, false, false, false]);
  });

  test('quantities have closed or open bounds', () => {
    const open = units.quantity({ meaning, unit: 'km', above: 0, below: 1 });
    expect([0, 0.5, 1].map((value) => accepts(open, value))).toEqual([false, true, false]);
    const closed = units.quantity({ meaning, unit: 'km', least: -1 });
    expect([-1, -1.1, Infinity].map((value) => accepts(closed, value))).toEqual([true, false, false]);
  });

  test('texts are 1 to 80 printable characters', () => {
    const values = ['a', 'ä b', 'x'.repeat(80), '😀'.repeat(80), '', 'x'.repeat(81), 'a\nb', '\u202eb', '\0', '\ud800'];
    const schema = units.text({ meaning });
    expect(values.map((value) => accepts(schema, value))).toEqual([true, true, true, true, ...Array(6).fill(false)]);
  });
});

describe('distribution', () => {
  test('draws lie above the least and below 1e100, and what is written between least and most', () => {
    const cards = units.distribution({ meaning, unit: 'cards', least: 1e-6, most: 1e6 });
    for (const refused of [
      0,
      1e-310,
      2e6,
      { uniform: { low: 0, high: 0 } },
      { empirical: [0, 1] },
      { exponential: { mean: 1e-7 } },
      { pareto: { minimum: 1, shape: 0.1 } },
      { lognormal: { median: 1, sigma: 40 } },
    ]) {
      expect(accepts(cards, refused), JSON.stringify(refused)).toBe(false);
    }
    for (const taken of [1e-6, { exponential: { mean: 1 } }, { weibull: { shape: 0.5, scale: 1 } }]) {
      expect(cards.parse(taken).quantile(0)).toBe(1e-6);
    }
    expect(cards.parse({ exponential: { mean: 1 } }).quantile(0.5)).toBeCloseTo(Math.LN2, 12);
  });

  const schema = units.distribution({ meaning, unit: 'seconds' });

  test.each([
    ['20m', 'constant', 1_200],
    [{ constant: '1h' }, 'constant', 3_600],
    [{ uniform: { low: 0, high: '1m' } }, 'uniform', 30],
    [{ exponential: { mean: '1d' } }, 'exponential', 86_400],
    [{ weibull: { shape: 1, scale: 5 } }, 'weibull', 5],
    [{ lognormal: { median: '20m', sigma: 0 } }, 'lognormal', 1_200],
    [{ pareto: { minimum: 1, shape: 2 } }, 'pareto', 2],
    [{ empirical: ['1s', 2, 3] }, 'empirical', 2],
  ])('%j is a distribution of seconds', (value, kind, mean) => {
    const distribution = schema.parse(value);
    expect(distribution.kind).toBe(kind);
    expect(distribution.mean).toBeCloseTo(mean, 9);
  });

  test.each([
    ...[-1, {}, { constant: -1 }, { uniform: { low: 2, high: 1 } }, { exponential: { mean: 0 } }, { empirical: [] }],
    ...[{ constant: 1, uniform: { low: 1, high: 2 } }, { lognormal: { median: 1, sigma: 1_000 } }, { gamma: 1 }],
  ])('refuses %j', (value) => {
    expect(accepts(schema, value)).toBe(false);
  });

  test('of another unit takes numbers only, from the least on', () => {
    const plain = units.distribution({ meaning, unit: 'tokens', least: 1 });
    expect(
      [1, 0, '20m', { constant: 2 }, { uniform: { low: 0, high: 2 } }].map((value) => accepts(plain, value)),
    ).toEqual([...[true, false, false, true, false]]);
  });
});

test('a rate is per second, from exactly one span', () => {
  const schema = z.strictObject(rateKeys('jobs', 'Mean arrivals')).refine(hasOneRate, oneRateExpected);
  const rates = [{ perSecond: 2 }, { perHour: 7_200 }, { perDay: 86_400 }];
  expect(rates.map((value) => ratePerSecond(schema.parse(value)))).toEqual([2, 2, 1]);
  expect([2, {}, { perHour: -1 }, { perHour: 1, perDay: 1 }].some((value) => accepts(schema, value))).toBe(false);
});

describe('metadata', () => {
  test('every block tells unit, range and meaning', () => {
    const described = { meaning, description: meaning };
    expect(units.duration({ meaning, positive: true, most: 60 }).meta()).toEqual({
      ...{ ...described, unit: 'seconds', exclusiveMinimum: 0, maximum: 60 },
    });
    expect(units.tokens({ meaning }).meta()).toEqual({ ...described, unit: 'tokens', minimum: 0 });
    expect(units.count({ meaning, least: 1 }).meta()).toEqual({ ...described, minimum: 1 });
    expect(units.distribution({ meaning, unit: 'USD' }).meta()).toEqual({ ...described, unit: 'USD', minimum: 0 });
    expect(units.flag({ meaning }).description).toBe(meaning);
  });

  test('a JSON Schema can be made of every block', () => {
    const schema = z.strictObject({
      horizon: units.duration({ meaning, least: 60 }).prefault('30d'),
      work: units.distribution({ meaning, unit: 'seconds' }).prefault({ exponential: { mean: '20m' } }),
      arrivals: z.strictObject(rateKeys('jobs', 'Mean arrivals')),
      order: units.choice(['first', 'last'], { meaning }).default('first'),
    });
    const { properties } = z.toJSONSchema(schema, { io: 'input' });
    expect(properties).toMatchObject({
      horizon: { unit: 'seconds', minimum: 60, description: meaning, default: '30d' },
      work: { default: { exponential: { mean: '20m' } } },
      order: { enum: ['first', 'last'], default: 'first' },
    });
  });
});
