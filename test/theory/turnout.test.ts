import { describe, expect, it } from 'vitest';
import { loadText, records, runFinished, tableNamed } from '../support/scenarios.js';
import { binomialErrors, twentySeeds } from '../support/statistics.js';

const operators = 200;

/** Votes under twenty seeds: operators of equal stake, of which attackers all vote. */
async function votes(turnout: number, attackers: number) {
  const all = [];
  for (const seed of twentySeeds) {
    const result = await runFinished(
      loadText(`
        seed: ${seed}
        horizon: 2d
        warmUp: 0
        network: single
        protocol: { checkIn: none, slashing: none }
        fleet:
          good: { nodes: ${operators}, hardware: reference-cpu, turnout: ${turnout} }
          bad: { nodes: ${attackers}, hardware: reference-cpu, strategy: always-wrong }
        workload: { w: { class: task, arrivals: { perDay: 0 } } }
        votes:
          - { proposed: 1h, open: 1h, timelock: 0, by: bad, set: { protocol.attempts: 4 } }
          - { proposed: 5h, open: 1h, timelock: 0, by: bad, set: { protocol.attempts: 5 } }
      `),
    );
    all.push(records(tableNamed(result, 'votes')));
  }
  return all;
}

describe('turnout', () => {
  it.each([0.1, 0.5, 0.85])('of operators who each vote with probability %d is binomial', async (turnout) => {
    const counted = (await votes(turnout, 1)).map((both) => both.map((vote) => Number(vote.operatorsVoted) - 1));
    const sum = counted.flat().reduce((all, one) => all + one, 0);
    const trials = operators * 2 * twentySeeds.length;
    expect(Math.abs(binomialErrors(sum, trials, turnout))).toBeLessThan(4);
    // votes are drawn for themselves: their covariance over seeds is that of independent counts, sd n·p·q/√20
    const mean = operators * turnout;
    const products = counted.map(([first, second]) => (first! - mean) * (second! - mean));
    const covariance = products.reduce((all, one) => all + one, 0) / twentySeeds.length;
    const variance = operators * turnout * (1 - turnout);
    expect(Math.abs(covariance)).toBeLessThan((4 * variance) / Math.sqrt(twentySeeds.length));
  });

  it('decides: a share of the weight passes what it proposes if quorum and the turnout of others let it', async () => {
    for (const [turnout, attackers, isPassed] of [
      // a = 1/3: alone above a quorum of 0.3, and outvoted from a turnout of one half of the others on
      [0.2, 100, true],
      [0.8, 100, false],
      // a = 1/11: a quorum of 0.3 needs 0.23 of the others, of which 0.1 are as many as it has
      [0.02, 20, false],
      [0.5, 20, false],
    ] as const) {
      const outcomes = (await votes(turnout, attackers)).flat().map(({ outcome }) => outcome === 'passed');
      expect(outcomes).toEqual(outcomes.map(() => isPassed));
    }
  });
});
