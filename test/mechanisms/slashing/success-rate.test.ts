import { describe, expect, it } from 'vitest';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';

const day = 86_400;

const base = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    epoch: 1d
    assignment: uniform
    verification: none
    reputation: { kind: window-composite, minJobs: 20, window: 100, resetDrop: 1 }
    slashing: { kind: success-rate, leastJobs: 20 }
    attempts: 1
    checkIn: none
  fleet:
    good: { nodes: 2, hardware: reference-cpu, stake: 100 }
    bad: { nodes: 2, hardware: reference-cpu, stake: 100, completion: 0.4 }
  workload: { w: { class: task, arrivals: { perHour: 100 }, work: 1s, deadline: none } }
`;

describe('success-rate', () => {
  it('slashes once an epoch whose measured rate is too low, and then wipes out what was measured', () => {
    const built = buildLoaded(loadText(base));
    const { ledger, measures, nodes } = built.world;
    const held = measures.column('windowJobs');
    for (const epoch of [1, 2, 3]) {
      runUntil(built, epoch * day);
      expect([0, 1].map((node) => ledger.stake[node])).toEqual([100e6, 100e6]);
      for (const node of [2, 3]) {
        expect(ledger.stake[node]! / 100e6).toBeCloseTo(0.95 ** epoch, 6);
        expect([held[node], nodes.score[node]]).toEqual([0, 0.9]);
      }
    }
    expect(held[0]).toBe(100);
    expect([...built.recorder.slashings].map(({ cause }) => built.world.kinds.nameOf(cause))).toEqual(
      Array.from({ length: 6 }, () => 'lowSuccessRate'),
    );
    expect(breaches(built)).toEqual([]);
  });

  it('leaves alone who was measured on too few jobs', () => {
    const built = buildLoaded(loadText(base, 'workload.w.arrivals.perHour=2'));
    runUntil(built, day);
    expect(built.recorder.slashings).toHaveLength(0);
  });

  it('warns under a model that measures no success rate', () => {
    const { warnings } = loadText(base, 'protocol.reputation=ema');
    expect(warnings.map(({ why }) => why)).toContain('so that nobody is ever slashed');
  });
});
