import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeastTree } from '../../../sim/kernels/trees/least-tree.js';

const infinity = Number.POSITIVE_INFINITY;

describe('LeastTree', () => {
  it('has no row at first', () => {
    for (const size of [1, 2, 5]) expect(new LeastTree(size).least).toBe(infinity);
  });

  it('finds the first row of least value after any changes, as a look at all of them does', () => {
    const change = fc.tuple(fc.nat(12), fc.constantFrom(-1, 0, 0.5, 0.5, 2, infinity));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const tree = new LeastTree(13);
        const values = new Array<number>(13).fill(infinity);
        for (const [row, value] of changes) {
          tree.set(row, value);
          values[row] = value;
          expect(tree.least).toBe(Math.min(...values));
          if (tree.least < infinity) expect(tree.first()).toBe(values.indexOf(tree.least));
        }
      }),
      { seed: 1 },
    );
  });
});
