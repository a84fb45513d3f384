import { describe, expect, test } from 'vitest';
import { timeUnit } from '../../../reports/drawing/frame.js';
import { binSamples, lineBinDays } from '../../../reports/series/samples.js';
import { stackSteps, stepBinDays, stepText } from '../../../reports/series/steps.js';
import { madeUpRun } from '../made-up-run.js';

describe('binSamples', () => {
  test('keeps every row when it thins a long run', () => {
    const input = madeUpRun({ sampleCount: 2161, replicationCount: 2 });
    const samples = binSamples(input, ['jobsCompleted'], lineBinDays(30));
    expect(samples.bins.length).toBe(241);
    let jobs = 0;
    for (let bin = 0; bin < samples.bins.length; bin++) jobs += samples.sum('all', 'jobsCompleted', bin)!;
    expect(jobs).toBe(2 * 2160 * 33);
  });

  test('leaves no gap between bins and ends at the horizon', () => {
    const { bins } = binSamples(madeUpRun(), ['nodesOnline'], 1);
    expect(bins[0]).toEqual({ startDays: 0, endDays: 0, meanDays: 0 });
    expect(bins.length).toBe(31);
    bins.slice(1).forEach((bin, at) => {
      expect(bin.startDays).toBe(bins[at]!.endDays);
      expect(bin.endDays).toBeCloseTo(at + 1, 9);
    });
  });

  test('leaves samples as they are when they are farther apart than a bin', () => {
    expect(binSamples(madeUpRun({ sampleCount: 2 }), [], lineBinDays(30)).bins.length).toBe(2);
  });

  test('mean and sum of a cohort without values are null, and of a partly empty bin that of its values', () => {
    const samples = binSamples(madeUpRun({ sampleCount: 3, joinDays: 30 }), ['score50'], 30);
    expect(samples.mean('swarm', 'score50', 0)).toBeNull();
    expect(samples.sum('nobody', 'score50', 0)).toBeNull();
    expect(samples.mean('swarm', 'score50', 1)).toBeCloseTo(0.4 + 0.3 * (1 - Math.exp(-1)), 12);
  });

  test('throws with what there is when the table hasn’t got a column', () => {
    expect(() => binSamples(madeUpRun({ sampleCount: 2 }), ['karma'], 1)).toThrow(/expected a column 'karma', found/);
  });
});

describe('stackSteps', () => {
  const bins = [
    { startDays: 0, endDays: 0, meanDays: 0 },
    { startDays: 0, endDays: 2, meanDays: 1 },
    { startDays: 2, endDays: 3, meanDays: 3 },
  ];

  test('holds each value from start to end, the parts one on the other', () => {
    const corners = stackSteps(bins, ['a', 'b'], 24, () => [1, 2]);
    expect(corners.slice(0, 4)).toEqual([
      { time: 0, part: 'a', low: 0, high: 1 },
      { time: 48, part: 'a', low: 0, high: 1 },
      { time: 0, part: 'b', low: 1, high: 3 },
      { time: 48, part: 'b', low: 1, high: 3 },
    ]);
    expect(corners.length).toBe(8);
  });

  test('leaves a gap where there are no heights', () => {
    const corners = stackSteps(bins, ['a'], 1, (bin) => (bin === 1 ? null : [1]));
    expect(corners.map(({ high }) => high)).toEqual([null, null, 1, 1]);
  });
});

test.each([
  [30, 'days'],
  [1, 'days'],
  [0.5, 'hours'],
  [1 / 24, 'hours'],
  [0.02, 'minutes'],
  [1 / 2000, 'seconds'],
])('timeUnit of %d days is %s', (horizonDays, name) => {
  expect(timeUnit(horizonDays).name).toBe(name);
});

test('steps are whole days from ten days on and at most 60 in number', () => {
  expect(stepBinDays(30)).toBe(1);
  expect(stepBinDays(90)).toBe(2);
  expect(stepBinDays(6)).toBe(0.1);
});

test('stepText names the length in the unit that suits it', () => {
  const text = (days: number) => stepText([{ startDays: 0, endDays: days, meanDays: 0 }]);
  expect(text(1)).toBe('Each step: 1 day.');
  expect(text(3 / 24)).toBe('Each step: 3 hours.');
  expect(text(1 / 1440)).toBe('Each step: 1 minute.');
  expect(text(0)).toBe('');
});
