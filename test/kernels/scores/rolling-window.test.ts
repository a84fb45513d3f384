import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollingWindow } from '../../../sim/kernels/scores/rolling-window.js';

type Entry = readonly [value: number, mark: number];

function entriesOf(window: RollingWindow, row: number): Entry[] {
  const found: Entry[] = [];
  window.visit(row, (value, mark) => found.push([value, mark]));
  return found;
}

describe('a rolling window', () => {
  it('holds what lists of each row’s entries would, whatever comes, falls out and is cleared', () => {
    const command = fc.oneof(
      { weight: 30, arbitrary: fc.tuple(fc.constant('push' as const), fc.nat(2), fc.integer({ min: 1, max: 150 })) },
      { weight: 10, arbitrary: fc.tuple(fc.constant('shift' as const), fc.nat(2), fc.integer({ min: 1, max: 90 })) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('clear' as const), fc.nat(2), fc.constant(1)) },
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60, size: 'max' }), (commands) => {
        const window = new RollingWindow(3);
        const lists: Entry[][] = [[], [], []];
        let pushed = 0;
        for (const [what, row, times] of commands) {
          const list = lists[row]!;
          if (what === 'clear') {
            window.clear(row);
            list.length = 0;
          }
          for (let one = 0; one < times && what === 'push'; one++) {
            const entry = [Math.fround(pushed / 7), pushed % 256] as const;
            pushed++;
            window.push(row, ...entry);
            list.push(entry);
          }
          for (let one = 0; one < times && what === 'shift' && list.length > 0; one++) {
            expect(window.shift(row)).toBe(list.shift()![1]);
          }
          expect(window.count(row)).toBe(list.length);
        }
        for (const [row, list] of lists.entries()) expect(entriesOf(window, row)).toEqual(list);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('uses again what fell out: room for the most that was held at a time, not for all that ever came', () => {
    const window = new RollingWindow(10);
    for (let one = 0; one < 100_000; one++) {
      const row = one % 10;
      if (window.count(row) >= 100) window.shift(row);
      window.push(row, one, 0);
    }
    // 100 entries lie in at most eight chunks of 16; the pool grows by 64 or by half
    expect(window.chunks).toBeLessThanOrEqual(130);
    for (let row = 0; row < 10; row++) {
      const values = entriesOf(window, row).map(([value]) => value);
      expect(values).toEqual(Array.from({ length: 100 }, (_, place) => 100_000 - 10 * (100 - place) + row));
      window.clear(row);
    }
    for (let one = 0; one < 1_000; one++) window.push(3, one, 0);
    expect(window.chunks).toBeLessThanOrEqual(130);
  });

  it('takes little room where each row holds little', () => {
    const window = new RollingWindow(10_000);
    for (let one = 0; one < 40_000; one++) window.push(one % 10_000, one, 0);
    expect(window.chunks).toBeLessThan(1.5 * 10_000 + 100);
  });

  it('keeps marks of its own kind: bytes, or numbers like values', () => {
    const [bytes, floats] = [new RollingWindow(1), new RollingWindow(1, 'floats')];
    for (let one = 0; one < 300; one++) for (const window of [bytes, floats]) window.push(0, one, one + 0.5);
    expect(bytes.latestMark(0)).toBe(299 % 256);
    expect([floats.oldestMark(0), floats.latestMark(0)]).toEqual([0.5, 299.5]);
    expect([floats.shift(0), floats.oldestMark(0), floats.oldest(0)]).toEqual([0.5, 1.5, 1]);
  });
});
