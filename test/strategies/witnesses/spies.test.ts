import { describe, expect, it } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  seed: spies
  horizon: 6d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: peer-attestation, peers: 5, threshold: 3, observes: result }
    reputation: ema
    checkIn: none
    slashing: none
    publish: { every: 0 }
  fleet:
    honest: { nodes: 10, quality: 1 }
    liars: { nodes: 5, quality: 1, attack: raid, strategy: always-wrong }
    spies: { nodes: 10, quality: 1, attack: raid, strategy: spies }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 0.1 } }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set), { detail: true });
const wrongDays = (result: Awaited<ReturnType<typeof run>>) =>
  records(tableNamed(result, 'jobs'))
    .filter(({ isWrong, outcome }) => isWrong === true && outcome === 'completed')
    .map(({ finalSeconds }) => Number(finalSeconds) / 86_400);

describe('spies', () => {
  it('are honest as nodes, and vouch for their own once they are trusted', async () => {
    const result = await run('fleet.spies.strategy={ kind: spies, trustedFrom: 0.9 }');
    const days = wrongDays(result);
    // an average from 0.5 with a weight of 0.05 takes 32 successes, of some 60 a day
    expect(days.length).toBeGreaterThan(50);
    expect(Math.min(...days)).toBeGreaterThan(0.2);
    const spies = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'spies');
    for (const { attemptsFailed } of spies) expect(attemptsFailed).toBe(0);
  });

  it('never vouch where no score is enough, which is said, nor for strangers', async () => {
    const loaded = loadText(base, 'fleet.spies.strategy={ kind: spies, trustedFrom: 2 }');
    expect(loaded.warnings.map(({ why }) => why)).toContain('so that it never vouches for anybody');
    expect(metricOf(await runFinished(loaded), 'wrongAcceptedRate')).toBe(0);
    const apart = 'fleet.spies={ nodes: 10, quality: 1, attack: other, strategy: { kind: spies, trustedFrom: 0 } }';
    expect(metricOf(await run(apart), 'wrongAcceptedRate')).toBe(0);
  });
});
