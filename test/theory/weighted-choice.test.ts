import { describe, expect, it } from 'vitest';
import { catalogue } from '../../sim/scenario/schema/catalogue.js';
import { acceptedByNode } from '../support/accepted.js';
import { buildLoaded, loadText, runUntil } from '../support/scenarios.js';
import { chiSquared } from '../support/statistics.js';

const jobs = 20_000;

/** Nodes that are nearly always free, and verdicts that change nothing: a choice a job, each by the same weights. */
const idle = `
  seed: choice-1
  horizon: 20010
  network: single
  protocol:
    verification: { kind: peer-attestation, peers: 1, threshold: 1, replyDelay: 31s }
    reputation: { kind: ema, initial: 1 }
    publish: { every: 0, delay: 0 }
    checkIn: none
    epoch: 7d
    stake: { minimum: 0 }
  fleet: {}
  workload: { w: { class: task, arrivals: { perSecond: 1 }, jobs: ${jobs}, work: 1ms, deadline: none } }
`;

function shares(fleet: string, assignment: string, scores: readonly number[], ...set: readonly string[]) {
  const loaded = loadText(idle.replace('fleet: {}', `fleet: ${fleet}`), `protocol.assignment=${assignment}`, ...set);
  const built = buildLoaded(loaded);
  for (const [node, score] of scores.entries()) built.lives.nodeLife.scoreChanged(node, score);
  runUntil(built, loaded.scenario.horizon);
  const counts = acceptedByNode(built);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.99 * jobs);
  return counts;
}

function expectShares(counts: readonly number[], weights: readonly number[]): void {
  expect(Math.abs(chiSquared(counts, weights).errors)).toBeLessThan(4);
}

describe('shares of jobs against weights, by chi-squared', () => {
  const equal = '{ a: { nodes: 8, hardware: reference-cpu } }';

  it('uniform: equal shares, whatever the scores', () => {
    expectShares(shares(equal, 'uniform', [0.1, 1, 0.3]), [1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it.each([0, 1, 2])('weighted-random: shares in proportion to score^%d', (exponent) => {
    const scores = [1, 0.5, 0.25, 0.2, 0.75, 0.9, 0.1, 0.05];
    const weights = scores.map((score) => score ** exponent);
    expectShares(shares(equal, `{ kind: weighted-random, exponent: ${exponent} }`, scores), weights);
  });

  it.each([0, 0.5, 1])('stake-weighted: shares in proportion to stake^%d', (exponent) => {
    const stakes = [100, 25, 400, 50];
    const cohorts = stakes.map((stake) => `s${stake}: { nodes: 1, hardware: reference-cpu, stake: ${stake} }`);
    const weights = stakes.map((stake) => stake ** exponent);
    const assignment = `{ kind: stake-weighted, exponent: ${exponent} }`;
    expectShares(shares(`{ ${cohorts.join(', ')} }`, assignment, []), weights);
  });

  it('stake-weighted: a whale of 20,000 among 999 of 100 has its share, at exponent 2 nearly all', () => {
    const fleet =
      '{ small: { nodes: 999, hardware: reference-cpu }, whale: { nodes: 1, hardware: reference-cpu, stake: 20000 } }';
    for (const exponent of [1, 2]) {
      const counts = shares(fleet, `{ kind: stake-weighted, exponent: ${exponent} }`, []);
      const whale = counts.at(-1)!;
      const others = counts.slice(0, -1).reduce((sum, count) => sum + count, 0);
      expectShares([others, whale], [999 * 100 ** exponent, 20_000 ** exponent]);
    }
  });

  it.each([0, 0.5, 1, 2])('stake-weighted: a stake split over four has 4^(1 − %d) times the weight', (exponent) => {
    const fleet =
      '{ whole: { nodes: 1, hardware: reference-cpu, stake: 400 }, split: { nodes: 4, hardware: reference-cpu } }';
    const [whole, ...split] = shares(fleet, `{ kind: stake-weighted, exponent: ${exponent} }`, []);
    expectShares([whole!, split.reduce((sum, count) => sum + count, 0)], [1, 4 ** (1 - exponent)]);
  });

  it('multi-factor: shares in proportion to score² · stake^0.5', () => {
    const stakes = [100, 25, 400, 50];
    const cohorts = stakes.map((stake) => `s${stake}: { nodes: 1, hardware: reference-cpu, stake: ${stake} }`);
    const scores = [1, 1, 0.5, 0.8];
    const assignment = '{ kind: multi-factor, scoreExponent: 2, stakeExponent: 0.5 }';
    const weights = stakes.map((stake, node) => scores[node]! ** 2 * Math.sqrt(stake));
    expectShares(shares(`{ ${cohorts.join(', ')} }`, assignment, scores), weights);
  });

  it('multi-factor: shares in proportion to 1/(1 + RTT/50 ms)^g of the job class', () => {
    const { regions, latencyMs } = catalogue().regionSets.world!;
    const cohorts = regions.map((region) => `${region}: { nodes: 1, hardware: reference-cpu, regions: ${region} }`);
    const fleet = `{ ${cohorts.join(', ')} }`;
    const client = regions.indexOf('japan');
    for (const [jobClass, power] of Object.entries({ task: 0.5, tunnel: 2 })) {
      const assignment = `{ kind: multi-factor, proximityExponents: { tunnel: 2 }, proximityExponent: 0.5 }`;
      const set = [`workload.w.class=${jobClass}`, 'workload.w.regions=japan', 'network=world'];
      // a request takes up to a third of a second, in which the node isn't free
      const rare = ['workload.w.arrivals.perSecond=0.02', 'horizon=1001000'];
      const open = regions.map((region) => `fleet.${region}.publicAddress=1`);
      const weights = regions.map((_, node) => (1 / (1 + (latencyMs[client]![node]! * 2) / 50)) ** power);
      expectShares(shares(fleet, assignment, [], ...set, ...open, ...rare), weights);
    }
  });
});
