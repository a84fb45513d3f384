import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eigenTrust, type LocalTrust } from '../../../sim/kernels/trust/eigen-trust.js';

const tight = { epsilon: 1e-15, stepsMost: 100_000 };
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, one) => all + one, 0);

/** The fixed point t = ((1 − a)·Cᵀ)t + a·p by elimination, for few peers. */
function solved({ peers, from, to, value }: LocalTrust, pre: readonly number[], a: number): number[] {
  const whole = sum(pre);
  const p = pre.map((one) => one / whole);
  const c = Array.from({ length: peers }, () => new Array<number>(peers).fill(0));
  for (let place = 0; place < from.length; place++) {
    if (from[place] !== to[place]) c[from[place]!]![to[place]!]! += value[place]!;
  }
  for (const [peer, row] of c.entries()) {
    for (const [other, one] of row.entries()) row[other] = Math.max(0, one);
    const all = sum(row);
    c[peer] = all === 0 ? [...p] : row.map((one) => one / all);
  }
  // (I − (1 − a)Cᵀ) t = a·p
  const m = c.map((_, i) => [...c.map((row, j) => (i === j ? 1 : 0) - (1 - a) * row[i]!), a * p[i]!]);
  for (let i = 0; i < peers; i++) {
    const pivot = m.slice(i).reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(m[best]![i]!) ? i + k : best), i);
    [m[i], m[pivot]] = [m[pivot]!, m[i]!];
    for (let k = 0; k < peers; k++) {
      if (k === i) continue;
      const factor = m[k]![i]! / m[i]![i]!;
      m[k] = m[k]!.map((one, j) => one - factor * m[i]![j]!);
    }
  }
  return m.map((row, i) => row[peers]! / row[i]!);
}

describe('eigenTrust', () => {
  it('gives the published example of three peers', () => {
    const [ek, sd, vm] = [0, 1, 2];
    const local = { peers: 3, from: [ek, vm, ek], to: [sd, sd, vm], value: [100, 100, 75] };
    const trust = eigenTrust(local, { ...tight, preTrust: [50, 0, 100], preTrustWeight: 0.5 });
    for (const [peer, expected] of [0.21705426356589147, 0.3023255813953488, 0.4806201550387597].entries()) {
      expect(trust[peer]).toBeCloseTo(expected, 12);
    }
  });

  const network = fc.integer({ min: 2, max: 7 }).chain((peers) =>
    fc.record({
      peers: fc.constant(peers),
      edges: fc.array(fc.tuple(fc.nat(peers - 1), fc.nat(peers - 1), fc.integer({ min: -5, max: 20 })), {
        maxLength: 25,
      }),
      pre: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: peers, maxLength: peers }),
      weight: fc.double({ min: 0.05, max: 1, noNaN: true }),
    }),
  );

  it('is the fixed point that elimination finds, and has a sum of 1', () => {
    fc.assert(
      fc.property(network, ({ peers, edges, pre, weight }) => {
        fc.pre(sum(pre) > 0);
        const [from, to, value] = [0, 1, 2].map((part) => edges.map((edge) => edge[part]!)) as [
          number[],
          number[],
          number[],
        ];
        const local = { peers, from, to, value };
        const trust = eigenTrust(local, { ...tight, preTrust: pre, preTrustWeight: weight });
        for (const [peer, expected] of solved(local, pre, weight).entries()) {
          expect(Math.abs(trust[peer]! - expected)).toBeLessThan(1e-9);
        }
        expect(sum(trust)).toBeCloseTo(1, 12);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('leaves a closed group whom nobody outside trusts exactly its own pre-trust', () => {
    // 0, 1, 2 trust one another; 3 and 4 vouch for each other with all their might
    const local = { peers: 5, from: [0, 1, 2, 3, 4], to: [1, 2, 0, 4, 3], value: [1, 1, 1, 1e9, 1e9] };
    const group = (preTrust: number[]) => {
      const trust = eigenTrust(local, { ...tight, preTrust, preTrustWeight: 0.2 });
      return trust[3]! + trust[4]!;
    };
    expect(group([1, 1, 1, 0, 0])).toBe(0);
    expect(group([1, 1, 1, 1, 0])).toBeCloseTo(0.25, 12);
  });

  it('begins where it is told, and stops once the steps are short or spent', () => {
    const local = { peers: 3, from: [0, 1], to: [1, 2], value: [1, 1] };
    const options = { preTrust: [1, 0, 0], preTrustWeight: 0.1 };
    const end = eigenTrust(local, { ...options, ...tight });
    const again = eigenTrust(local, { ...options, epsilon: 1e-9, stepsMost: 1, start: end });
    for (let peer = 0; peer < 3; peer++) expect(again[peer]).toBeCloseTo(end[peer]!, 9);
    const once = eigenTrust(local, { ...options, epsilon: 0, stepsMost: 1 });
    expect(Array.from(once, (one) => one.toFixed(3))).toEqual(['0.100', '0.900', '0.000']);
  });
});
