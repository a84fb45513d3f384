import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { rowsOf } from '../../support/effort.js';
import { attemptsOf } from '../../support/invariants.js';
import { buildLoaded, loadText, metricOf, runUntil } from '../../support/scenarios.js';

/** A fifth of the nodes gives the same wrong answer with a probability, independently. */
const base = `
  horizon: 2d
  warmUp: 12h
  network: single
  protocol:
    assignment: uniform
    verification: { kind: credibility, assumedFaulty: 0.2, errorMost: 0.02 }
    slashing: none
    checkIn: none
    queueLimit: unlimited
  fleet:
    honest: { nodes: 80, hardware: reference-cpu, quality: 1 }
    ring:
      nodes: 20
      hardware: reference-cpu
      quality: 1
      strategy: { kind: collusion-ring, least: 1, wrongProbability: 0.2 }
  workload: { w: { class: task, arrivals: { perHour: 600 }, work: 10ms, fee: 0, deadline: none } }
`;

describe('credibility', () => {
  it.each(
    rowsOf([
      [0.02, 0.2, false],
      [0.02, 1, false],
      [0.005, 0.5, false],
      [0.02, 0.2, true],
      [0.002, 1, true],
    ] as const),
  )(
    'takes at most a share ε = %d of wrong results, where a fifth lies with probability %d, blacklisted: %s',
    async (most, lies, blacklists) => {
      const slashing = blacklists ? '{kind: fixed, fraction: 0, ejectsFor: [spotCheckFailed]}' : 'none';
      const result = await runScenario(
        loadText(
          base,
          'seed=bound',
          `protocol.verification={errorMost: ${most}, blacklists: ${blacklists}}`,
          `protocol.slashing=${slashing}`,
          `fleet.ring.strategy.wrongProbability=${lies}`,
        ),
      );
      const completed = metricOf(result, 'jobsCompleted');
      const wrong = metricOf(result, 'wrongAcceptedRate') * completed;
      expect(completed).toBeGreaterThan(15_000);
      expect(wrong).toBeLessThan(completed * most + 4 * Math.sqrt(completed * most));
      // it is no scheme that replicates everything for ever
      expect(metricOf(result, 'redundancyFactor')).toBeLessThan(2.5);
    },
  );

  it('takes a first result of who passed f/ε spot-checks, and of others two that agree', () => {
    const built = buildLoaded(
      // 0.8 alone, 0.64 of 0.68 for two: 0.941; and with k checks passed 1 − 0.2/k, at least 0.9 from 2 on
      loadText(base, 'seed=first', 'fleet.ring=null', 'protocol.verification={errorMost: 0.1, probability: 0.5}'),
    );
    const { attempts, jobKeys, roles } = built.world;
    const passed = new Map<number, number>();
    let [alone, together] = [0, 0];
    const settle = roles.verification.evidenceArrived!.bind(roles.verification);
    roles.verification.evidenceArrived = (evidence) => {
      const { attempt, job, subject } = evidence;
      const all = attemptsOf(built.world, job);
      if (attempts.number[attempt] === 0) {
        const isTrusted = (passed.get(subject) ?? 0) >= 2;
        expect(all.length).toBe(isTrusted ? 1 : 2);
        if (isTrusted) alone++;
        else together++;
      }
      settle(evidence);
      // after all of the job were looked at
      if (jobKeys.isSpotCheck(job)) passed.set(subject, (passed.get(subject) ?? 0) + 1);
    };
    runUntil(built, 6 * 3_600);
    expect(alone).toBeGreaterThan(1_000);
    expect(together).toBeGreaterThan(50);
  });
});
