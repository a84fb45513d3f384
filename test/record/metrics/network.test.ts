import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { loadText, metricOf } from '../../support/scenarios.js';

const scenario = `
  horizon: 5d
  warmUp: 0
  network: single
  protocol: { assignment: round-robin, checkIn: none }
  fleet: { a: { nodes: 9, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 200 }, work: 1s } }
`;

describe('concentration', () => {
  it('is none where everyone gets the same', async () => {
    const result = await runScenario(loadText(scenario));
    expect(metricOf(result, 'giniWork')).toBeLessThan(0.01);
    expect(metricOf(result, 'giniIncome')).toBeLessThan(0.01);
    expect(metricOf(result, 'nakamotoWork')).toBe(5);
  });

  it('leaves out operators that never joined: those who are yet to come, and room for newcomers', async () => {
    const valuesOf = async (...set: readonly string[]) => {
      const result = await runScenario(loadText(scenario, ...set));
      return ['giniWork', 'giniIncome', 'nakamotoWork'].map((name) => metricOf(result, name));
    };
    const alone = await valuesOf();
    expect(await valuesOf('fleet.late={nodes: 90, hardware: reference-cpu, joins: {at: 10d}}')).toEqual(alone);
    expect(await valuesOf('fleet.a.joins={newcomers: {perDay: 0.0001, most: 90}}')).toEqual(alone);
  });
});
