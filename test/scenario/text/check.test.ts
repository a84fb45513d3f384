import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  choice,
  count,
  distribution,
  duration,
  flag,
  fraction,
  probability,
  quantity,
  text,
  tokens,
  usd,
} from '../../../sim/model/contract/settings.js';
import { checkSource } from '../../../sim/scenario/text/check.js';
import { linesOf } from '../../support/refusals.js';
import { sourceOf, withSettings } from '../../support/sources.js';

const meaning = 'for the test';

/** One of several maps, each with a key of its own. */
const rate = z.union(
  (['perSecond', 'perHour', 'perDay'] as const).map((span, place) =>
    z
      .strictObject({ [span]: quantity({ meaning, least: 0, unit: '' }) })
      .transform((of) => of[span]! / [1, 3_600, 86_400][place]!),
  ),
  'expected a rate such as {perHour: 2}, {perDay: 2} or {perSecond: 2}',
);

const kinds = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ema'), halfLife: duration({ meaning, positive: true }).default(86_400) }),
  z.strictObject({ kind: z.literal('step'), up: fraction({ meaning }) }),
]);
const word = z.enum(['ema', 'step'], 'expected one of: ema, step');
const schema = z
  .strictObject({
    name: text({ meaning }).optional(),
    seed: z.union([text({ meaning }), count({ meaning })]).optional(),
    nodes: count({ meaning, least: 1 }).default(1),
    loss: probability({ meaning }).optional(),
    horizon: duration({ meaning, positive: true }).optional(),
    warmUp: duration({ meaning, least: 60, most: 86_400 }).optional(),
    stake: tokens({ meaning }).optional(),
    price: usd({ meaning, most: 10 }).optional(),
    detail: flag({ meaning }).optional(),
    order: choice(['first', 'last'], { meaning }).optional(),
    speed: quantity({ meaning, above: 0, below: 5, unit: 'km/s' }).optional(),
    work: distribution({ meaning, unit: 'seconds' }).prefault('20m'),
    arrivals: rate.optional(),
    block: kinds.optional(),
    model: z.union([word.transform((kind) => ({ kind })), kinds]).optional(),
    short: z.preprocess((value) => (typeof value === 'string' ? { kind: value } : value), kinds).optional(),
    fleet: z
      .record(
        z.string().regex(/^[a-z]+$/, 'expected a name of small letters'),
        z.strictObject({ nodes: count({ meaning, least: 1 }), stake: tokens({ meaning }).default(0) }),
      )
      .optional(),
    list: z.array(count({ meaning })).min(2).optional(),
    plain: z.strictObject({ a: z.number().max(3), b: z.string().min(2), c: z.literal('x') }).optional(),
  })
  .refine(({ nodes, list }) => list === undefined || list.length <= nodes, {
    message: 'expected at most as many entries as nodes',
    path: ['list'],
  });

const check = (yaml: string, ...settings: string[]) =>
  checkSource(withSettings(sourceOf(yaml, 'x.yaml'), settings), schema);

