import { describe, expect, it } from 'vitest';
import { finalJobs, loadText, metricOf, runFinished } from '../../support/scenarios.js';

const base = `
  horizon: 4d
  warmUp: 0
  network: single
  protocol: { assignment: uniform, verification: none, checkIn: none, slashing: none }
  fleet: { swarm: { nodes: 10, hardware: reference-cpu, quality: 1, strategy: { kind: slow-swarm, fast: 0.2 } } }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 3m, deadline: none } }
`;

describe('slow-swarm', () => {
  it('has a machine for each of its fast identities, and few for all the others', async () => {
    const result = await runFinished(loadText(base), { detail: true });
    const { ownership, machines } = result.finished.world;
    const used = new Set(Array.from({ length: 10 }, (_, node) => ownership.machine[node]));
    expect(used.size).toBe(3);
    expect(machines.count).toBe(3);
    const took = (isFast: boolean) =>
      finalJobs(result)
        .filter(({ node }) => Number(node) < 2 === isFast)
        .map(({ deliveredSeconds, assignedSeconds }) => Number(deliveredSeconds) - Number(assignedSeconds));
    const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
    expect(mean(took(true))).toBeCloseTo(180, 6);
    // eight identities share a machine that could do a third of what they get
    expect(mean(took(false))).toBeGreaterThan(400);
  });

  it('answers right', async () => {
    expect(metricOf(await runFinished(loadText(base)), 'wrongAcceptedRate')).toBe(0);
  });

  it.each([
    ['fast: 1', 'a share that leaves slow ones'],
    ['fast: 0.2, machines: 8', 'fewer than the slow identities, 8'],
  ])('%s is warned of', (strategy, expected) => {
    const { warnings } = loadText(base, `fleet.swarm.strategy={ kind: slow-swarm, ${strategy} }`);
    expect(warnings.map((warning) => warning.expected)).toContain(expected);
  });
});
