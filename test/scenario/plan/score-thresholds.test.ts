import { describe, expect, it } from 'vitest';
import { reputationModels } from '../../../sim/mechanisms/reputation/index.js';
import { loadText, metricOf, runFinished } from '../../support/scenarios.js';

const base = `
  horizon: 2d
  warmUp: 0
  network: single
  protocol:
    epoch: 6h
    assignment: uniform
    verification: none
    rewards: fee-split
    slashing: none
    checkIn: none
    publish: { every: 0, delay: 0 }
  fleet: { a: { nodes: 4, hardware: h100 } }
  workload: { w: { class: inference, arrivals: { perHour: 20 } } }
`;

const told = (...set: readonly string[]) => loadText(base, ...set).warnings.map(({ path, why }) => `${path}: ${why}`);
const ofScores = (...set: readonly string[]) => told(...set).filter((line) => line.includes('minimumScore'));
const jobsDone = async (...set: readonly string[]) =>
  metricOf(await runFinished(loadText(base, ...set)), 'jobsCompleted');

/** The score of nodes while none has had a job, with the highest that there is, and what it takes to know that. */
const models: Readonly<Record<string, readonly [score: number, highest: number, setting?: string]>> = {
  step: [1, 2],
  ema: [0.5, 1],
  beta: [0.5, 1],
  'beta-audit': [0.8, 1, 'successes: 8, failures: 2, disqualifiedAt: 0.5'],
  'window-composite': [0.9, 1],
  'oracle-composite': [500, 1_000],
  eigentrust: [0.5, 1],
  peertrust: [0.5, 1],
  trustguard: [0.5, 1],
  'subjective-logic': [0.5, 1],
  'liquid-rank': [0.5, 1, 'fullRange: false'],
  'consensus-weights': [0.5, 1],
  'bonding-curve': [0.6, 1],
  'stake-compute': [0.5, 1],
};

describe('a minimum score that nobody has before the first job', () => {
  it('is known of every model', () => {
    // credibility never gives less than a new node has
    const all = [...Object.keys(models), 'credibility'].toSorted();
    expect(all).toEqual(reputationModels.map(({ kind }) => kind).toSorted());
  });

  it.each(Object.keys(models))('is told under %s, and then nobody ever gets work', async (kind) => {
    const [score, highest, setting = ''] = models[kind]!;
    const model = `protocol.reputation={kind: ${kind}, ${setting}}`;
    const above = score + 0.01 * highest;
    expect(ofScores(model, `workload.w.minimumScore=${above}`)).toEqual([
      'workload.w.minimumScore: so that nobody ever gets work',
    ]);
    expect(await jobsDone(model, `workload.w.minimumScore=${above}`)).toBe(0);
    const policy = (minimum: number) => `protocol.assignment={kind: weighted-random, minimumScore: ${minimum}}`;
    expect(ofScores(model, policy(above))).toEqual(['protocol.assignment.minimumScore: so that nobody ever gets work']);
    // a hair lower than it is reckoned
    const enough = score - 1e-6 * highest;
    expect(ofScores(model, `workload.w.minimumScore=${enough}`)).toEqual([]);
    expect(ofScores(model, policy(enough))).toEqual([]);
    expect(await jobsDone(model, `workload.w.minimumScore=${enough}`)).toBeGreaterThan(0);
  });

  it.each([
    [['workload.w.gatedShare=0.9'], 'where some jobs don’t ask for it'],
    [['workload.v={class: inference, arrivals: {perHour: 1}}'], 'where another workload doesn’t'],
    [['fleet.a.importedScore=3'], 'where a score that is brought along is enough'],
    [['protocol.checkIn={every: 1h}'], 'where check-ins raise it'],
  ])('isn’t told given %j: %s', async (set) => {
    const given = ['protocol.reputation=step', 'workload.w.minimumScore=1.003', ...set];
    expect(ofScores(...given)).toEqual([]);
    expect(await jobsDone(...given)).toBeGreaterThan(0);
  });

  it('isn’t told of ever where the rules change', () => {
    const change = `
  changes: [{ at: 1d, set: { protocol.assignment.minimumScore: 0 } }]`;
    const policy = 'assignment: { kind: weighted-random, minimumScore: 0.9 }';
    const text = `${base.replace('assignment: uniform', policy)}${change}`;
    expect(loadText(text).warnings.map(({ why }) => why)).not.toContain('so that nobody ever gets work');
  });
});

describe('a threshold on scores', () => {
  const lowest = 'protocol.reputation={kind: step, lowest: 0.5, initial: 1}';
  const tiers = 'protocol.reputation=window-composite';
  const rate = (...settings: readonly string[]) => `protocol.slashing={kind: success-rate, ${settings.join(', ')}}`;

  it.each([
    [[rate('below: 0.9'), tiers], 'slashing.below: so that nodes are slashed that may have such jobs'],
    [
      [rate('grace: {scoreFrom: 0}'), tiers],
      'slashing.grace.scoreFrom: so that everybody always has it, and nobody is ever slashed',
    ],
    [
      ['protocol.slashing={kind: matrix, lowScore: {below: 0.8}}', tiers],
      'slashing.lowScore.below: so that nodes are slashed that may have such jobs',
    ],
    [
      ['protocol.slashing={kind: matrix, lowScore: {below: 2.1}}', lowest],
      'slashing.lowScore.below: so that nobody’s ever falls below it',
    ],
    [
      ['protocol.assignment={kind: weighted-random, minimumScore: 0.5}', lowest],
      'assignment.minimumScore: so that it keeps nobody out',
    ],
    [
      ['protocol.assignment={kind: weighted-random, probation: {below: 2.1}}', lowest],
      'assignment.probation.below: so that everybody is on probation at any score',
    ],
    [['protocol.rewards.minimumScore=0.5', lowest], 'rewards.minimumScore: so that it keeps no pay back'],
    [
      ['protocol.rewards.boosts={from: 0.3, full: 0.5, fastest: 0}', lowest],
      'rewards.boosts.full: so that everybody is paid all of it',
    ],
    [
      ['protocol.rewards.holdLowScores={below: 2.1}', lowest],
      'rewards.holdLowScores.below: so that all pay waits longer',
    ],
    [
      ['protocol.rewards.holdLowScores={below: 1, lowest: {below: 0.5, epochs: 3}}', lowest],
      'rewards.holdLowScores.lowest.below: so that nobody’s pay waits that long',
    ],
  ])('is told: %j', (set, expected) => {
    expect(told(...set)).toContain(`protocol.${expected}`);
  });

  it.each([
    [[rate('below: 0.85', 'grace: {scoreFrom: 0.95}'), tiers]],
    [['protocol.slashing={kind: matrix, lowScore: {below: 0.7}}', tiers]],
    [['protocol.slashing={kind: matrix, lowScore: {below: 2}}', lowest]],
    [['protocol.assignment={kind: weighted-random, minimumScore: 0.51, probation: {below: 2}}', lowest]],
    [['protocol.rewards={minimumScore: 0.51, holdLowScores: {below: 2, lowest: {below: 0.51, epochs: 3}}}', lowest]],
  ])('isn’t where it can have its effect: %j', (set) => {
    expect(told(...set)).toEqual([]);
  });
});
