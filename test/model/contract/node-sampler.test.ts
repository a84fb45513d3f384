import { describe, expect, it } from 'vitest';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { NodeSampler } from '../../../sim/model/contract/node-sampler.js';
import { chiSquared } from '../../support/statistics.js';

const draw = new KeyedDraw('node-sampler');
const uniform = (job: number, number: number, purpose: number) => draw.uniform(job, number, purpose);
const purposes = { region: 1, node: 2 };
const jobs = 20_000;

/** Nodes 0 to 5 in regions 0, 0, 0, 1, 1, 2. */
const regionOf = Uint8Array.of(0, 0, 0, 1, 1, 2);

function createSampler(weights: readonly number[], fits: (job: number, node: number) => boolean = () => true) {
  const sampler = new NodeSampler(regionOf, [3, 2, 1], 2, () => 0, fits);
  for (const [node, weight] of weights.entries()) sampler.setWeight(1, node, weight);
  return sampler;
}

function countDraws(sampler: NodeSampler, factors: Float64Array | null, offset = 0): number[] {
  const counts = [0, 0, 0, 0, 0, 0];
  for (let job = 0; job < jobs; job++) counts[sampler.draw(job, 1, factors, offset, uniform, purposes)]!++;
  return counts;
}

/** Pearson's statistic within four standard deviations, and nothing where the share is 0. */
function expectShares(counts: readonly number[], shares: readonly number[]): void {
  const positive = shares.flatMap((share, node) => (share > 0 ? [node] : []));
  shares.forEach((share, node) => {
    if (share === 0) expect(counts[node], `node ${node}`).toBe(0);
  });
  const { errors } = chiSquared(
    positive.map((node) => counts[node]!),
    positive.map((node) => shares[node]!),
  );
  expect(Math.abs(errors)).toBeLessThan(4);
}

describe('NodeSampler', () => {
  it('draws in proportion to the weights, whatever the regions', () => {
    const weights = [1, 2, 0.5, 0, 3, 0.25];
    expectShares(countDraws(createSampler(weights), null), weights);
  });

  it('draws in proportion to weight × the factor of the node’s region, read from the offset', () => {
    const weights = [1, 2, 0.5, 1, 3, 4];
    const factors = Float64Array.of(9, 9, 9, 0.5, 2, 0);
    const shares = [0.5, 1, 0.25, 2, 6, 0];
    expectShares(countDraws(createSampler(weights), factors, 3), shares);
  });

  it('never draws a node that doesn’t fit, and the others in their proportions', () => {
    const weights = [1, 2, 0.5, 1, 30, 4];
    const sampler = createSampler(weights, (_, node) => node !== 4 && node !== 1);
    expectShares(countDraws(sampler, null), [1, 0, 0.5, 1, 0, 4]);
    expectShares(countDraws(sampler, Float64Array.of(2, 1, 1)), [2, 0, 1, 1, 0, 4]);
  });

  it('is NONE when no node that fits has weight, and all weights are as before', () => {
    let isOpen = false;
    const weights = [1, 2, 0.5, 1, 3, 4];
    const sampler = createSampler(weights, () => isOpen);
    expect(sampler.draw(0, 1, null, 0, uniform, purposes)).toBe(NONE);
    isOpen = true;
    expectShares(countDraws(sampler, null), weights);
  });

  it('is NONE and without candidates where every weight is 0, each class by itself', () => {
    const sampler = createSampler([0, 1, 0, 0, 0, 0]);
    expect([sampler.hasWeight(0), sampler.hasWeight(1)]).toEqual([false, true]);
    expect(sampler.draw(0, 0, null, 0, uniform, purposes)).toBe(NONE);
    sampler.setWeight(1, 1, 0);
    expect(sampler.hasWeight(1)).toBe(false);
    expect(sampler.draw(0, 1, null, 0, uniform, purposes)).toBe(NONE);
  });

  it('draws in proportion to weights however small or large they all are', () => {
    for (const scale of [1e-12, 1e15]) {
      const weights = [1, 2, 0.5, 0, 3, 0.25];
      const scaled = weights.map((weight) => weight * scale);
      expectShares(countDraws(createSampler(scaled), null), weights);
    }
  });

  it('draws in proportion where one weight is a million times the others', () => {
    const sampler = createSampler([1e-3, 0, 0, 1e3, 0, 1e3]);
    const counts = countDraws(sampler, null);
    expectShares(counts.slice(3), [1, 0, 1]);
    expect(counts[0]).toBeLessThan(3);
  });

  it('draws the same node for the same job, and other ones for its next attempt', () => {
    const weights = [1, 1, 1, 1, 1, 1];
    let made = 0;
    const sampler = new NodeSampler(
      regionOf,
      [3, 2, 1],
      2,
      () => made,
      () => true,
    );
    for (const [node, weight] of weights.entries()) sampler.setWeight(1, node, weight);
    const nodesOf = () => Array.from({ length: 50 }, (_, job) => sampler.draw(job, 1, null, 0, uniform, purposes));
    const first = nodesOf();
    expect(nodesOf()).toEqual(first);
    made = 1;
    expect(nodesOf()).not.toEqual(first);
  });

  it('draws by the right shares after huge weights came and went: 100^8 is a weight that settings allow', () => {
    const sampler = new NodeSampler(
      new Uint8Array(4),
      [4],
      1,
      () => 0,
      () => true,
    );
    const huge = 100 ** 8;
    for (const [node, weight] of [huge / 3, 0.3, huge / 7, 0.6].entries()) sampler.setWeight(0, node, weight);
    sampler.setWeight(0, 0, 0);
    sampler.setWeight(0, 2, 0);
    const counts = [0, 0, 0, 0];
    for (let job = 0; job < 3_000; job++) {
      const node = sampler.draw(job, 0, null, 0, uniform, purposes);
      expect(node).not.toBe(NONE);
      counts[node]!++;
    }
    expectShares(counts, [0, 1, 0, 2]);
  });
});
