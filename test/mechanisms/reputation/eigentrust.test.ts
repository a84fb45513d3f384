import { describe, expect, it } from 'vitest';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';

const day = 86_400;

/** Witnesses see whether a result is right; liars come a day later. */
const base = `
  seed: eigentrust
  horizon: 6d
  warmUp: 0
  network: single
  protocol:
    epoch: 1d
    assignment: uniform
    verification: { kind: peer-attestation, peers: 3, threshold: 2, observes: result }
    reputation: eigentrust
    slashing: none
    checkIn: none
    publish: { every: 0, delay: 0 }
  fleet:
    honest: { nodes: 10, hardware: reference-cpu, quality: 1 }
    liars: { nodes: 5, hardware: reference-cpu, strategy: always-wrong, joins: { at: 1h } }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1s, deadline: none } }
`;

describe('eigentrust', () => {
  it('gives those that are signed for more than an equal share, and liars next to none', () => {
    const built = buildLoaded(loadText(base));
    const { nodes } = built.world;
    runUntil(built, day - 1);
    expect([...nodes.score].every((score) => score === 0.5)).toBe(true);
    runUntil(built, 5 * day);
    for (let node = 0; node < 10; node++) expect(nodes.score[node]).toBeGreaterThan(0.5);
    // the pre-trust alone, a/n against 1/n
    for (let node = 10; node < 15; node++) expect(nodes.score[node]).toBeCloseTo(0.5 / 1.5, 2);
    // trust of all present nodes, from t/(t + 1/n), sums to 1
    let sum = 0;
    for (const score of nodes.score) sum += score / (1 - score) / 15;
    expect(sum).toBeCloseTo(1, 6);
    expect(breaches(built)).toEqual([]);
  });

  it('trusts who came later and was never signed for not at all where founders alone are pre-trusted', () => {
    const built = buildLoaded(loadText(base, 'protocol.reputation={preTrusted: founders, preTrustWeight: 0.2}'));
    runUntil(built, 5 * day);
    const { nodes } = built.world;
    for (let node = 10; node < 15; node++) expect(nodes.score[node]).toBe(0);
    for (let node = 0; node < 10; node++) expect(nodes.score[node]).toBeGreaterThan(0.5);
  });

  it('is reckoned at every so many epochs’ ends', () => {
    const built = buildLoaded(loadText(base, 'protocol.reputation.everyEpochs=3'));
    const { nodes } = built.world;
    runUntil(built, 3 * day - 1);
    expect([...nodes.score].every((score) => score === 0.5)).toBe(true);
    runUntil(built, 3 * day);
    const reckoned = [...nodes.score];
    expect(reckoned.every((score) => score !== 0.5)).toBe(true);
    runUntil(built, 5 * day);
    expect([...nodes.score]).toEqual(reckoned);
  });
});
