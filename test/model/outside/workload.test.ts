import { describe, expect, it } from 'vitest';
import { constant, exponential } from '../../../sim/engine/distributions.js';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { createSpans } from '../../../sim/model/outside/spans.js';
import { Workload, type WorkloadSettings } from '../../../sim/model/outside/workload.js';
import { binomialErrors, chiSquared, errorsFrom, meanAndError } from '../../support/statistics.js';

const day = 86_400;

function settingsOf(change: Partial<WorkloadSettings> = {}): WorkloadSettings {
  return {
    name: 'w',
    jobClass: 0,
    gatedLane: 0,
    openLane: 0,
    minimumScore: Number.NEGATIVE_INFINITY,
    gatedShare: 1,
    ratePerSecond: 200 / day,
    everySeconds: null,
    times: null,
    diurnal: 0,
    peakAtSeconds: day / 4,
    surges: [],
    jobsMost: Number.POSITIVE_INFINITY,
    work: exponential(60),
    fee: 0,
    valueAtRisk: 0,
    feeFactor: null,
    valueFactor: null,
    valueFollowsFee: false,
    deadline: null,
    regionShares: [1],
    value: null,
    tolerance: 0.01,
    difficulty: 0,
    elasticity: null,
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

  it('at set intervals come at multiples, exactly, and as often as a surge makes them', () => {
    const every = settingsOf({ everySeconds: 0.1, ratePerSecond: 10 });
    const arrivals = arrivalsUntil(10_000, new Workload('arrivals', every));
    expect(arrivals.length).toBe(100_000);
    for (const [place, at] of arrivals.entries()) expect(at).toBe((place + 1) * 0.1);
    const spans = createSpans(new KeyedDraw('s'), { at: [100], for: constant(50) });
    const surged = { ...every, everySeconds: 10, ratePerSecond: 0.1, surges: [{ name: 's', factor: 3, spans }] };
    const stretched = arrivalsUntil(201, new Workload('arrivals', surged));
    // ten before, fifteen during, five after
    expect(stretched.length).toBe(30);
    expect(stretched.slice(9, 12).map((at) => Number(at.toFixed(9)))).toEqual([100, 103.333333333, 106.666666667]);
  });

  it('by a list come at its times, two at one time one after the other, and no more', () => {
    const listed = new Workload('arrivals', settingsOf({ times: [0, 5, 5, 80], jobsMost: 4, ratePerSecond: 0.04 }));
    expect(arrivalsUntil(100, listed)).toEqual([0, 5, 5, 80]);
    expect(listed.nextArrival()).toBe(Number.POSITIVE_INFINITY);
    expect(listed.lastJobAt).toBe(80);
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

  it.each([0, 3, 6, 20])('peak at the time of day that says so: at %d h', (hour) => {
    const settings = settingsOf({ diurnal: 0.6, peakAtSeconds: hour * 3_600 });
    const arrivals = arrivalsUntil(400 * day, new Workload('peak', settings));
    // twelve hours around the peak have (1 + 2a/π) / 2 of the arrivals
    const near = arrivals.filter((at) => Math.cos((2 * Math.PI * (at - hour * 3_600)) / day) > 0).length;
    expect(Math.abs(binomialErrors(near, arrivals.length, 0.5 + 0.6 / Math.PI))).toBeLessThan(4);
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

describe('surges', () => {
  const spike = {
    name: 's',
    spans: createSpans(new KeyedDraw('s'), { at: [0.2 * day, 2 * day], for: constant(day / 4) }),
    factor: 5,
  };
  const lull = {
    name: 'l',
    spans: createSpans(new KeyedDraw('l'), { at: [2.1 * day], for: constant(day / 2) }),
    factor: 0,
  };
  const often = {
    name: 'o',
    spans: createSpans(new KeyedDraw('o'), { between: exponential(day / 2), for: exponential(day / 8) }),
    factor: 3,
  };
  const surges = [spike, lull, often];

  /** Integral of 1 + a·sin(2πt/day) from one time to another, divided by days. */
  const wave = (diurnal: number, from: number, to: number) => {
    const primitive = (at: number) => at / day - (diurnal / (2 * Math.PI)) * Math.cos((2 * Math.PI * at) / day);
    return primitive(to) - primitive(from);
  };

  /** Every time at which a factor changes, with 0 and the horizon. */
  const borders = (horizon: number) => {
    const found = [0, horizon];
    for (const { spans } of surges) {
      for (let number = 0; spans.start(number) < horizon; number++) {
        found.push(spans.start(number), Math.min(horizon, spans.end(number)));
      }
    }
    return found.sort((a, b) => a - b);
  };

  const factorAt = (at: number) =>
    surges.reduce((product, { spans, factor }) => {
      let number = 0;
      while (spans.end(number) <= at) number++;
      return spans.start(number) <= at ? product * factor : product;
    }, 1);

  it.each([0, 0.7])('bring as many arrivals as the integral of the rate says, with a daily wave of %d', (diurnal) => {
    const horizon = 4 * day;
    const times = borders(horizon);
    const expected = times
      .slice(1)
      .map((to, place) => 200 * factorAt(times[place]!) * wave(diurnal, times[place]!, to));
    const counts = expected.map(() => 0);
    const runs = 100;
    for (let run = 0; run < runs; run++) {
      for (const at of arrivalsUntil(horizon, new Workload(`surge-${run}`, settingsOf({ diurnal, surges })))) {
        counts[times.findIndex((to) => at < to) - 1]!++;
      }
    }
    const total = expected.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(1_200);
    const all = counts.reduce((sum, count) => sum + count, 0);
    expect(Math.abs(all - runs * total) / Math.sqrt(runs * total)).toBeLessThan(4);
    for (const [place, count] of counts.entries()) {
      const mean = runs * expected[place]!;
      if (mean === 0) expect(count).toBe(0);
      else expect(Math.abs(count - mean) / Math.sqrt(mean), `from ${times[place]} s`).toBeLessThan(4);
    }
  });

  it('change nothing before the first one starts', () => {
    const early = (list: readonly number[]) => list.filter((at) => at < day);
    const late = { ...spike, spans: createSpans(new KeyedDraw('s'), { at: [day], for: constant(day) }) };
    const without = early(arrivalsUntil(2 * day, new Workload('late', settingsOf({ diurnal: 0.5 }))));
    const surging = early(arrivalsUntil(2 * day, new Workload('late', settingsOf({ diurnal: 0.5, surges: [late] }))));
    expect(surging).toEqual(without);
    expect(without.length).toBeGreaterThan(100);
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
