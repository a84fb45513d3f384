import { describe, expect, it } from 'vitest';
import { finalJobs, loadText, metricOf, records, runFinished, tableNamed } from '../support/scenarios.js';

const base = `
  seed: reckoning
  horizon: 8d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: spot-check, probability: 0.25 }
    reputation: beta
    checkIn: none
    slashing: { kind: fixed, fraction: 0.0002 }
  fleet:
    honest: { nodes: 15, hardware: reference-cpu, quality: 1 }
    reckoners: { nodes: 5, hardware: reference-cpu, quality: 1, stake: 10000 }
  workload: { w: { class: task, arrivals: { perHour: 100 }, work: 1m, fee: 0.5 } }
  money: { treasury: 100000 }
`;
const strategy = (settings: string) =>
  `fleet.reckoners.strategy={ kind: rational, slashFraction: 0.0002, ${settings} }`;
const run = (...set: string[]) => runFinished(loadText(base, ...set), { detail: true });
type Run = Awaited<ReturnType<typeof run>>;
/** Clients' jobs of the reckoners, in order. */
const ours = (result: Run) =>
  finalJobs(result)
    .filter(({ node }) => Number(node) >= 15)
    .map(({ assignedSeconds, isWrong }) => ({ day: Number(assignedSeconds) / 86_400, isWrong: isWrong === true }));

describe('rational', () => {
  it('serves in its first epoch, and lies in everything from then on where it believes that lies pay', async () => {
    const found = ours(await run(strategy('learns: false, gain: 1, checkProbability: 0.1')));
    expect(found.length).toBeGreaterThan(3_000);
    for (const { day, isWrong } of found) expect(isWrong, `day ${day}`).toBe(day >= 1);
  });

  it('serves where it believes that they don’t: more checks, more at stake, or a future to lose', async () => {
    for (const settings of [
      'slashFraction: 0.0002, checkProbability: 0.4',
      'slashFraction: 0.1, checkProbability: 0.1',
      // a node gets some 6 jobs an hour: 60 tokens an epoch
      'slashFraction: 0.0002, checkProbability: 0.1, futureEpochs: 1',
    ]) {
      const found = ours(await run(`fleet.reckoners.strategy={ kind: rational, learns: false, ${settings} }`));
      expect(
        found.some(({ isWrong }) => isWrong),
        settings,
      ).toBe(false);
    }
  });

  it('learns by its own lies that more are found out than it believed, and stops', async () => {
    // one job in five is a spot-check; of a gain of 0.2 lies pay up to q = 0.204/(0.2 + 0.425 + 2) = 0.08
    const result = await run(strategy('gain: 0.2, checkProbability: 0.01, beliefWeight: 20'));
    const days = new Set(
      ours(result)
        .filter(({ isWrong }) => isWrong)
        .map(({ day }) => Math.floor(day)),
    );
    expect(days).toEqual(new Set([1]));
    const stubborn = await run(strategy('gain: 0.2, checkProbability: 0.01, learns: false'));
    expect(ours(stubborn).filter(({ isWrong, day }) => isWrong && day > 7).length).toBeGreaterThan(100);
  });

  it('weighs what it has learned as before where a change of the rules says nothing of lies', async () => {
    // lies pay up to q = 0.24, of 0.2 that are found out: whoever forgets takes the luck of a day for more
    const settings = strategy('gain: 0.76, checkProbability: 0.01, beliefWeight: 1');
    const fees = [2, 3, 4, 5, 6, 7].map((day) => `{ at: ${day}.5d, set: { protocol.stake.identityFee: ${day} } }`);
    const [changed, same] = [await run(settings, `changes=[${fees.join(', ')}]`), await run(settings)];
    const lies = (result: Run) => ours(result).filter(({ isWrong }) => isWrong).length;
    expect(lies(changed)).toBe(lies(same));
    expect(lies(same)).toBeGreaterThan(300);
    expect(lies(same)).toBeLessThan(0.9 * ours(same).filter(({ day }) => day >= 1).length);
  });

  it('leaves, once neither is worth its while', async () => {
    const result = await run(strategy('leavesBelow: 1000'));
    const nodes = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'reckoners');
    for (const { leftDays } of nodes) expect(leftDays).toBe(1);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
    const stays = await run(strategy('leavesBelow: 10'));
    expect(records(tableNamed(stays, 'nodes')).every(({ leftDays }) => leftDays === null)).toBe(true);
  });

  it('is warned of where no epoch ends, and where it doesn’t learn', () => {
    const told = (...set: string[]) => loadText(base, ...set).warnings.map(({ expected }) => expected);
    expect(told(strategy(''), 'horizon=12h')).toContain('an epoch that ends before the horizon, 12h');
    expect(told(strategy('learns: false, beliefWeight: 5'))).toContain('learns: true');
  });
});
