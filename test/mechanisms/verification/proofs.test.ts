import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { rowsOf } from '../../support/effort.js';
import { loadText, metricOf } from '../../support/scenarios.js';
import { binomialErrors, twentySeeds } from '../../support/statistics.js';

const jobs = 200;

const base = `
  horizon: 2d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: none
    slashing: none
    checkIn: none
  fleet:
    honest: { nodes: 20, hardware: reference-cpu, quality: 1 }
    liars: { nodes: 20, hardware: reference-cpu, quality: 1, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 60 }, jobs: ${jobs}, work: 1m, deadline: none } }
`;

const run = (seed: string, ...set: readonly string[]) => runScenario(loadText(base, `seed=${seed}`, ...set));

/** Jobs of twenty runs that ended, wrong results that were accepted, and right ones that were rejected. */
async function count(...set: readonly string[]) {
  const sums = { ended: 0, accepted: 0, wrong: 0, rejected: 0 };
  for (const seed of twentySeeds) {
    const result = await run(seed, ...set);
    const completed = metricOf(result, 'jobsCompleted');
    sums.ended += completed + metricOf(result, 'jobsRejected');
    sums.accepted += completed;
    sums.wrong += Math.round(metricOf(result, 'wrongAcceptedRate') * completed);
    sums.rejected += metricOf(result, 'jobsRejected');
  }
  return sums;
}

describe('zero-knowledge', () => {
  it.each(rowsOf([[0.2], [0], [0.7]]))(
    'passes wrong results with the soundness error, %d, and right ones always',
    async (error) => {
      const scheme = `protocol.verification={kind: zero-knowledge, proofFactor: 2, soundnessError: ${error}}`;
      const { ended, wrong, rejected } = await count(scheme);
      expect(ended).toBe(jobs * twentySeeds.length);
      const lies = wrong + rejected;
      expect(Math.abs(binomialErrors(lies, ended, 0.5))).toBeLessThan(4);
      expect(Math.abs(binomialErrors(wrong, lies, error === 0 ? 1e-9 : error))).toBeLessThan(4);
      expect(metricOf(await run('right', scheme, 'fleet.liars=null'), 'jobsRejected')).toBe(0);
    },
  );

  it('multiplies the work by the factor of its proof', async () => {
    const latency = async (factor: number) =>
      metricOf(
        await run('work', `protocol.verification={kind: zero-knowledge, proofFactor: ${factor}}`, 'fleet.liars=null'),
        'latencyP50Seconds',
      );
    expect(await latency(1)).toBeCloseTo(60, 6);
    expect(await latency(7)).toBeCloseTo(420, 6);
  });
});

describe('tee', () => {
  it.each(rowsOf([[0.3], [0], [1]]))(
    'passes the wrong results of the share of machines that are broken, %d',
    async (share) => {
      const nodes = 20 * twentySeeds.length;
      // one job a liar, so that each machine is seen once
      let broken = 0;
      let lies = 0;
      for (const seed of twentySeeds) {
        const result = await run(
          seed,
          `protocol.verification={kind: tee, brokenShare: ${share}}`,
          'protocol.assignment=round-robin',
          'fleet.honest=null',
          'workload.w.jobs=20',
          'workload.w.work=1s',
        );
        broken += metricOf(result, 'jobsCompleted');
        lies += metricOf(result, 'jobsCompleted') + metricOf(result, 'jobsRejected');
      }
      expect(lies).toBe(nodes);
      if (share === 0 || share === 1) expect(broken).toBe(share * nodes);
      else expect(Math.abs(binomialErrors(broken, nodes, share))).toBeLessThan(4);
    },
  );

  it('is broken from its time on, and never for right results', async () => {
    const broken = 'protocol.verification={kind: tee, brokenShare: 1, brokenFrom: 4h}';
    const result = await run('from', broken, 'workload.w.jobs=500');
    // half of the results are wrong: none of those passes in the first half of the jobs, and then all
    const [rejected, wrong] = [metricOf(result, 'jobsRejected'), metricOf(result, 'wrongAcceptedRate')];
    expect(rejected).toBeGreaterThan(90);
    expect(wrong * metricOf(result, 'jobsCompleted')).toBeGreaterThan(90);
    expect(metricOf(await run('from', broken, 'fleet.liars=null'), 'jobsRejected')).toBe(0);
  });
});
