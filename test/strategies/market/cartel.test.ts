import { describe, expect, it } from 'vitest';
import { finalJobs, loadText, metricOf, runFinished } from '../../support/scenarios.js';

const base = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol: { assignment: cheapest, verification: { kind: recompute, share: 0.2 }, slashing: none, checkIn: none }
  fleet:
    rivals: { nodes: 10, hardware: reference-cpu, quality: 1, strategy: { kind: bidder, bid: 0.6, least: 0.6 } }
    cartel:
      nodes: 10
      hardware: reference-cpu
      quality: 1
      strategy: { kind: cartel, low: 0.3, high: 0.9, until: 5d }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m, fee: 1 } }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set), { detail: true });

describe('cartel', () => {
  it('has the work at its low price until the day, and none at the high one where rivals stay', async () => {
    const result = await run();
    const jobs = finalJobs(result).map(({ priceTokens, node, submittedSeconds }) => {
      return { isOurs: Number(node) >= 10, price: Number(priceTokens), day: Number(submittedSeconds) / 86_400 };
    });
    for (const { isOurs, price } of jobs.filter(({ day }) => day < 5)) expect([isOurs, price]).toEqual([true, 0.3]);
    const later = jobs.filter(({ day }) => day > 5.01);
    expect(later.length).toBeGreaterThan(3_000);
    for (const { isOurs } of later) expect(isOurs).toBe(false);
  });

  it('asks its high price of everybody once rivals are gone', async () => {
    const result = await run('fleet.rivals.leaves={ at: 5d }');
    const late = finalJobs(result).filter(({ submittedSeconds }) => Number(submittedSeconds) > 5.01 * 86_400);
    expect(new Set(late.map(({ priceTokens }) => priceTokens))).toEqual(new Set([0.9]));
  });

  it('works honestly', async () => {
    expect(metricOf(await run(), 'jobsRejected')).toBe(0);
    expect(metricOf(await run(), 'wrongAcceptedRate')).toBe(0);
  });

  it('is refused with a low price that isn’t lower, and warned of where it never raises it', () => {
    const set = (settings: string) => `fleet.cartel.strategy={ kind: cartel, ${settings} }`;
    expect(() => loadText(base, set('low: 0.9, high: 0.9'))).toThrow('expected less than high');
    const { warnings } = loadText(base, set('until: 10d'));
    expect(warnings.map(({ expected }) => expected)).toContain('a time before the horizon, 10d');
  });
});
