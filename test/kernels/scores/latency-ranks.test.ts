import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JobMark, JobWindow } from '../../../sim/kernels/scores/job-window.js';
import { LatencyRanks } from '../../../sim/kernels/scores/latency-ranks.js';
import { percentileRank } from '../../../sim/kernels/scores/percentile-rank.js';

/** Share of the others that are greater, equal ones half, by asking each. */
function rankByCounting(values: readonly number[], own: number): number {
  const greater = values.filter((value) => value > own).length;
  const equal = values.filter((value) => value === own).length - 1;
  return (greater + equal / 2) / (values.length - 1);
}

describe('a percentile rank', () => {
  it('is the share of the others that are greater, equal ones half', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 2, maxLength: 40 }), (values) => {
        const ascending = Float64Array.from(values).sort();
        for (const value of values) expect(percentileRank(ascending, value)).toBe(rankByCounting(values, value));
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('is none without others', () => {
    expect(percentileRank(Float64Array.of(3), 3)).toBeNaN();
  });
});

/** Ranks of nodes with these latencies, all of one sort. */
function ranksOf(latencies: readonly (readonly number[])[], regions: readonly number[], share: number, mark: number) {
  const window = new JobWindow(latencies.length);
  const ranks = new LatencyRanks(latencies.length, Math.max(...regions) + 1, window);
  latencies.forEach((own, node) => {
    for (const latency of own) window.add(node, latency, mark, 1_000);
  });
  ranks.clear();
  const medians = latencies.map((_, node) => ranks.look(node, regions[node]!));
  ranks.sort();
  return { medians, ranks: latencies.map((_, node) => ranks.rank(node, regions[node]!, share)) };
}

describe('latency ranks', () => {
  const realTime = JobMark.hasLatency | JobMark.isRealTime;

  it('are by means, half among all and half among those of the region', () => {
    const latencies = [[1], [2, 4], [5], [3]];
    const { ranks } = ranksOf(latencies, [0, 0, 1, 1], 0.5, JobMark.hasLatency);
    // of all: 1 < 3 = 3 < 5; in regions: 1 < 3, and 3 < 5
    expect(ranks).toEqual([(1 + 1) / 2, (0.5 + 0) / 2, 0, (0.5 + 1) / 2]);
    expect(ranksOf(latencies, [0, 0, 1, 1], 0, JobMark.hasLatency).ranks).toEqual([1, 0.5, 0, 0.5]);
  });

  it('are those among all for who is alone in its region, 1 for who is alone, and 0 without any latency', () => {
    expect(ranksOf([[1], [2], [3]], [0, 1, 2], 1, realTime).ranks).toEqual([1, 0.5, 0]);
    expect(ranksOf([[7]], [0], 0.5, realTime).ranks).toEqual([1]);
    expect(ranksOf([[7], []], [0, 0], 0.5, realTime).ranks).toEqual([1, 0]);
  });

  it('tell the median of real-time latencies, and no other', () => {
    expect(ranksOf([[1, 5, 2], [4, 6], []], [0, 0, 0], 0, realTime).medians).toEqual([2, 5, Number.NaN]);
    expect(ranksOf([[1, 5, 2]], [0], 0, JobMark.hasLatency).medians).toEqual([Number.NaN]);
  });

  it('compare seconds with seconds and multiples with multiples, and weigh the two by jobs', () => {
    const window = new JobWindow(2);
    const ranks = new LatencyRanks(2, 1, window);
    for (const latency of [1, 1, 1]) window.add(0, latency, realTime, 10);
    window.add(0, 9, JobMark.hasLatency, 10);
    window.add(1, 2, realTime, 10);
    window.add(1, 3, JobMark.hasLatency, 10);
    ranks.look(0, 0);
    ranks.look(1, 0);
    ranks.sort();
    expect([ranks.rank(0, 0, 0.5), ranks.rank(1, 0, 0.5)]).toEqual([3 / 4, 1 / 2]);
  });
});
