import { describe, expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../../support/scenarios.js';

const base = `
  horizon: 4d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: peer-attestation, peers: 1, threshold: 1, observes: result }
    checkIn: none
    slashing: none
  fleet:
    honest: { nodes: 1, quality: 1 }
    liars: { nodes: 5, quality: 1, attack: ring, strategy: always-wrong }
    friends: { nodes: 14, quality: 1, attack: ring, strategy: ballot-stuffing }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m } }
`;
const wrong = async (...set: string[]) => metricOf(await runFinished(loadText(base, ...set)), 'wrongAcceptedRate');

describe('ballot-stuffing', () => {
  it('signs for liars of its own attack, and for no others', async () => {
    // a quarter of the jobs, of which the friends pass fourteen of nineteen
    const together = await wrong();
    expect(together).toBeGreaterThan(0.15);
    expect(together).toBeLessThan(0.25);
    expect(await wrong('fleet.friends.attack=another')).toBe(0);
  });

  it('serves honestly', async () => {
    expect(await wrong('fleet.liars.strategy=ballot-stuffing')).toBe(0);
  });
});
