import { describe, expect, it } from 'vitest';
import { exponential } from '../../sim/engine/distributions.js';
import { Workload, type WorkloadSettings } from '../../sim/model/workload.js';
import { chiSquared, errorsFrom, meanAndError } from '../support/statistics.js';

const day = 86_400;

function settingsOf(change: Partial<WorkloadSettings> = {}): WorkloadSettings {
  return {
    name: 'w',
    jobClass: 0,
    ratePerSecond: 200 / day,
    diurnal: 0,
    jobsMost: Number.POSITIVE_INFINITY,
    work: exponential(60),
    fee: 0,
    valueAtRisk: 0,
    deadline: null,
    regionShares: [1],
    ...change,
  };
}

function arrivalsUntil(horizon: number, workload: Workload): number[] {
  const found: number[] = [];
  for (let at = workload.nextArrival(); at <= horizon; at = workload.nextArrival()) {
    found.push(at);
    workload.nextOrdinal++;
  }
  return found;
}

describe('arrivals', () => {
  it.each([0, 0.4, 1])('with a daily wave of %d come at the mean rate over whole days', (diurnal) => {
    const arrivals = arrivalsUntil(500 * day, new Workload('arrivals', settingsOf({ diurnal })));
    const expected = 500 * 200;
    expect(Math.abs(arrivals.length - expected) / Math.sqrt(expected)).toBeLessThan(4);
  });

  it('rise in order and have exponential gaps without a wave', () => {
    const arrivals = arrivalsUntil(100 * day, new Workload('arrivals', settingsOf()));
    const gaps = arrivals.map((at, index) => at - (arrivals[index - 1] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    const mean = day / 200;
    expect(Math.abs(errorsFrom(gaps, mean))).toBeLessThan(4);
    const counts = new Array<number>(8).fill(0);
    for (const gap of gaps) counts[Math.min(7, Math.floor(8 * (1 - Math.exp(-gap / mean))))]!++;
    expect(
      Math.abs(
        chiSquared(
          counts,
          counts.map(() => 1),
        ).errors,
      ),
    ).toBeLessThan(4);
  });

  it('follow 1 + a·sin over the day: the peak is a quarter of a day after midnight', () => {
    const diurnal = 0.6;
    const arrivals = arrivalsUntil(400 * day, new Workload('wave', settingsOf({ diurnal })));
    const hours = new Array<number>(24).fill(0);
    for (const at of arrivals) hours[Math.floor((at % day) / 3_600)]!++;
    const wave = (hour: number) => (-diurnal * Math.cos((Math.PI * hour) / 12) * 12) / Math.PI;
    const shares = hours.map((_, hour) => 1 + wave(hour + 1) - wave(hour));
    expect(Math.abs(chiSquared(hours, shares).errors)).toBeLessThan(4);
    expect(hours.indexOf(Math.max(...hours))).toBeGreaterThanOrEqual(4);
    expect(hours.indexOf(Math.max(...hours))).toBeLessThanOrEqual(7);
  });

  it('end after the most jobs that are ever submitted, and never come at rate 0', () => {
    expect(arrivalsUntil(Number.MAX_VALUE, new Workload('few', settingsOf({ jobsMost: 7 })))).toHaveLength(7);
    expect(new Workload('none', settingsOf({ ratePerSecond: 0 })).nextArrival()).toBe(Number.POSITIVE_INFINITY);
  });

  it('are the same for the same seed and name, others for another seed or name', () => {
    const take = (seed: string, name: string) => arrivalsUntil(2 * day, new Workload(seed, settingsOf({ name })));
    expect(take('1', 'w')).toEqual(take('1', 'w'));
    expect(take('2', 'w')).not.toEqual(take('1', 'w'));
    expect(take('1', 'v')).not.toEqual(take('1', 'w'));
  });
});

describe('attributes of a job', () => {
  const workload = new Workload('attributes', settingsOf({ regionShares: [0.2, 0.2, 1] }));
  const ordinals = Array.from({ length: 20_000 }, (_, ordinal) => ordinal);

  it('are functions of its ordinal alone, in whatever order they are asked for', () => {
    const ask = (ordinal: number) => [workload.work(ordinal), workload.region(ordinal), workload.luck(ordinal, 1)];
    const first = ask(5);
    ask(6);
    workload.nextArrival();
    expect(ask(5)).toEqual(first);
    expect(ask(6)).not.toEqual(first);
  });

  it('have the declared distribution of work', () => {
    expect(
      Math.abs(
        errorsFrom(
          ordinals.map((ordinal) => workload.work(ordinal)),
          60,
        ),
      ),
    ).toBeLessThan(4);
  });

  it('have the declared shares of regions: one without a share has no client', () => {
    const counts = [0, 0, 0];
    for (const ordinal of ordinals) counts[workload.region(ordinal)]!++;
    expect(counts[1]).toBe(0);
    expect(Math.abs(chiSquared([counts[0]!, counts[2]!], [0.2, 0.8]).errors)).toBeLessThan(4);
  });

  it('have a luck that is uniform, and independent between attempts and from completion', () => {
    const pairs = ordinals.map((ordinal) => [
      workload.luck(ordinal, 0),
      workload.luck(ordinal, 1),
      workload.completion(ordinal, 0),
    ]);
    for (const place of [0, 1, 2]) {
      expect(
        Math.abs(
          errorsFrom(
            pairs.map((pair) => pair[place]!),
            0.5,
          ),
        ),
      ).toBeLessThan(4);
    }
    for (const place of [1, 2]) {
      const products = pairs.map((pair) => (pair[0]! - 0.5) * (pair[place]! - 0.5));
      expect(Math.abs(meanAndError(products).mean / meanAndError(products).error)).toBeLessThan(4);
    }
  });
});
