import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { loadText, metricOf } from '../../support/scenarios.js';

/** Thirty-two machines, of which thirty are down from 1 h on; a job asks four witnesses for three signatures. */
const mostlyDown = `
  horizon: 8h
  warmUp: 61m
  network: single
  protocol:
    checkIn: none
    verification: { kind: peer-attestation, peers: 4, threshold: 3, among: any }
  fleet:
    up: { nodes: 2, hardware: reference-cpu, quality: 1 }
    down: { nodes: 30, hardware: reference-cpu, quality: 1, outages: { up: 1h, down: 10h } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1m, deadline: none } }
`;

describe('witnesses', () => {
  it.each(['any', 'online'])('among: %s that can’t be reached don’t reply, which leaves too few', async (among) => {
    const result = await runScenario(loadText(mostlyDown, `protocol.verification.among=${among}`));
    expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(50);
    expect(metricOf(result, 'inconclusiveFraction')).toBe(1);
  });

  it('among: any whose machines work through outages reply through them', async () => {
    const result = await runScenario(loadText(mostlyDown, 'fleet.down.outages.running=finish'));
    expect(metricOf(result, 'inconclusiveFraction')).toBe(0);
  });

  it('among: any that left meanwhile don’t reply', async () => {
    const leaving = ['fleet.down.outages=none', 'fleet.down.leaves={after: 1h}', 'warmUp=0', 'workload.w.jobs=10'];
    const late = ['protocol.verification.replyDelay=70m', 'protocol.verification.replyWithin=2h'];
    const result = await runScenario(loadText(mostlyDown, ...leaving, ...late));
    expect(metricOf(result, 'jobsCompleted')).toBe(10);
    expect(metricOf(result, 'inconclusiveFraction')).toBe(1);
  });

  it('among: any sign while they can be reached', async () => {
    const result = await runScenario(loadText(mostlyDown, 'warmUp=0', 'horizon=1h'));
    expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(10);
    expect(metricOf(result, 'inconclusiveFraction')).toBe(0);
  });
});