const KINDS = 'constant, uniform, exponential, weibull, lognormal, pareto, empirical';
const WORK = `1:7: work: expected a duration such as 20m or a map with one of: ${KINDS}`;
const refused: [title: string, yaml: string, ...lines: string[]][] = [
  ['a misspelt key', 'nods: 1', '1:1: nods: expected a known setting, found nods; did you mean nodes?'],
  [
    'an unknown key inside, with the list of those known',
    'fleet:\n  a: {nodes: 1, xyz: 2}',
    '2:17: fleet.a.xyz: expected one of: nodes, stake, found xyz',
  ],
  [
    'a missing key',
    'fleet:\n  a:\n    stake: 1',
    '2:3: fleet.a.nodes: expected an integer of at least 1, found nothing',
  ],
  ['a word for a number', 'nodes: three', '1:8: nodes: expected an integer of at least 1, found three'],
  ['a number in quotes', 'nodes: "3"', '1:8: nodes: expected an integer of at least 1, found "3"; did you mean 3?'],
  ['a negative count', 'nodes: -3', '1:8: nodes: expected an integer of at least 1, found -3'],
  ['a broken count', 'nodes: -1.5', '1:8: nodes: expected an integer of at least 1, found -1.5'],
  ['an empty value', 'nodes:', '1:7: nodes: expected an integer of at least 1, found an empty value'],
  ['.nan', 'loss: .nan', '1:7: loss: expected a probability from 0 to 1, found .nan'],
  ['.inf', 'price: .inf', '1:8: price: expected an amount in US dollars from 0 to 10, found .inf'],
  ['a probability out of range', 'loss: 1.5', '1:7: loss: expected a probability from 0 to 1, found 1.5'],
  [
    'a duration in a wrong unit',
    'horizon: 30x',
    '1:10: horizon: expected a duration above 0, such as 30d, 20m or 300ms, found 30x',
  ],
  [
    'a duration in a unit spelt out',
    'horizon: 30 minutes',
    '1:10: horizon: expected a duration above 0, such as 30d, 20m or 300ms, found 30 minutes; did you mean 30m?',
  ],
  [
    'a duration of .nan',
    'horizon: .nan',
    '1:10: horizon: expected a duration above 0, such as 30d, 20m or 300ms, found .nan',
  ],
  [
    'a duration out of range',
    'warmUp: 2d',
    '1:9: warmUp: expected a duration from 1m to 1d, such as 30d, 20m or 300ms, found 2d',
  ],
  [
    'fractions of the smallest unit',
    'stake: 0.0000001',
    '1:8: stake: expected an amount of tokens of at least 0, with at most 6 decimals, found 1e-7',
  ],
  ['an open bound', 'speed: 5', '1:8: speed: expected a number above 0 and below 5, found 5'],
  ['yes for true', 'detail: yes', '1:9: detail: expected true or false, found yes; did you mean true?'],
  [
    'a number for a text',
    'name: 42',
    '1:7: name: expected a text of 1 to 80 printable characters, found 42; did you mean "42"?',
  ],
  ['an unknown choice', 'order: frist', '1:8: order: expected one of: first, last, found frist; did you mean first?'],
  ['a key of a wrong form', 'fleet:\n  A: {nodes: 1}', '2:3: fleet.A: expected a name of small letters, found A'],
  ['a list for a map', 'fleet: [1]', '1:8: fleet: expected a map, found [1]'],
  ['a short list', 'list: [1]', '1:7: list: expected a list of at least 2 entries, found [1]'],
  ['a rule across settings', 'list: [1, 2]', '1:7: list: expected at most as many entries as nodes, found [1, 2]'],
  [
    "limits in zod's own words",
    'plain: {a: 4, b: x, c: y}',
    '1:12: plain.a: expected a number of at most 3, found 4',
    '1:18: plain.b: expected a text of at least 2 characters, found x',
    '1:24: plain.c: expected x, found y',
  ],
];

const refusedUnions: typeof refused = [
  ['a number for a text or number, by its bound', 'seed: -1', '1:7: seed: expected an integer of at least 0, found -1'],
  [
    'what is neither text nor number, with both',
    'seed: [a]',
    '1:7: seed: expected a text of 1 to 80 printable characters or an integer of at least 0, found [a]',
  ],
  [
    'an unknown mechanism, with the list',
    'block: {kind: xyz}',
    '1:15: block.kind: expected one of: ema, step, found xyz',
  ],
  [
    'a misspelt kind',
    'block: {kind: emma}',
    '1:15: block.kind: expected one of: ema, step, found emma; did you mean ema?',
  ],
  ['a missing kind', 'block: {up: 1}', '1:1: block.kind: expected one of: ema, step, found nothing'],
  [
    'a key of another kind, by the kind given',
    'block: {kind: ema, up: 1}',
    '1:20: block.up: expected one of: kind, halfLife, found up',
  ],
  ['a misspelt word', 'model: emma', '1:8: model: expected one of: ema, step, found emma; did you mean ema?'],
  ['an unknown kind beside words', 'model: {kind: xyz}', '1:15: model.kind: expected one of: ema, step, found xyz'],
  [
    'faults inside the kind that was meant',
    'model: {kind: step, up: 2, dwn: 1}',
    '1:25: model.up: expected a fraction from 0 to 1, found 2',
    '1:28: model.dwn: expected one of: kind, up, found dwn',
  ],
  ['a list beside words and maps', 'model: [1]', '1:8: model: expected one of: ema, step or a map, found [1]'],
  [
    'a misspelt word that is short for a map',
    'short: emma',
    '1:8: short: expected one of: ema, step, found emma; did you mean ema?',
  ],
  ['what a short word leaves out', 'short: step', '1:1: short.up: expected a fraction from 0 to 1, found nothing'],
  [
    'a misspelt distribution',
    'work: {unifrm: {low: 1, high: 2}}',
    `${WORK}, found {unifrm: {low: 1, high: 2}}; did you mean uniform?`,
  ],
  [
    'a value in place of a distribution’s map',
    'work: {exponential: 5m}',
    '1:21: work.exponential: expected a map of the form {mean: …}, found 5m',
  ],
  [
    'two distributions',
    'work: {constant: 1, exponential: {mean: 3}}',
    `${WORK}, found {constant: 1, exponential: {mean: 3}}`,
  ],
  [
    'faults inside the distribution that was meant',
    'work: {lognormal: {median: 1m, sigm: 1}}',
    '1:8: work.lognormal.sigma: expected a number of at least 0, found nothing',
    '1:32: work.lognormal.sigm: expected a known setting, found sigm; did you mean sigma?',
  ],
  ['a key beside the distribution', 'work: {constant: 1, x: 1}', '1:21: work.x: expected only constant, found x'],
  ['a bad plain value', 'work: 20 parsec', '1:7: work: expected a duration such as 30d, 20m or 300ms, found 20 parsec'],
  [
    'a rate over an unknown span',
    'arrivals: {perMinute: 1}',
    '1:11: arrivals: expected a rate such as {perHour: 2}, {perDay: 2} or {perSecond: 2}, found {perMinute: 1}',
  ],
  ['a negative rate', 'arrivals: {perHour: -1}', '1:21: arrivals.perHour: expected a number of at least 0, found -1'],
];

