import { expect, test } from 'vitest';
import { loadText, metricOf, runFinished } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

/**
 * Two hundred nodes of one speed, ten of which lie in everything they send, where a share q of the jobs is recomputed.
 *
 * What is at stake is small beside what is locked, so that each slash takes as much as the first.
 */
const text = `
horizon: 5d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: { kind: recompute, share: 0.1 }
  reputation: beta
  checkIn: none
  slashing: { kind: fixed, fraction: 0.0002 }
fleet:
  honest: { nodes: 190, quality: 1, stake: 1000 }
  liars: { nodes: 10, quality: 1, stake: 10000, strategy: always-wrong }
workload: { tasks: { class: task, arrivals: { perHour: 120 }, work: 1m, fee: 0.5, valueAtRisk: 1 } }
money: { treasury: 100000 }
twin: true
`;

/** Value of a wrong result that is accepted, pay of the worker, and what one slash takes [tokens]. */
const [value, pay, slash] = [1, 0.85 * 0.5, 2];
/** A minute on a card whose hours are worth 0.20 USD, and at 0.35 kW in place of 0.05 kW [USD]. */
const [saved, power] = [0.2 / 60, ((0.35 - 0.05) * 0.15) / 60];
/** Results of liars: of 120 jobs an hour on 5 days, their share of the nodes. */
const results = 120 * 24 * 5 * (10 / 200);

/** A liar sends a wrong result where it recomputes, too, which it can't tell from work: it is caught at both. */
function expectedProfit(q: number): number {
  // a recomputation by another liar, which differs from its lie as much as from the truth, catches both
  return results * ((1 - q) * value + (1 + q) * (saved + power) - 2 * q * (pay + slash));
}

test('lies bring more than honest work below the critical share of recomputations, and less above it', async () => {
  const critical = (value + saved + power) / (value - saved - power + 2 * (pay + slash));
  expect(critical).toBeCloseTo(0.172, 3);
  for (const part of [0.7, 1.3]) {
    const q = critical * part;
    const profits: number[] = [];
    for (const seed of twentySeeds) {
      const run = await runFinished(loadText(text, `seed=${seed}`, `protocol.verification.share=${q}`));
      profits.push(metricOf(run, 'attackerProfitOverTwinUsd'));
    }
    expect(Math.abs(errorsFrom(profits, expectedProfit(q))), `${part} of the critical share`).toBeLessThan(4);
    expect(Math.sign(expectedProfit(q))).toBe(part < 1 ? 1 : -1);
  }
}, 120_000);
