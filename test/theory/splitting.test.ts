import { expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

/** Forty strangers with 100 tokens each, and one operator with as much as ten of them behind ten identities. */
const text = `
horizon: 4d
warmUp: 0
network: single
protocol:
  assignment: { kind: stake-weighted, exponent: 1 }
  verification: none
  reputation: beta
  checkIn: none
  slashing: none
  rewards: { kind: fee-split, emission: 0 }
fleet:
  others: { nodes: 40, hardware: reference-cpu, quality: 1, stake: 100 }
  splitter:
    nodes: 10
    hardware: reference-cpu
    quality: 1
    slots: 10
    strategy: { kind: sybil-split, identitiesPerMachine: 10, operatorStake: 1000 }
workload: { tasks: { class: task, arrivals: { perHour: 40 }, work: 100ms, fee: 0.1 } }
twin: true
`;

/** Weight of the splitter as one identity over that of all others, both of stake^a. */
const weight = (exponent: number) => 1_000 ** exponent / (40 * 100 ** exponent);
/** Its income over that with one identity: its weight grows n^(1 − a)-fold, and with it the sum of all weights. */
const gain = (exponent: number) => {
  const times = 10 ** (1 - exponent);
  return (times * (1 + weight(exponent))) / (1 + times * weight(exponent));
};

it.each([
  [1, 1],
  [0.5, 2.73],
  [0.75, 1.62],
  [1.5, 0.45],
])(
  'splitting a stake over n multiplies its weight by n^(1 − a): a = %d',
  async (exponent, expected) => {
    expect(gain(exponent)).toBeCloseTo(expected, 2);
    const gains: number[] = [];
    for (const seed of twentySeeds) {
      const set = [`seed=${seed}`, `protocol.assignment.exponent=${exponent}`];
      gains.push(metricOf(await runFinished(loadText(text, ...set)), 'sybilGain'));
    }
    // drawn by the same luck along the same line of weights, linear ones change nobody's jobs
    if (exponent === 1) expect(new Set(gains)).toEqual(new Set([1]));
    else expect(Math.abs(errorsFrom(gains, gain(exponent)))).toBeLessThan(4);
  },
  120_000,
);
