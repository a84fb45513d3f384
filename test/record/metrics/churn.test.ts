import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { loadText, metricOf } from '../../support/scenarios.js';

const quiet = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol: { checkIn: none, verification: { kind: recompute, share: 1 } }
  fleet:
    honest: { nodes: 10, hardware: reference-cpu, quality: 0, leaves: { at: 5d } }
    liars: { nodes: 5, hardware: reference-cpu, strategy: always-wrong, leaves: { at: 5d } }
  workload: { w: { class: task, arrivals: { perHour: 100 }, work: 10s } }
`;

describe('who comes and goes', () => {
  it('is counted: those who left, those who were refused, those who were there on average', async () => {
    const result = await runScenario(
      loadText(quiet, 'fleet.liars={hardware: null, leaves: null, joins: {newcomers: {perDay: 20, most: 20}}}'),
    );
    expect(metricOf(result, 'honestLeftNodes')).toBe(10);
    const refused = metricOf(result, 'newcomersRefused');
    expect(Math.abs(refused + 20 - 200) / Math.sqrt(200)).toBeLessThan(4);
    // ten for half of the time, five for all of it, twenty nearly so
    expect(metricOf(result, 'nodesPresentMean')).toBeGreaterThan(10 * 0.5 + 5 + 20 * 0.8);
    expect(metricOf(result, 'nodesPresentMean')).toBeLessThan(10 * 0.5 + 5 + 20);
  });

  it('is averaged over the time after the warm-up', async () => {
    const result = await runScenario(loadText(quiet, 'warmUp=4d'));
    expect(metricOf(result, 'nodesPresentMean')).toBeCloseTo(15 / 6, 9);
  });

  it('has node-months for as long as nodes are there: slashed nodes are held against these', async () => {
    const result = await runScenario(loadText(quiet));
    expect(metricOf(result, 'honestSlashedNodes')).toBe(10);
    const months = (10 * 5) / 30.4375;
    expect(metricOf(result, 'honestSlashedPer1000NodeMonths')).toBeCloseTo((10 / months) * 1_000, 6);
  });
});

describe('availability of machines', () => {
  it('is their time up over their time in the network', async () => {
    const result = await runScenario(
      loadText(quiet, 'stress.outages.x={hardware: reference-cpu, at: 1d, for: 1d}', 'fleet.liars.leaves={at: 20d}'),
    );
    expect(metricOf(result, 'machineAvailability')).toBeCloseTo((10 * 4 + 5 * 9) / (10 * 5 + 5 * 10), 9);
  });
});
