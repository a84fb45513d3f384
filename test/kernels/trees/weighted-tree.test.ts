import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WeightedTree } from '../../../sim/kernels/trees/weighted-tree.js';

/** The row in which the cumulated weight passes the point, by adding up. */
function findByAdding(weights: readonly number[], point: number): number {
  let sum = 0;
  for (const [row, weight] of weights.entries()) {
    sum += weight;
    if (point < sum) return row;
  }
  return weights.length;
}

const weightLists = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 40 });

function treeOf(weights: readonly number[]): WeightedTree {
  const tree = new WeightedTree(weights.length);
  for (const [row, weight] of weights.entries()) tree.set(row, weight);
  return tree;
}

describe('WeightedTree', () => {
  it('finds at every point the row that adding up finds, and never one of weight 0', () => {
    fc.assert(
      fc.property(weightLists, (weights) => {
        const tree = treeOf(weights);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        expect(tree.total).toBe(total);
        for (let point = 0; point < total; point++) {
          const row = tree.find(point);
          expect(row).toBe(findByAdding(weights, point));
          expect(weights[row]).toBeGreaterThan(0);
        }
      }),
      { seed: 1 },
    );
  });

  it('sums the weights below a row as adding up does, and all of them below the end', () => {
    fc.assert(
      fc.property(weightLists, (weights) => {
        const tree = treeOf(weights);
        for (let row = 0; row <= weights.length; row++) {
          expect(tree.sumBefore(row)).toBe(weights.slice(0, row).reduce((sum, weight) => sum + weight, 0));
        }
      }),
      { seed: 2 },
    );
  });

  it('answers the same after any sequence of changes as a tree set up afresh', () => {
    const change = fc.tuple(fc.nat(39), fc.integer({ min: 0, max: 2 ** 40 }));
    fc.assert(
      fc.property(
        weightLists,
        fc.array(change, { maxLength: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (start, moves, u) => {
          const weights = [...start];
          const tree = treeOf(weights);
          for (const [place, weight] of moves) {
            const row = place % weights.length;
            weights[row] = weight;
            tree.set(row, weight);
          }
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          expect(tree.total).toBe(total);
          for (const [row, weight] of weights.entries()) expect(tree.weight(row)).toBe(weight);
          if (total > 0) expect(tree.find(Math.floor(u * total))).toBe(findByAdding(weights, Math.floor(u * total)));
        },
      ),
      { seed: 2 },
    );
  });

  it('of weights from 1e-12 to 1e300 finds none of weight 0, whatever came before, and all by their shares', () => {
    const magnitude = fc.oneof(
      fc.constant(0),
      fc.integer({ min: -12, max: 300 }).map((power) => 10 ** power),
    );
    fc.assert(
      fc.property(
        fc.array(magnitude, { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(39), magnitude), { maxLength: 60 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (start, moves, u) => {
          const weights = [...start];
          const tree = treeOf(weights);
          for (const [place, weight] of moves) {
            weights[place % weights.length] = weight;
            tree.set(place % weights.length, weight);
          }
          const afresh = treeOf(weights);
          expect(tree.total).toBe(afresh.total);
          if (tree.total === 0) return;
          const row = tree.find(u * tree.total);
          expect(weights[row]).toBeGreaterThan(0);
          expect(row).toBe(afresh.find(u * tree.total));
          // the point lies in the row's part of the total, up to rounding
          expect(tree.sumBefore(row)).toBeLessThanOrEqual(u * tree.total * (1 + 1e-12));
          expect(tree.sumBefore(row + 1)).toBeGreaterThanOrEqual(u * tree.total * (1 - 1e-12));
        },
      ),
      { seed: 3 },
    );
  });

  it('stays exact up to sums just below 2^53', () => {
    const tree = new WeightedTree(3);
    tree.set(0, 2 ** 52);
    tree.set(1, 1);
    tree.set(2, 2 ** 52 - 2);
    expect(tree.total).toBe(2 ** 53 - 1);
    expect(tree.find(2 ** 52 - 1)).toBe(0);
    expect(tree.find(2 ** 52)).toBe(1);
    expect(tree.find(2 ** 52 + 1)).toBe(2);
    expect(tree.find(2 ** 53 - 2)).toBe(2);
  });
});
