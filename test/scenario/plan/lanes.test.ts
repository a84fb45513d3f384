import { describe, expect, it } from 'vitest';
import { lanesOf, recheckLane, workloadLanes } from '../../../sim/scenario/plan/lanes.js';
import { loadText } from '../../support/scenarios.js';

const base = `
  horizon: 1d
  protocol: { verification: none }
  fleet: { a: { nodes: 5, hardware: reference-cpu } }
  workload: { w: { class: task, arrivals: { perHour: 20 } } }
`;

const scenarioOf = (...set: readonly string[]) => loadText(base, ...set).scenario;
const lanes = (...set: readonly string[]) =>
  lanesOf(scenarioOf(...set)).map(({ jobClass, minimumScore, tier }) => [jobClass, minimumScore, tier]);
const none = Number.NEGATIVE_INFINITY;

describe('the lanes of a scenario', () => {
  it('are the classes where no job asks for more', () => {
    const set = [
      'workload.v={class: tunnel, arrivals: {perHour: 1}}',
      'workload.u={class: task, arrivals: {perHour: 1}}',
    ];
    expect(lanes(...set)).toEqual([
      [0, none, 0],
      [1, none, 0],
    ]);
  });

  it('are one for those that state the score and one for the others, where some do', () => {
    expect(lanes('workload.w.minimumScore=0.5')).toEqual([[0, 0.5, 0]]);
    expect(lanes('workload.w.minimumScore=0.5', 'workload.w.gatedShare=0')).toEqual([[0, none, 0]]);
    expect(lanes('workload.w.minimumScore=0.5', 'workload.w.gatedShare=0.8', 'workload.w.tier=2')).toEqual([
      [0, 0.5, 2],
      [0, none, 2],
    ]);
  });

  it('are shared by workloads that ask the same', () => {
    const scenario = scenarioOf(
      'workload.w.minimumScore=0.5',
      'workload.v={class: task, minimumScore: 0.5, gatedShare: 0.1, arrivals: {perHour: 1}}',
    );
    expect(lanesOf(scenario)).toHaveLength(2);
    expect(workloadLanes(scenario, scenario.workload.w!).gatedLane).toBe(0);
    expect(workloadLanes(scenario, scenario.workload.v!)).toEqual({ gatedLane: 0, openLane: 1 });
  });

  it('have one of recomputations that asks for no score, which validation jobs without one share', () => {
    const recompute = 'protocol.verification={kind: recompute}';
    const gated = scenarioOf(recompute, 'workload.w.class=validation', 'workload.w.minimumScore=0.5');
    expect(lanesOf(gated)).toHaveLength(2);
    expect(lanesOf(gated)[recheckLane(gated)]).toMatchObject({ jobClass: 0, minimumScore: none, tier: 0 });
    expect(lanes(recompute, 'workload.w.class=validation')).toHaveLength(1);
    expect(recheckLane(scenarioOf())).toBe(-1);
  });
});
