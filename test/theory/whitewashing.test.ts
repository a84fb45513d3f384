import { expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

/**
 * Five operators that lie for a day, until nobody gives them a job any more, and are honest from then on: with the name
 * that they spoilt, or with a fresh one. Jobs ask for a score that a spoilt name never has again.
 */
const text = `
horizon: 6d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: { kind: zero-knowledge, proofFactor: 1, soundnessError: 0 }
  reputation: { kind: ema, initial: 0.5, alpha: 0.1 }
  publish: { every: 0, delay: 0 }
  checkIn: none
  slashing: none
  rewards: { kind: fee-split, emission: 0, unbonding: 2d }
  stake: { identityFee: 1 }
fleet:
  honest: { nodes: 10, quality: 1, stake: 100 }
  liars: { nodes: 5, quality: 1, stake: 100, funds: 5000, attack: liars, strategy: STRATEGY }
workload: { tasks: { class: task, arrivals: { perHour: 30 }, work: 1m, fee: 0.1, minimumScore: 0.3 } }
money: { treasury: 100000 }
`;
const phases = (then: string) => `{ kind: phases, steps: [{ until: 1d, play: always-wrong }, { play: ${then} }] }`;
const fresh = phases('{ kind: whitewash, low: 0.3, wrongProbability: 0 }');
const spoilt = phases('honest');

/** Jobs of a fresh name in five days: a fifteenth of all. */
const jobs = 30 * 24 * 5 * (1 / 15);
/** Pay less power, at 0.35 kW in place of 0.05 kW for a minute [USD]. */
const each = 0.85 * 0.1 - ((0.35 - 0.05) * 0.15) / 60;
/** V(fresh) − V(damaged), as a spoilt name brings nothing. */
const worth = jobs * each;
/** Of what is locked twice while it unbonds [USD]. */
const waiting = (100 * 0.08 * 2) / 365;

it.each([0.7, 1.3])(
  'a fresh name pays iff it is worth more than its fee and the wait: at %d of that',
  async (part) => {
    const fee = Math.round(part * (worth - waiting) * 1e6) / 1e6;
    const differences: number[] = [];
    for (const seed of twentySeeds) {
      const profit = async (strategy: string) => {
        const set = [`seed=${seed}`, `protocol.stake.identityFee=${fee}`];
        return metricOf(await runFinished(loadText(text.replace('STRATEGY', strategy), ...set)), 'attackerProfitUsd');
      };
      differences.push((await profit(fresh)) - (await profit(spoilt)));
    }
    const expected = 5 * (worth - waiting - fee);
    expect(Math.abs(errorsFrom(differences, expected))).toBeLessThan(4);
    expect(Math.sign(expected)).toBe(part < 1 ? 1 : -1);
    for (const difference of differences) expect(Math.sign(difference)).toBe(Math.sign(expected));
  },
  120_000,
);
