import { describe, expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../../../support/scenarios.js';

const base = `
  horizon: 4d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: recompute, share: 1 }
    reputation: beta
    slashing: none
    checkIn: none
  fleet:
    honest: { nodes: 16, hardware: reference-cpu, quality: 1, stake: 100 }
    split:
      nodes: 8
      hardware: reference-cpu
      quality: 1
      stake: 300
      strategy: { kind: sybil-split, identitiesPerMachine: 8 }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 0.1 } }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set));

describe('the distribution over operators', () => {
  it('counts an operator once, however many identities it has', async () => {
    const result = await run();
    // 2,400 tokens of 4,000
    expect(metricOf(result, 'nakamotoStake')).toBe(1);
    expect(metricOf(result, 'attackerStakeShare')).toBeCloseTo(0.6, 12);
    expect(metricOf(result, 'topTenStakeShare')).toBeCloseTo((2_400 + 9 * 100) / 4_000, 12);
    // a third of the work for the one, of the rest 9 of 16
    expect(metricOf(result, 'topTenWorkShare')).toBeGreaterThan(1 / 3 + (2 / 3) * (9 / 16));
    expect(metricOf(result, 'topTenWorkShare')).toBeLessThan(0.8);
  });

  it('is told of who is there at the end', async () => {
    const left = await run('fleet.split.leaves={ at: 2d }');
    expect(metricOf(left, 'attackerStakeShare')).toBe(0);
    expect(metricOf(left, 'nakamotoStake')).toBe(9);
  });
});

describe('the correlation of scores with quality', () => {
  it('is high where liars are scored low, and empty where all are alike', async () => {
    const liars = await run('fleet.split.strategy=always-wrong');
    // ties: 8 of 24 below the others, whose own scores differ by chance
    expect(metricOf(liars, 'scoreQualityCorrelation')).toBeGreaterThan(0.75);
    expect(metricOf(await run('fleet.split.strategy=honest'), 'scoreQualityCorrelation')).toBeNaN();
    expect(metricOf(await run('fleet.split.strategy=honest'), 'attackerStakeShare')).toBeNaN();
  });
});
