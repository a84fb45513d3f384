import { describe, expect, test } from 'vitest';
import { type Level, levelsOf } from '../../../reports/series/levels.js';

/** Samples an hour apart over two days, in stretches of six hours. */
const hours = Array.from({ length: 49 }, (_, hour) => hour);
const bins = hours.map((hour) => ({ startDays: Math.max(0, hour - 1) / 24, endDays: hour / 24, meanDays: hour / 24 }));
const levels = (counts: (hour: number) => number | null) => levelsOf({ bins }, counts, 0.25);
const inHours = (found: readonly Level[]) => found.map(({ days, value }) => [Math.round(days * 24), value]);

describe('levelsOf', () => {
  test('keeps a fall and a rise at the samples that saw them first, and the end', () => {
    const found = levels((hour) => (hour >= 27 && hour < 33 ? 40 : 100));
    expect(inHours(found)).toEqual([
      [0, 100],
      [27, 40],
      [33, 100],
      [48, 100],
    ]);
  });

  test('never shows a value before it was seen, nor one that never was', () => {
    const count = (hour: number) => 350 + ((hour * 37) % 11) - (hour > 20 && hour < 23 ? 300 : 0);
    const found = inHours(levels(count)) as [number, number][];
    expect(found.length).toBeLessThan(49);
    for (const [hour, value] of found) expect(value).toBe(count(hour));
    expect(found.find(([, value]) => value < 100)![0]).toBe(21);
  });

  test('keeps the least and the most of each stretch', () => {
    const count = (hour: number) => (hour * 7919) % 101;
    const found = inHours(levels(count)) as [number, number][];
    for (let from = 1; from < 49; from += 6) {
      const all = hours.filter((hour) => hour >= from && hour < from + 6).map(count);
      const kept = found.filter(([hour]) => hour >= from && hour < from + 6).map(([, value]) => value);
      expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...all), Math.max(...all)]);
    }
  });

  test('interrupts where there is no value', () => {
    expect(inHours(levels((hour) => (hour < 10 ? null : 5)))).toEqual([
      [0, null],
      [10, 5],
      [48, 5],
    ]);
    expect(levelsOf({ bins: [] }, () => 1, 1)).toEqual([]);
  });
});
