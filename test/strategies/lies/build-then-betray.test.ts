import { describe, expect, it } from 'vitest';
import { finalJobs, loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    verification: { kind: recompute, share: 1 }
    reputation: ema
    checkIn: none
    slashing: none
    publish: { every: 0 }
  fleet: { honest: { nodes: 10, quality: 1 }, traitors: { nodes: 5, quality: 1 } }
  workload:
    cheap: { class: task, arrivals: { perHour: 20 }, work: 1m, fee: 0.1 }
    dear: { class: task, arrivals: { perHour: 5 }, work: 1m, fee: 2 }
`;
const run = (strategy: string, ...set: string[]) =>
  runFinished(loadText(base, `fleet.traitors.strategy={ kind: build-then-betray, ${strategy} }`, ...set), {
    detail: true,
  });
const lies = (result: Awaited<ReturnType<typeof run>>) =>
  finalJobs(result)
    .filter(({ outcome }) => outcome === 'rejected')
    .map(({ feeTokens, submittedSeconds }) => ({ fee: Number(feeTokens), day: Number(submittedSeconds) / 86_400 }));

describe('build-then-betray', () => {
  it('is honest to the day, and lies in every job from then on', async () => {
    const found = lies(await run('until: 6d'));
    expect(Math.min(...found.map(({ day }) => day))).toBeGreaterThan(5.9);
    // a third of the jobs of four days
    expect(found.length).toBeGreaterThan(600);
    expect(found.length).toBeLessThan(1_000);
  });

  it('is honest until its published score is high enough, and goes on once it has fallen', async () => {
    const result = await run('untilScore: 0.95');
    const nodes = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'traitors');
    // an average from 0.5 with a weight of 0.05 needs 45 successes, recomputations included
    for (const { attemptsAccepted, score } of nodes) {
      expect(Number(attemptsAccepted)).toBeGreaterThan(10);
      expect(Number(attemptsAccepted)).toBeLessThanOrEqual(45);
      expect(Number(score)).toBeLessThan(0.2);
    }
  });

  it('lies in the dearest jobs alone, as it saw fees while building', async () => {
    const found = lies(await run('until: 4d, dearest: 0.1'));
    expect(found.length).toBeGreaterThan(100);
    expect(new Set(found.map(({ fee }) => fee))).toEqual(new Set([2]));
  });

  it('saves the work of a lie, unless it is told to compute', async () => {
    const saved = async (computes: boolean) =>
      metricOf(await run(`until: 5d, computes: ${computes}`, 'protocol.verification=none'), 'utilisation');
    expect(await saved(true)).toBeGreaterThan(await saved(false));
  });

  it.each([
    ['until: soon', 'strategy.until: expected a duration'],
    ['until: 5d, dearest: 2', 'strategy.dearest: expected '],
  ])('%s is refused', (strategy, message) => {
    const set = `fleet.traitors.strategy={ kind: build-then-betray, ${strategy} }`;
    expect(() => loadText(base, set)).toThrow(message);
  });

  it.each([
    ['until: 20d', 'a time before the horizon, or untilScore'],
    ['untilScore: 1.5', 'at most the highest score, 1'],
    ['until: 1d, dearest: 0', 'a share above 0'],
  ])('%s is warned of', (strategy, expected) => {
    const { warnings } = loadText(base, `fleet.traitors.strategy={ kind: build-then-betray, ${strategy} }`);
    expect(warnings.map((warning) => warning.expected)).toContain(expected);
  });
});
