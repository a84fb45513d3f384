import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupedValues } from '../../sim/kernels/grouped-values.js';

describe('grouped values', () => {
  it('are each group’s, in the order in which they came, also after more came and after a clearing', () => {
    const pairs = fc.array(fc.tuple(fc.nat(4), fc.double({ noNaN: true })), { maxLength: 3_000, size: 'max' });
    fc.assert(
      fc.property(fc.array(pairs, { minLength: 1, maxLength: 3 }), (rounds) => {
        const grouped = new GroupedValues(5);
        for (const round of rounds) {
          grouped.clear();
          const half = Math.floor(round.length / 2);
          for (const part of [round.slice(0, half), round.slice(half)]) {
            for (const [group, value] of part) grouped.add(group, value);
            grouped.of(0);
          }
          for (let group = 0; group < 5; group++) {
            const own = round.filter(([of]) => of === group).map(([, value]) => value);
            expect([...grouped.of(group)]).toEqual(own);
          }
        }
      }),
      { seed: 1, numRuns: 30 },
    );
  });
});
