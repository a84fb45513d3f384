import { describe, expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

const base = `
  horizon: 8d
  warmUp: 0
  network: single
  protocol: { verification: none, checkIn: none, slashing: none, publish: { every: 0 } }
  fleet: { a: { nodes: 10, hardware: reference-cpu, quality: 1, strategy: lazy } }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m } }
`;
const run = (strategy: string) => runFinished(loadText(base, `fleet.a.strategy={ kind: lazy, ${strategy} }`));
const savedShare = ({ finished }: Awaited<ReturnType<typeof run>>, jobs: number) => {
  const { savedSeconds } = finished.world.machines;
  return savedSeconds.reduce((sum, value, place) => (place % 8 === 0 ? sum + value : sum), 0) / (60 * jobs);
};

describe('lazy', () => {
  it('saves the work of its share of the jobs, and is wrong in those of them whose guess isn’t right', async () => {
    const result = await run('lazyProbability: 0.4, guessProbability: 0.25');
    const done = metricOf(result, 'jobsCompleted');
    expect(Math.abs(binomialErrors(metricOf(result, 'wrongAcceptedRate') * done, done, 0.4 * 0.75))).toBeLessThan(4);
    expect(Math.abs(binomialErrors(Math.round(savedShare(result, done) * done), done, 0.4))).toBeLessThan(4);
  });

  it('never wrong where every guess is right, and idle all the same', async () => {
    const result = await run('lazyProbability: 1, guessProbability: 1');
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(savedShare(result, metricOf(result, 'jobsCompleted'))).toBeCloseTo(1, 3);
  });

  it('does nothing else: as a witness it says what it saw', async () => {
    const set = [
      'protocol.verification={kind: peer-attestation, observes: result}',
      '+fleet.b.nodes=10',
      '+fleet.b.quality=1',
    ];
    const result = await runFinished(loadText(base, ...set, 'fleet.a.strategy={ kind: lazy, lazyProbability: 1 }'));
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(metricOf(result, 'rightRejectedRate')).toBe(0);
  });
});
