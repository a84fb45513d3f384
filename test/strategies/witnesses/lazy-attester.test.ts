import { describe, expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

const base = `
  horizon: 8d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: peer-attestation, peers: 1, threshold: 1, observes: result, errorProbability: 0.3 }
    checkIn: none
    slashing: none
  fleet: { a: { nodes: 10, quality: 1, strategy: lazy-attester } }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m } }
`;

describe('lazy-attester', () => {
  it('signs what it didn’t look at, with its probability', async () => {
    const run = (z: number) =>
      runFinished(loadText(base, `fleet.a.strategy={ kind: lazy-attester, signsUnseen: ${z} }`));
    const half = await run(0.5);
    const total = metricOf(half, 'jobsFinal');
    // of what its instrument shows wrongly it signs half
    expect(Math.abs(binomialErrors(metricOf(half, 'jobsRejected'), total, 0.15))).toBeLessThan(4);
    expect(metricOf(await run(1), 'jobsRejected')).toBe(0);
  });

  it('serves honestly', async () => {
    const result = await runFinished(loadText(base));
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
  });
});