describe('checkSource', () => {
  test.each(refused)('refuses %s', (_, yaml, ...lines) => {
    expect(linesOf(() => check(yaml))).toEqual(lines.map((line) => `x.yaml:${line}`));
  });

  test.each(refusedUnions)('of several options refuses %s', (_, yaml, ...lines) => {
    expect(linesOf(() => check(yaml))).toEqual(lines.map((line) => `x.yaml:${line}`));
  });

  test('gives the parsed value with defaults, in base units', () => {
    const value = check('horizon: 1.5h\nmodel: ema\nblock: {kind: ema}\narrivals: {perDay: 86400}');
    expect(value).toMatchObject({ nodes: 1, horizon: 5_400, arrivals: 1, block: { halfLife: 86_400 } });
    expect(value.model).toEqual({ kind: 'ema' });
    expect(value.work.mean).toBe(1_200);
  });

  test('says all faults at once, sorted by file and position', () => {
    const yaml = 'zz: 1\nfleet:\n  a: {stake: -1, nodes: 0}\nloss: 2\n';
    expect(linesOf(() => check(yaml, 'nodes=0', 'fleet.a.zz=1'))).toEqual([
      '--set:1:7: nodes: expected an integer of at least 1, found 0',
      '--set:2:9: fleet.a.zz: expected one of: nodes, stake, found zz',
      expect.stringMatching(/^x\.yaml:1:1: zz: expected one of: name, seed, nodes, .*, plain, found zz$/),
      'x.yaml:3:14: fleet.a.stake: expected an amount of tokens of at least 0, with at most 6 decimals, found -1',
      'x.yaml:3:25: fleet.a.nodes: expected an integer of at least 1, found 0',
      'x.yaml:4:7: loss: expected a probability from 0 to 1, found 2',
    ]);
  });

  test('a custom issue brings its own wording, finding and suggestion', () => {
    const custom = z.strictObject({ a: z.number() }).superRefine((_, context) => {
      const params = { found: 'a folder', suggestion: 'b' };
      context.addIssue({ code: 'custom', message: 'expected a file', path: ['a'], params });
    });
    expect(linesOf(() => checkSource(sourceOf('a: 1', 'x.yaml'), custom))).toEqual([
      'x.yaml:1:4: a: expected a file, found a folder; did you mean b?',
    ]);
  });

  test('thousands of unknown keys are refused within seconds', () => {
    const yaml = Array.from({ length: 10_000 }, (_, index) => `node${index}: 1`).join('\n');
    expect(linesOf(() => check(yaml)).at(-1)).toBe('… and 9900 more');
  }, 10_000);

  test('any value is accepted or refused with positions in one line a fault', () => {
    const key = fc.constantFrom(
      'nodes',
      'seed',
      'work',
      'model',
      'short',
      'fleet',
      'list',
      'kind',
      'uniform',
      'low',
      'a',
    );
    const scalar = fc.oneof(fc.constantFrom('ema', 'step', '30d', null, true, 1e300), fc.double(), fc.string());
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
    }));
    const property = fc.property(fc.dictionary(key, value, { maxKeys: 5 }), (input) => {
      for (const line of linesOf(() => check(JSON.stringify(input)))) {
        expect(line).toMatch(/^(x\.yaml:\d+:\d+: .*expected .+, found .+|… and \d+ more)$/);
      }
    });
    fc.assert(property, { numRuns: 1_000, seed: 1 });
  });
});
