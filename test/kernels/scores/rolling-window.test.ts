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
    // 100 entries lie in at most three chunks of 64; the pool doubles
    expect(window.chunks).toBeLessThanOrEqual(32);
    for (let row = 0; row < 10; row++) {
      const values = entriesOf(window, row).map(([value]) => value);
      expect(values).toEqual(Array.from({ length: 100 }, (_, place) => 100_000 - 10 * (100 - place) + row));
      window.clear(row);
    }
    for (let one = 0; one < 1_000; one++) window.push(3, one, 0);
    expect(window.chunks).toBeLessThanOrEqual(32);
  });
});
