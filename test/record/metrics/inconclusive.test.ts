import { describe, expect, it } from 'vitest';
import { loadText, metricOf, numbers, records, runFinished, tableNamed } from '../../support/scenarios.js';

/** Six operators of one node each, of which four must see a job of the fifth; two are down from 6 h to 12 h. */
const scenario = `
  horizon: 1d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    reputation: { kind: step, initial: 1, gain: 0.001, checkInGain: 0, checkInLoss: 0 }
    slashing: { kind: fixed, fraction: 0 }
    verification: { kind: peer-attestation, peers: 4, threshold: 4, replyWithin: 30 }
    rewards: { kind: fee-split, operator: 0.9, verifiers: 0, treasury: 0.1, emission: 0 }
  stress: { outages: { power: { hardware: consumer-gpu, at: 6h, for: 6h } } }
  fleet:
    stays: { nodes: 4, hardware: reference-cpu, quality: 1, completion: 1 }
    falls: { nodes: 2, hardware: consumer-gpu, quality: 1, completion: 1 }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1s, fee: 0.2 } }
`;

const hour = 3_600;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('a job with fewer witnesses than the threshold', () => {
  it('is inconclusive: completed and paid, the score unchanged, and counted', async () => {
    const result = await runFinished(loadText(scenario), { detail: true });
    const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'completed');
    const isAmongFour = ({ deliveredSeconds }: (typeof jobs)[number]) => {
      return Number(deliveredSeconds) > 6 * hour && Number(deliveredSeconds) < 12 * hour;
    };
    // three others are there to look, and the fourth place stays empty until the time to reply is over
    const waits = (some: typeof jobs) => {
      return new Set(some.map((job) => Math.round(Number(job.finalSeconds) - Number(job.deliveredSeconds))));
    };
    const few = jobs.filter(isAmongFour);
    const enough = jobs.filter((job) => !isAmongFour(job));
    expect(few.length).toBeGreaterThan(250);
    expect([waits(few), waits(enough)]).toEqual([new Set([30]), new Set([0])]);
    expect(metricOf(result, 'inconclusiveFraction')).toBe(few.length / jobs.length);
    const scores = numbers(tableNamed(result, 'nodes'), 'score');
    expect(sum(scores)).toBeCloseTo(6 + 0.001 * enough.length, 9);
    expect(sum(numbers(tableNamed(result, 'nodes'), 'incomeTokens'))).toBeCloseTo(jobs.length * 0.2 * 0.9, 6);
  });

  it('is checked all the same where its result is recomputed', async () => {
    const both = 'protocol.verification=[SEEN, {kind: recompute, share: 1}]';
    const seen = '{kind: peer-attestation, peers: 4, threshold: 4}';
    const result = await runFinished(loadText(scenario, both.replace('SEEN', seen)));
    expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(1_000);
    expect(metricOf(result, 'inconclusiveFraction')).toBe(0);
  });

  it('isn’t there where nobody is asked, nor a share where no job was completed', async () => {
    const none = await runFinished(loadText(scenario, 'protocol.verification=none'));
    expect(metricOf(none, 'inconclusiveFraction')).toBe(0);
    const idle = await runFinished(loadText(scenario, 'workload.w.arrivals.perHour=0'));
    expect(metricOf(idle, 'inconclusiveFraction')).toBeNaN();
  });
});
