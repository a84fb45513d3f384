import { describe, expect, it } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

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

  it('called upon to check a member’s result, disputes none', async () => {
    const optimistic = '{kind: optimistic, checkProbability: 1, checkers: 1, bond: 0.1}';
    const set = [`protocol.verification=${optimistic}`, 'fleet.friends.funds=1000', 'fleet.liars.funds=1000'];
    const result = await runFinished(loadText(base, ...set));
    const challengers = (run: typeof result) =>
      records(tableNamed(run, 'disputes')).map(({ challenger }) => Number(challenger));
    const isFriend = (row: number) => row >= 6;
    expect(challengers(result).filter(isFriend)).toEqual([]);
    const apart = await runFinished(loadText(base, ...set, 'fleet.friends.attack=another'));
    expect(challengers(apart).filter(isFriend).length).toBeGreaterThan(10);
  });

  it('serves honestly', async () => {
    expect(await wrong('fleet.liars.strategy=ballot-stuffing')).toBe(0);
  });
});
