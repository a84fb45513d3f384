import { describe, expect, it } from 'vitest';
import { finalJobs, loadText, metricOf, runFinished } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

const base = `
  seed: bandits
  horizon: 40d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: spot-check, probability: 0.25 }
    reputation: beta
    checkIn: none
    slashing: { kind: fixed, fraction: 0.0002 }
    rewards: { kind: fee-split, emission: 0 }
  fleet:
    honest: { nodes: 12, hardware: reference-cpu, quality: 1 }
    bandits: { nodes: 8, hardware: reference-cpu, quality: 1, stake: 10000 }
  workload: { w: { class: task, arrivals: { perHour: 24 }, work: 1m, fee: 0.5 } }
  money: { treasury: 100000 }
`;
const strategy = (settings: string) => `fleet.bandits.strategy={ kind: adaptive, ${settings} }`;
const run = (...set: string[]) => runFinished(loadText(base, ...set), { detail: true });
type Run = Awaited<ReturnType<typeof run>>;
/** Share of wrong ones among clients' jobs of the bandits in the second half of the run. */
const wrongShare = (result: Run) => {
  const late = finalJobs(result).filter(
    ({ node, assignedSeconds }) => Number(node) >= 12 && Number(assignedSeconds) > 20 * 86_400,
  );
  expect(late.length).toBeGreaterThan(3_000);
  return late.filter(({ isWrong }) => isWrong === true).length / late.length;
};

describe('adaptive', () => {
  // lies pay from a gain of some 0.6 on: a fifth of all are spot-checks, each of which costs pay and stake, 2.4
  it.each([
    ['by: epsilon-greedy, epsilon: 0.1, gain: 1.5', 0.8, 1],
    ['by: epsilon-greedy, epsilon: 0.1, gain: 0.1', 0, 0.2],
    ['by: ucb, width: 0.2, gain: 1.5', 0.8, 1],
    ['by: ucb, width: 0.2, gain: 0.1', 0, 0.2],
  ])('comes to play what brings most: lies where they are worth enough (%s)', async (settings, least, most) => {
    const share = wrongShare(await run(strategy(settings)));
    expect(share).toBeGreaterThanOrEqual(least);
    expect(share).toBeLessThanOrEqual(most);
  });

  it('tries each strategy with epsilon/n when it knows what is best, and nothing without epsilon', async () => {
    const share = wrongShare(await run(strategy('epsilon: 0.4, gain: 0')));
    // of 8 operators in 20 epochs
    expect(Math.abs(binomialErrors(share * 160, 160, 0.2))).toBeLessThan(4);
    expect(wrongShare(await run(strategy('epsilon: 0, gain: 0')))).toBe(0);
  });

  it('goes by what each operator found itself if they don’t share, without trying by what it began with', async () => {
    const own = await run(strategy('epsilon: 0, gain: 1.5, sharesExperience: false'));
    // with neither to try, each keeps to the first of which it has the higher mean
    expect(wrongShare(own)).toBeGreaterThan(0.5);
  });

  it('forgets what was so, with a memory below 1', async () => {
    const harder = 'changes=[{ at: 20d, set: { protocol.verification.probability: 0.9 } }]';
    const late = async (memory: number) => wrongShare(await run(strategy(`gain: 1, memory: ${memory}`), harder));
    expect(await late(0.7)).toBeLessThan(await late(1));
  });

  it('conserves tokens, whatever it plays', async () => {
    const result = await run(strategy('of: [honest, lazy, whitewash, wash-trading, { kind: on-off, by: time }]'));
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it.each([
    [strategy('of: [honest]'), 'at least two strategies'],
    [strategy('of: [honest, sybil-swarm]'), 'a machine and an identity each'],
    [strategy('of: [honest, { kind: adaptive }]'), 'expected one of: honest'],
    [strategy('memory: 0'), 'above 0'],
  ])('%s is refused', (set, reason) => {
    expect(() => loadText(base, set)).toThrow(reason);
  });

  it('is to the bit its strategies where these are the same', async () => {
    const settings = strategy('of: [lazy, lazy], gain: 0');
    const [adaptive, plain] = [await run(settings), await run('fleet.bandits.strategy=lazy')];
    expect(adaptive.trajectoryFingerprint).toBe(plain.trajectoryFingerprint);
  });
});
