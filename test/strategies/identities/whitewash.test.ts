import { describe, expect, it } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: recompute, share: 1 }
    reputation: ema
    checkIn: none
    slashing: none
  fleet:
    honest: { nodes: 5, quality: 1 }
    washers: { nodes: 2, quality: 1, funds: 2000, strategy: { kind: whitewash, low: 0.2, identitiesMost: 20 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1m } }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set));
const washers = (result: Awaited<ReturnType<typeof run>>) =>
  records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'washers');

describe('whitewash', () => {
  it('leaves with a spoilt score and enters anew, a fee and a stake an identity, while there is room', async () => {
    const result = await run();
    const nodes = washers(result);
    // the score falls from 0.5 to 0.2 in 18 jobs, and it looks at it once a day
    expect(nodes.length).toBe(20);
    const gone = nodes.filter(({ state }) => state === 'left');
    expect(gone.length).toBeGreaterThanOrEqual(18);
    for (const { score } of gone) expect(Number(score)).toBeLessThan(0.2);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it('has no identity more than it has money for', async () => {
    expect(washers(await run('fleet.washers.funds=0')).length).toBe(2);
  });

  it('in place stays who it is, and lies in all until its history is wiped out', async () => {
    const strategy = 'fleet.washers.strategy={ kind: whitewash, by: in-place, low: 0.3, wrongProbability: 0.2 }';
    const nodes = washers(await run(strategy));
    expect(nodes.length).toBe(2);
    // with one lie in five it would stay near 0.8; it never falls below 0.3 here, so it never fails on purpose
    for (const { attemptsFailed, attemptsAccepted } of nodes) {
      expect(Number(attemptsFailed) / (Number(attemptsFailed) + Number(attemptsAccepted))).toBeLessThan(0.3);
    }
    const low = 'fleet.washers.strategy={ kind: whitewash, by: in-place, low: 0.9, wrongProbability: 0.2 }';
    for (const { attemptsAccepted } of washers(await run(low))) expect(Number(attemptsAccepted)).toBe(0);
  });

  it.each([
    ['low: 0', 'above the lowest score, 0.01'],
    ['low: 0.2, identitiesMost: 2', 'above the nodes, 2'],
    ['low: 0.2, by: in-place, identitiesMost: 9', 'by: re-entry'],
  ])('%s is warned of', (strategy, expected) => {
    const { warnings } = loadText(base, `fleet.washers.strategy={ kind: whitewash, ${strategy} }`);
    expect(warnings.map((warning) => warning.expected)).toContain(expected);
  });
});
