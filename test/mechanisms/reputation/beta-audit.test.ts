import { describe, expect, it } from 'vitest';
import { auditScore } from '../../../sim/index.js';
import { jobsTable } from '../../../sim/record/tables/detail/jobs.js';
import { breaches } from '../../support/invariants.js';
import { linesOf } from '../../support/refusals.js';
import { buildLoaded, loadText, records, runUntil } from '../../support/scenarios.js';

const base = `
  horizon: 2d
  warmUp: 0
  network: single
  protocol: { assignment: uniform, verification: none, slashing: none, attempts: 1, checkIn: none }
  fleet:
    good: { nodes: 2, hardware: reference-cpu, quality: 1 }
    failing: { nodes: 2, hardware: reference-cpu, completion: 0 }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1s, deadline: none } }
`;

describe('beta-audit', () => {
  it('disqualifies after 41 failures in a row from 1000 successes, the first power of 0.999 below 0.96', () => {
    const start = { passed: 1_000, failed: 0 };
    const scoreAfter = (times: number) => auditScore(start, { isSuccess: false, times });
    expect(scoreAfter(40)).toBeGreaterThan(0.96);
    expect(scoreAfter(41)).toBeLessThanOrEqual(0.96);
    expect(scoreAfter(41)).toBeCloseTo(0.999 ** 41, 12);

    const built = buildLoaded(loadText(base, 'protocol.reputation=beta-audit'), true);
    runUntil(built, 2 * 86_400);
    const jobs = records(jobsTable(built.recorder.jobs));
    const counts = [0, 1, 2, 3].map((node) => jobs.filter((job) => job.node === node).length);
    expect(counts.slice(2)).toEqual([41, 41]);
    expect(counts[0]! + counts[1]!).toBeGreaterThan(2_000);
    const { nodes } = built.world;
    expect([...nodes.score.subarray(0, 2)]).toEqual([1, 1]);
    expect(nodes.score[2]).toBeCloseTo(0.999 ** 41, 9);
    expect(breaches(built)).toEqual([]);
  });

  it('counts n at once as one by one', () => {
    for (const forgetting of [0.9, 1]) {
      let [passed, failed] = [3, 2];
      for (let one = 0; one < 7; one++) [passed, failed] = [forgetting * passed + 2, forgetting * failed];
      const findings = { isSuccess: true, times: 7 };
      const score = auditScore({ passed: 3, failed: 2 }, findings, { forgetting, weight: 2 });
      expect(score).toBeCloseTo(passed / (passed + failed), 12);
    }
  });

  it('refuses a start that is disqualified, or that is nothing', () => {
    const lines = (set: string) => linesOf(() => loadText(base, `protocol.reputation=${set}`)).join('\n');
    expect(lines('{kind: beta-audit, failures: 100}')).toContain('expected a score below that of a new node');
    expect(lines('{kind: beta-audit, successes: 0}')).toContain('expected a number above 0 beside failures of 0');
  });
});
