import { describe, expect, it } from 'vitest';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { TokenPrice, tokenPathSchema } from '../../../sim/model/money/token-price.js';
import { accountOf } from '../../../sim/record/economics.js';
import { exogenousTrace } from '../../../sim/scenario/plan/exogenous-trace.js';
import { linesOf } from '../../support/refusals.js';
import { csvText, loadText, metricOf, numbers, records, runFinished, tableNamed } from '../../support/scenarios.js';

const day = 86_400;
const hour = 3_600;
const priceOf = (path: unknown, start = 2, seed = 'price') =>
  new TokenPrice(new KeyedDraw(seed), start, tokenPathSchema.parse(path));

describe('the price of a token', () => {
  it('doesn’t move by itself', () => {
    const price = priceOf({});
    expect([price.isConstant, price.at(0), price.at(9e7), price.mean(3, 9e7)]).toEqual([true, 2, 2, 2]);
  });

  it('takes a step at its time, included, and falls evenly in a crash, for good', () => {
    const price = priceOf({
      steps: [{ at: '2d', factor: 0.5 }],
      crashes: [{ at: '4d', falls: 0.8, over: '2d' }],
    });
    expect(price.isConstant).toBe(false);
    expect([0, 1.999, 2, 3, 4, 5, 6, 90].map((days) => price.at(days * day))).toEqual(
      [2, 2, 1, 1, 1, 0.6, 0.2, 0.2].map((each) => expect.closeTo(each, 12)),
    );
    const atOnce = priceOf({ crashes: [{ at: '1d', falls: 1, over: 0 }] });
    expect([atOnce.at(day - 1), atOnce.at(day)]).toEqual([2, 0]);
  });

  it('has the mean of its course, whatever bends it', () => {
    const price = priceOf({
      volatility: 0.3,
      drift: -0.02,
      steps: [{ at: '10h', factor: 3 }],
      crashes: [{ at: '15h', falls: 0.5, over: '3h' }],
    });
    const pieces = 240_000;
    let sum = 0;
    for (let piece = 0; piece < pieces; piece++) sum += price.at(((piece + 0.5) * day) / pieces);
    expect(price.mean(0, day) / (sum / pieces)).toBeCloseTo(1, 6);
    expect(price.mean(5 * hour, 5 * hour)).toBe(price.at(5 * hour));
  });

  it('is the same in whatever order one asks, and never too large for a sum', () => {
    const [forth, back] = [priceOf({ volatility: 1 }), priceOf({ volatility: 1 })];
    const late = back.at(80 * day);
    expect(forth.at(3 * day)).toBe(back.at(3 * day));
    expect(forth.at(80 * day)).toBe(late);
    expect(priceOf({ drift: 0.2 }).at(3_650 * day)).toBe(1e9);
  });
});

const base = `
  seed: token-price
  horizon: 20d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    assignment: round-robin
    rewards: { kind: fee-split, operator: 1, verifiers: 0, treasury: 0, emission: 0 }
    stake: { minimum: 0, identityFee: 0 }
  fleet: { hosts: { nodes: 4, hardware: reference-cpu, quality: 1, stake: 10 } }
  workload: { w: { class: task, arrivals: { every: 1h }, work: 10m, fee: 1 } }
  money: { treasury: 0, tokenPrice: 2 }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));

describe('accounts where the price moves', () => {
  it('are worth what they were when they came about', async () => {
    const [plain, moved] = [await run(), await run('money.tokenPath.steps=[{ at: 5d, factor: 0.1 }]')];
    const [before, after] = [accountOf(plain.finished, 0), accountOf(moved.finished, 0)];
    expect(before.incomeUsd).toBeCloseTo(479 * 2, 9);
    // a quarter of the time at the old price
    expect(after.incomeUsd / before.incomeUsd).toBeCloseTo(0.25 + 0.75 * 0.1, 2);
    expect(after.capitalCostUsd / before.capitalCostUsd).toBeCloseTo(0.25 + 0.75 * 0.1, 9);
    // stake was put in at the start, and machines cost as much as before
    expect(after.peakLockedUsd).toBe(before.peakLockedUsd);
    expect(after.computeUsd).toBe(before.computeUsd);
    expect(metricOf(moved, 'tokenPriceUsd')).toBeCloseTo(0.2, 12);
    expect(metricOf(moved, 'tokenPriceMeanUsd')).toBeCloseTo(2 * 0.325, 6);
    // what happens in the network is the same
    expect(moved.trajectoryFingerprint).toBe(plain.trajectoryFingerprint);
    expect(moved.finished.world.ledger.balance).toEqual(plain.finished.world.ledger.balance);
  });

  it('add up to the same at a constant price, whichever way they are reckoned', async () => {
    // a price that does what a constant one does, told as one that moves
    const still = await run('money.tokenPath.steps=[{ at: 3d, factor: 1 }]', 'fleet.hosts.completion=0.9');
    const plain = await run('fleet.hosts.completion=0.9');
    const [own, other] = [accountOf(still.finished, 0), accountOf(plain.finished, 0)];
    expect(own.slashedUsd).toBeGreaterThan(0);
    for (const [name, value] of Object.entries(other)) {
      expect([name, own[name as keyof typeof own]]).toEqual([name, expect.closeTo(value, 9)]);
    }
  });

  it('show the price at each sample, and the walk is listed with what comes from outside', async () => {
    const loaded = loadText(base, 'money.tokenPath={ volatility: 0.1, every: 6h }', 'sampleEvery=6h');
    const result = await runFinished(loaded);
    const all = records(tableNamed(result, 'timeseries')).filter(({ cohort }) => cohort === 'all');
    const listed = records(exogenousTrace(loaded)).filter(({ source }) => source === 'token-price');
    expect(listed).toHaveLength(80);
    expect(all.slice(1).map(({ tokenPriceUsd }) => tokenPriceUsd)).toEqual(listed.map(({ value }) => value));
    expect(new Set(numbers(tableNamed(result, 'timeseries'), 'tokenPriceUsd')).size).toBeGreaterThan(80);
    const other = loadText(base, 'money.tokenPath={ volatility: 0.1, every: 6h }', 'protocol.attempts=1');
    expect(csvText(exogenousTrace(other))).toBe(csvText(exogenousTrace(loaded)));
  });

  it('are refused and warned of in vain', () => {
    const refused = (...set: readonly string[]) => linesOf(() => loadText(base, ...set)).join('\n');
    expect(refused('money.tokenPath.volatility=2')).toMatch(
      /money\.tokenPath\.volatility: expected a number from 0 to 1/,
    );
    expect(refused('money.tokenPath.steps=[{ at: 1d }]')).toMatch(/money\.tokenPath\.steps\.0\.factor/);
    expect(refused('money.tokenPath.crashes=[{ at: 1d, falls: 1.5 }]')).toMatch(
      /falls: expected a fraction from 0 to 1/,
    );
    expect(refused('money.tokenPath.every=1s')).toMatch(/money\.tokenPath\.every/);
    const told = (...set: readonly string[]) => loadText(base, ...set).warnings.map(({ path }) => path);
    expect(told('money.tokenPath.volatility=0.1')).toEqual([]);
    expect(told('money.tokenPath.every=2h')).toEqual(['money.tokenPath.every']);
    expect(told('money.tokenPath.steps=[{ at: 20d, factor: 2 }]')).toEqual(['money.tokenPath.steps.0.at']);
    expect(told('money={ tokenPrice: 0, tokenPath: { drift: 0.1 } }')).toEqual(['money.tokenPath']);
  });
});
