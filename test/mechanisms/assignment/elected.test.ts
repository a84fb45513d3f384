import { describe, expect, it } from 'vitest';
import { acceptedByNode } from '../../support/accepted.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';
import { chiSquared } from '../../support/statistics.js';

/** Stakes by node: the fourth and the ninth are equal at the margin of five seats. */
const stakes = [30, 500, 80, 100, 20, 400, 10, 300, 100, 200];
const fleet = stakes.map((stake, index) => `c${index}: { nodes: 1, hardware: reference-cpu, stake: ${stake} }`);
const base = `
  horizon: 10h
  warmUp: 0
  network: single
  protocol:
    assignment: { kind: elected, seats: 5 }
    checkIn: none
    epoch: 1h
    slashing: { kind: fixed, fraction: 0 }
    stake: { minimum: 0 }
  fleet: { ${fleet.join(', ')} }
  workload: { w: { class: task, arrivals: { perSecond: 1 }, work: 1ms, deadline: none } }
`;

const top = [1, 3, 5, 7, 9];

describe('elected', () => {
  it('has served by the nodes with most stake, of equal ones by the one declared first, each equally often', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const built = buildLoaded(loadText(base, `seed=${seed}`, 'horizon=1h'));
      runUntil(built, 3_600);
      const counts = acceptedByNode(built);
      expect(counts.flatMap((count, node) => (count > 0 ? [node] : []))).toEqual(top);
      expect(
        Math.abs(
          chiSquared(
            top.map((node) => counts[node]!),
            [1, 1, 1, 1, 1],
          ).errors,
        ),
      ).toBeLessThan(4);
    }
  });

  it('holds an election at the end of each epoch only', () => {
    const built = buildLoaded(loadText(base, 'fleet.c0.funds=1000'));
    const { world, recorder, lives } = built;
    const servedUntil = (seconds: number) => {
      const before = acceptedByNode(built);
      runUntil(built, seconds);
      return stakes.flatMap((_, node) => (recorder.work.accepted(node) > before[node]! ? [node] : []));
    };
    expect(servedUntil(1_800)).toEqual(top);
    lives.collateral.addStake(0, 600e6);
    expect(world.nodes.stake[0]).toBe(630e6);
    lives.nodeLife.nodeLeft(9);
    // its seat stays empty, and who has most stake by now has none
    expect(servedUntil(3_599)).toEqual([1, 3, 5, 7]);
    expect(servedUntil(5_400)).toEqual([0, 1, 3, 5, 7]);
    lives.nodeLife.jail(1, 1);
    servedUntil(7_300);
    expect(servedUntil(9_000)).toEqual([0, 3, 5, 7, 8]);
  });

  it('gives identities of a split stake no seat where the whole had one', () => {
    // 300 as one node holds a seat; as five of 60 it holds none beside 500, 400, 200, 100, 100
    const built = buildLoaded(loadText(base, 'fleet.c7={nodes: 5, hardware: reference-cpu, stake: 60}'));
    runUntil(built, 3_600);
    const { ownership } = built.world;
    const served = acceptedByNode(built).flatMap((count, node) => (count > 0 ? [node] : []));
    expect(served.map((node) => ownership.cohort[node])).toEqual([1, 3, 5, 8, 9]);
  });
});
