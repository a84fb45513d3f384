import { describe, expect, it } from 'vitest';
import { loadText, numbers, records, runFinished, tableNamed } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

const nodes = 20;
const days = 10;
/** Jobs a node and day, on average: of a Poisson stream that goes to all alike, each node has one of its own. */
const daily = 6;
const scale = 30;
const initial = 0.4;

/** Every job that succeeds counts 1, whatever came before it; nothing fades, unless a test says so. */
const text = `
horizon: ${days}d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: none
  reputation:
    kind: bonding-curve
    scale: ${scale}
    initialScore: ${initial}
    halfLife: unlimited
    successWeight: 0
    latencyWeight: 0
    penaltyWeight: 0
  slashing: { kind: score, fraction: 0.3, bondFraction: 0 }
  publish: { every: 0, delay: 0 }
  checkIn: none
  epoch: 1d
  attempts: 1
fleet: { a: { nodes: ${nodes}, hardware: reference-cpu, quality: 1, slots: 100 } }
workload: { w: { class: task, arrivals: { perHour: ${(daily * nodes) / 24} }, work: 1ms, deadline: none } }
`;

/** The mean score of the nodes at the end, of twenty seeds. */
async function meanScores(...set: readonly string[]): Promise<number[]> {
  const means: number[] = [];
  for (const seed of twentySeeds) {
    const result = await runFinished(loadText(text, `seed=${seed}`, ...set));
    const scores = numbers(tableNamed(result, 'nodes'), 'score');
    expect(scores.length).toBe(nodes);
    means.push(scores.reduce((sum, score) => sum + score, 0) / nodes);
  }
  return means;
}

/** E[e^(−cN)] of a Poisson number N. */
const laplace = (mean: number, c: number) => Math.exp(-mean * (1 - Math.exp(-c)));

describe('the bonding curve', () => {
  it('has the mean 1 − (1 − R₀)·e^(−m(1 − e^(−1/k))) after a Poisson number of jobs with the mean m', async () => {
    const expected = 1 - (1 - initial) * laplace(daily * days, 1 / scale);
    expect(Math.abs(errorsFrom(await meanScores(), expected))).toBeLessThan(4);
  });

  it('fades by the half-life: work of n epochs ago counts 2^(−n/h)', async () => {
    const halfLife = 5;
    const kept = (epochs: number) => 2 ** (-epochs / halfLife);
    let left = (1 - initial) ** kept(days);
    for (let epoch = 1; epoch <= days; epoch++) left *= laplace(daily, kept(epoch) / scale);
    const means = await meanScores(`protocol.reputation.halfLife=${halfLife}d`);
    expect(Math.abs(errorsFrom(means, 1 - left))).toBeLessThan(4);
  });

  it.each([0.05, 0.3])(
    'with faults at a probability of %d has the mean R* + (R₀ − R*)·e^(−m(1 − a))',
    async (wrong) => {
      // a success takes 1 − R to (1 − R)·q, a fault R to 0.7 R: in the mean an affine map with slope a
      const q = Math.exp(-1 / scale);
      const a = 0.7 * wrong + (1 - wrong) * q;
      const limit = ((1 - wrong) * (1 - q)) / (1 - a);
      const expected = limit + (initial - limit) * Math.exp(-daily * days * (1 - a));
      const means = await meanScores(
        'protocol.verification={ kind: zero-knowledge, proofFactor: 1, soundnessError: 0 }',
        `fleet.a.strategy={ kind: always-wrong, wrongProbability: ${wrong} }`,
      );
      expect(Math.abs(errorsFrom(means, expected))).toBeLessThan(4);
    },
  );

  it.each([
    [0.65, 1],
    [0.95, 2],
  ])('gives who betrays from %d on %d faults before nobody asks it: n(1 − q)/q lies pass', async (built, faults) => {
    const found = 0.25;
    const liars = 10;
    const passed: number[] = [];
    for (const seed of twentySeeds) {
      const loaded = loadText(
        text,
        `seed=${seed}`,
        // what is done meanwhile adds nothing to speak of
        'protocol.reputation.scale=1000000',
        `protocol.reputation.initialScore=${built}`,
        `protocol.verification={ kind: zero-knowledge, proofFactor: 1, soundnessError: ${1 - found} }`,
        'workload.w.minimumScore=0.5',
        `fleet.liars={ nodes: ${liars}, hardware: reference-cpu, slots: 100, strategy: always-wrong }`,
      );
      const nodes = records(tableNamed(await runFinished(loaded), 'nodes')).filter(({ cohort }) => cohort === 'liars');
      expect(nodes.map(({ attemptsFailed }) => Number(attemptsFailed))).toEqual(Array(liars).fill(faults));
      passed.push(nodes.reduce((sum, { attemptsAccepted }) => sum + Number(attemptsAccepted), 0) / liars);
    }
    expect(Math.abs(errorsFrom(passed, (faults * (1 - found)) / found))).toBeLessThan(4);
  });
}, 120_000);
