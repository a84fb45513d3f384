import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eigenTrust } from '../../../sim/index.js';

const sumOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0);

describe('EigenTrust', () => {
  it('gives the published example, in which the third trusts nobody', () => {
    const [ek, vm, sd] = [0, 1, 2];
    const edges = [
      { from: ek, to: sd, trust: 100 },
      { from: vm, to: sd, trust: 100 },
      { from: ek, to: vm, trust: 75 },
    ];
    const trust = eigenTrust(edges, [50, 100, 0], { weight: 0.5 });
    expect(trust[ek]).toBeCloseTo(0.21705426356589147, 9);
    expect(trust[sd]).toBeCloseTo(0.3023255813953488, 9);
    expect(trust[vm]).toBeCloseTo(0.4806201550387597, 9);
  });

  it('is a fixed point of t = (1 − a)·Cᵀt + a·p, with sum 1', () => {
    const edge = fc.record({ from: fc.nat(5), to: fc.nat(5), trust: fc.integer({ min: -3, max: 9 }) });
    const weights = fc.constantFrom(0.1, 0.5, 1);
    fc.assert(
      fc.property(
        fc.uniqueArray(edge, { maxLength: 20, selector: ({ from, to }) => 6 * from + to }),
        fc.array(fc.nat(4), { minLength: 6, maxLength: 6 }).filter((all) => sumOf(all) > 0),
        weights,
        (edges, given, weight) => {
          const trust = eigenTrust(edges, given, { weight, epsilon: 1e-13 });
          const p = given.map((one) => one / sumOf(given));
          const rows = p.map((_, from) =>
            p.map((_, to) => Math.max(0, edges.find((one) => one.from === from && one.to === to)?.trust ?? 0)),
          );
          const shares = rows.map((row) => (sumOf(row) > 0 ? row.map((one) => one / sumOf(row)) : p));
          p.forEach((own, node) => {
            const passed = sumOf(shares.map((row, from) => row[node]! * trust[from]!));
            expect(trust[node]).toBeCloseTo((1 - weight) * passed + weight * own, 9);
          });
          expect(sumOf(trust)).toBeCloseTo(1, 9);
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });

  it('leaves a group that nobody outside trusts its own pre-trust, none if it has none', () => {
    const ring = [2, 3, 4].map((from) => ({ from, to: from === 4 ? 2 : from + 1, trust: 1_000 }));
    const outside = [
      { from: 0, to: 1, trust: 1 },
      { from: 1, to: 0, trust: 1 },
    ];
    const none = eigenTrust([...ring, ...outside], [1, 1, 0, 0, 0], { weight: 0.2 });
    expect(none.slice(2)).toEqual([0, 0, 0]);
    const some = eigenTrust([...ring, ...outside], [7, 0, 1, 2, 0], { weight: 0.2 });
    expect(sumOf(some.slice(2))).toBeCloseTo(0.3, 9);
  });

  it('refuses what is no network by the name of the parameter', () => {
    expect(() => eigenTrust([{ from: 0, to: 3, trust: 1 }], [1, 1])).toThrow('the number of a node, 0 to 1');
    expect(() => eigenTrust([], [0, 0])).toThrow('expected a sum above 0');
    expect(() => eigenTrust([], [1], { weight: 0 })).toThrow('expected a number above 0');
  });
});
