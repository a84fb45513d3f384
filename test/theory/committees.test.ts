import { describe, expect, it } from 'vitest';
import { runScenario } from '../../sim/run.js';
import { rowsOf } from '../support/effort.js';
import { finalJobs, loadText, numbers, tableNamed } from '../support/scenarios.js';
import { binomialErrors, chiSquared, twentySeeds } from '../support/statistics.js';

const jobs = 1_000;

/** One worker, the only one that has a GPU, and N observers of whom the last M collude. */
function committee(seed: string, observers: number, colluders: number, drawn: number) {
  return loadText(`
    seed: ${seed}
    horizon: 1h
    network: single
    protocol:
      verification: { kind: peer-attestation, peers: ${drawn}, threshold: 1, among: any }
      queueLimit: unlimited
      checkIn: none
    fleet:
      worker: { nodes: 1, hardware: consumer-gpu }
      honest: { nodes: ${observers - colluders}, hardware: reference-cpu }
      ring: { nodes: ${colluders}, hardware: reference-cpu }
    workload:
      w: { class: simulation, arrivals: { perSecond: 1 }, jobs: ${jobs}, work: 1ms, deadline: none }
  `);
}

describe('a committee drawn by the run', () => {
  it.each(
    rowsOf([
      [10, 3, 3, 2, 11 / 60],
      [20, 5, 3, 2, 8 / 57],
      [20, 5, 5, 3, 563 / 7752],
      [100, 20, 5, 3, 13908 / 261415],
      [100, 33, 7, 4, 291307 / 1819041],
    ]),
  )('of N = %d with M = %d colluders, k = %d: at least %d of them as often as without replacement', async (...row) => {
    const [observers, colluders, drawn, need, probability] = row;
    let captured = 0;
    const asked = new Array<number>(observers).fill(0);
    for (const seed of twentySeeds) {
      const result = await runScenario(committee(seed, observers, colluders, drawn), { detail: true });
      const attestations = tableNamed(result, 'attestations');
      const members = new Map<number, number[]>();
      const nodes = numbers(attestations, 'observer');
      for (const [place, ordinal] of numbers(attestations, 'ordinal').entries()) {
        members.set(ordinal, [...(members.get(ordinal) ?? []), nodes[place]!]);
      }
      expect(members.size).toBe(jobs);
      for (const nodesOfJob of members.values()) {
        expect(new Set(nodesOfJob).size).toBe(drawn);
        // row 0 is the worker, which is never drawn
        for (const node of nodesOfJob) asked[node - 1]!++;
        if (nodesOfJob.filter((node) => node > observers - colluders).length >= need) captured++;
      }
    }
    expect(Math.abs(binomialErrors(captured, jobs * twentySeeds.length, probability))).toBeLessThan(4);
    // draws without replacement spread more evenly than independent ones, never less
    expect(
      chiSquared(
        asked,
        asked.map(() => 1),
      ).errors,
    ).toBeLessThan(4);
  });
});

/** A liar, and honest witnesses: they see the opposite with probability 0.1, and some sign without looking. */
function lazySigners(seed: string, signsUnseen: number) {
  return loadText(`
    seed: ${seed}
    horizon: 1h
    network: single
    protocol:
      verification: { kind: peer-attestation, peers: 5, threshold: 3, observes: result, errorProbability: 0.1 }
      slashing: none
      queueLimit: unlimited
      checkIn: none
    fleet:
      liar: { nodes: 1, hardware: consumer-gpu, strategy: always-wrong }
      lazy: { nodes: 15, hardware: reference-cpu, strategy: { kind: honest, signsUnseen: ${signsUnseen} } }
      others: { nodes: 15, hardware: reference-cpu, strategy: { kind: honest, signsUnseen: ${signsUnseen} } }
    workload:
      w: { class: simulation, arrivals: { perSecond: 1 }, jobs: 500, work: 1ms, deadline: none }
  `);
}

describe('a committee of five that need three signatures, of whom each signs unseen with probability u', () => {
  it.each(
    rowsOf([
      [0.5, 0.593126875],
      [0, 0.00856],
      [0.2, 0.1376478208],
    ]),
  )('u = %d: passes a wrong result as the binomial distribution says', async (unseen, passes) => {
    let wrong = 0;
    let passed = 0;
    for (const seed of twentySeeds) {
      for (const { outcome } of finalJobs(await runScenario(lazySigners(seed, unseen), { detail: true }))) {
        wrong++;
        if (outcome === 'completed') passed++;
      }
    }
    expect(wrong).toBe(500 * twentySeeds.length);
    expect(Math.abs(binomialErrors(passed, wrong, passes))).toBeLessThan(4);
  });
});
