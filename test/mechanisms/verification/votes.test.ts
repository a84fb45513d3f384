import { describe, expect, it } from 'vitest';
import { finalJobs, loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  seed: votes
  horizon: 3d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    slashing: none
    checkIn: none
    attempts: 4
  fleet: { honest: { nodes: 12, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 10 }, work: 1m, deadline: none } }
`;

const run = (verification: string, ...set: readonly string[]) =>
  runFinished(loadText(base, `protocol.verification=${verification}`, ...set), { detail: true });

describe.each(['{kind: m-first, m: 2, commitReveal: 10m}', '{kind: margin, lead: 2, commitReveal: 10m}'])(
  '%s',
  (scheme) => {
    it('seals the first answers, and delivers when they were revealed', async () => {
      const jobs = finalJobs(await run(scheme));
      expect(jobs.length).toBeGreaterThan(500);
      const took = jobs.map(({ deliveredSeconds, submittedSeconds }) =>
        Math.round(Number(deliveredSeconds) - Number(submittedSeconds)),
      );
      expect(Math.min(...took)).toBe(660);
      expect(new Set(jobs.map(({ attempts }) => attempts))).toEqual(new Set([2]));
    });

    it('replaces who withholds an answer, and asks for more where the revealed ones differ', async () => {
      const withheld = await run(
        scheme,
        'fleet.liars={nodes: 2, hardware: reference-cpu, strategy: {kind: always-wrong, reveals: false}}',
      );
      for (const { cohort, attemptsFailed, attemptsAccepted } of records(tableNamed(withheld, 'nodes'))) {
        if (cohort === 'liars') expect([attemptsAccepted, Number(attemptsFailed) > 50]).toEqual([0, true]);
        else expect(attemptsFailed).toBe(0);
      }
      expect(metricOf(withheld, 'completedFraction')).toBe(1);
      const wrong = await run(scheme, 'fleet.liars={nodes: 2, hardware: reference-cpu, strategy: always-wrong}');
      const attempts = new Set(finalJobs(wrong).map((job) => job.attempts));
      expect(attempts).toContain(2);
      expect(attempts.size).toBeGreaterThan(1);
      expect(metricOf(wrong, 'wrongAcceptedRate')).toBe(0);
      expect(metricOf(wrong, 'completedFraction')).toBe(1);
    });
  },
);

describe('in a list, after another scheme,', () => {
  it.each(['adaptive-replication', '{kind: margin, lead: 3}', 'm-first'])(
    '%s asks for what it lacks',
    async (scheme) => {
      const alone = await run(scheme);
      const later = await run(`[self-report, ${scheme}]`);
      // of the first jobs all are replicated
      const least = Math.max(...finalJobs(alone).map(({ attempts }) => Number(attempts)));
      const first = finalJobs(later).slice(0, 10);
      expect(first.map(({ attempts }) => attempts)).toEqual(first.map(() => least));
      expect(metricOf(later, 'completedFraction')).toBe(1);
      expect(Math.abs(metricOf(later, 'redundancyFactor') - metricOf(alone, 'redundancyFactor'))).toBeLessThan(0.05);
    },
  );

  it('credibility takes a spot-check’s answer as it is known', async () => {
    const liars =
      'fleet.liars={nodes: 4, hardware: reference-cpu, quality: 1, strategy: {kind: collusion-ring, least: 1}}';
    const result = await run('[self-report, {kind: credibility, probability: 0.5}]', liars, 'money.treasury=10000');
    expect(metricOf(result, 'spotChecks')).toBeGreaterThan(400);
    expect(metricOf(result, 'wrongAcceptedRate')).toBeLessThan(0.05);
  });
});
