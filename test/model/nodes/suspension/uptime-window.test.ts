import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UptimeWindow } from '../../../../sim/model/nodes/suspension/uptime-window.js';

test('sums the latest epochs, whatever lengths the window had meanwhile', () => {
  const epoch = fc.record({ made: fc.nat(24), missed: fc.nat(24), isForgotten: fc.boolean(), length: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(epoch, { maxLength: 20 }), (epochs) => {
      const window = new UptimeWindow(2);
      // what a plain list of what is still kept says
      let kept: { made: number; due: number }[] = [];
      epochs.forEach(({ made, missed, isForgotten, length }, number) => {
        window.begin(number, length + 1);
        window.set(1, number, made, made + missed);
        if (isForgotten) window.forget(number);
        kept.push(isForgotten ? { made: 0, due: 0 } : { made, due: made + missed });
        kept = kept.slice(-length - 1);
        const sum = (of: 'made' | 'due') => kept.reduce((total, one) => total + one[of], 0);
        expect([window.made(1, number, length + 1), window.due(1, number, length + 1)]).toEqual([
          sum('made'),
          sum('due'),
        ]);
        expect(window.made(1, number, 1)).toBe(kept.at(-1)!.made);
        expect(window.due(0, number, length + 1)).toBe(0);
      });
    }),
    { seed: 1 },
  );
});

test('forgets a row as if nothing had been due', () => {
  const window = new UptimeWindow(2);
  window.begin(0, 3);
  window.set(0, 0, 3, 4);
  window.set(1, 0, 1, 4);
  window.clear(0);
  expect([window.due(0, 0, 3), window.due(1, 0, 3)]).toEqual([0, 4]);
});
