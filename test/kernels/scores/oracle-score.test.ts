import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecayedWindow } from '../../../sim/kernels/scores/decayed-window.js';
import { oracleScore } from '../../../sim/kernels/scores/oracle-score.js';
import { UptimeBuckets } from '../../../sim/kernels/scores/uptime-buckets.js';

const weights = { accuracy: 0.5, latency: 0.25, uptime: 0.25, stake: 0, age: 0 };
const nothing = { mean: Number.NaN, count: 0 };
const all = (accuracy: number, latency: number, uptime: number, count: number) => ({
  accuracy: { mean: accuracy, count },
  latency: { mean: latency, count },
  uptime: { mean: uptime, count },
  stake: { mean: 1, count },
  age: { mean: 1, count },
});

describe('the oracle score', () => {
  it.each([
    // 1,000 · (0.5 · 0.9 + 0.25 · 0.8 + 0.25 · 1) without a prior
    [all(0.9, 0.8, 1, 50), 500, 0, 900],
    // (100 · 500 + 300 · 900) / 400
    [all(0.9, 0.8, 1, 300), 500, 100, 800],
    [all(0, 0, 0, 100), 500, 100, 250],
  ])('of %j with a prior of %d that counts %d is %d', (parts, prior, priorCount, expected) => {
    expect(oracleScore(parts, weights, prior, priorCount)).toBeCloseTo(expected, 9);
  });

  it('without the uptime is that of the sample code, (accuracy · 50 + latency · 25) / 100', () => {
    const sample = { ...weights, uptime: 0 };
    expect(oracleScore(all(0.92, 0.6, 0.3, 10), sample, 0, 0)).toBeCloseTo((920 * 50 + 600 * 25) / 100, 9);
    expect(oracleScore(all(1, 1, 1, 10), sample, 0, 0)).toBeCloseTo(750, 9);
  });

  it('is the prior without observations, whatever the weights and what the prior counts', () => {
    const parts = { accuracy: nothing, latency: nothing, uptime: nothing, stake: nothing, age: nothing };
    expect(oracleScore(parts, weights, 500, 0)).toBeCloseTo(500, 9);
    expect(oracleScore(parts, { ...weights, uptime: 0, stake: 0.05 }, 500, 100)).toBeCloseTo(500, 9);
  });
});

describe('a decayed window', () => {
  it('weighs each of the latest values by its age, whatever falls out, is replaced or decays otherwise', () => {
    const entry = fc.record({ value: fc.integer({ min: 0, max: 8 }), after: fc.integer({ min: 0, max: 400 }) });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 200, size: 'max' }), fc.nat(3), (entries, choice) => {
        const window = new DecayedWindow(2, 1_000);
        const list: { value: number; at: number }[] = [];
        let now = 0;
        for (const [index, { value, after }] of entries.entries()) {
          now += after;
          window.add(1, value / 8, now, 40);
          list.push({ value: value / 8, at: now });
          if (list.length > 40) list.shift();
          if (index % 3 === choice) {
            window.replaceLatest(1, 0.25);
            list.at(-1)!.value = 0.25;
          }
        }
        const halfLife = choice === 0 ? 1_000 : 300;
        window.decayBy(halfLife);
        const weightOf = ({ at }: { at: number }) => 0.5 ** ((now + 500 - at) / halfLife);
        const weight = list.reduce((sum, one) => sum + weightOf(one), 0);
        const sum = list.reduce((total, one) => total + weightOf(one) * one.value, 0);
        expect(window.count(1)).toBe(list.length);
        expect(window.weight(1, now + 500)).toBeCloseTo(weight, 9);
        expect(window.mean(1)).toBeCloseTo(sum / weight, 9);
        expect(window.weight(0, now)).toBe(0);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('halves what it weighs each half-life', () => {
    const window = new DecayedWindow(1, 30);
    for (let one = 0; one < 8; one++) window.add(0, 1, 0, 1_000);
    expect([0, 30, 60, 90].map((now) => window.weight(0, now))).toEqual([8, 4, 2, 1]);
  });
});

describe('uptime', () => {
  it('is the share of check-ins made over the latest time, and forgets what is older', () => {
    const uptimes = new UptimeBuckets(2);
    expect(uptimes.share(0)).toBeNaN();
    uptimes.add(0, 0, 24);
    for (let day = 1; day < 30; day++) {
      uptimes.pass(1, 30);
      uptimes.add(0, 24, 24);
    }
    expect(uptimes.share(0)).toBeCloseTo(29 / 30, 12);
    uptimes.pass(1, 30);
    uptimes.add(0, 24, 24);
    expect(uptimes.share(0)).toBe(1);
    expect(uptimes.share(1)).toBeNaN();
  });

  it('counts on where check-ins are too many for two bytes', () => {
    const uptimes = new UptimeBuckets(2);
    uptimes.add(1, 1, 4);
    for (let hour = 0; hour < 30; hour++) uptimes.add(0, 2_700, 3_600);
    expect(uptimes.share(0)).toBe(0.75);
    uptimes.add(0, 0, 1e6);
    expect(uptimes.share(0)).toBe(81_000 / 1_108_000);
    expect(uptimes.share(1)).toBe(0.25);
  });

  it('falls out altogether after a pause as long as what is counted', () => {
    const uptimes = new UptimeBuckets(1);
    uptimes.add(0, 5, 10);
    uptimes.pass(10_000, 30);
    expect(uptimes.share(0)).toBeNaN();
  });
});
