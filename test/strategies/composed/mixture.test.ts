import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

const text = (strategy: string, nodes = 400) => `
seed: mixed
horizon: 4d
warmUp: 0
network: single
protocol: { verification: { kind: recompute, share: 1 }, reputation: ema, slashing: none, checkIn: none }
fleet: { mixed: { nodes: ${nodes}, quality: 1, strategy: ${strategy} } }
workload: { tasks: { class: task, arrivals: { perHour: 800 }, work: 1m, fee: 0.1 } }
money: { treasury: 1000000 }
`;
const mixture = (...parts: string[]) => `{ kind: mixture, of: [${parts.join(', ')}] }`;

describe('a mixture', () => {
  it('gives each operator a strategy by the shares, which it keeps to', async () => {
    const strategy = mixture('{ share: 0.7, play: honest }', '{ share: 0.3, play: always-wrong }');
    const result = await runFinished(loadText(text(strategy)));
    const nodes = records(tableNamed(result, 'nodes')).map(({ attemptsAccepted, attemptsFailed }) => {
      return { right: Number(attemptsAccepted), wrong: Number(attemptsFailed) };
    });
    // who lies fails in nearly all: two liars are caught at each other; an honest node where a liar recomputes
    const liars = nodes.filter(({ right, wrong }) => wrong > right);
    expect(Math.abs(binomialErrors(liars.length, 400, 0.3))).toBeLessThan(4);
    for (const { right } of liars) expect(right).toBe(0);
    expect(nodes.every(({ right, wrong }) => right + wrong > 50)).toBe(true);
    expect(metricOf(result, 'attackerProfitUsd')).not.toBeNaN();
  });

  it('is to the bit its strategies where these are the same', async () => {
    const [mixed, plain] = await Promise.all(
      [mixture('{ share: 0.5, play: lazy }', '{ share: 0.5, play: lazy }'), 'lazy'].map((strategy) =>
        runFinished(loadText(text(strategy, 40))),
      ),
    );
    expect(mixed!.trajectoryFingerprint).toBe(plain!.trajectoryFingerprint);
  });

  it('mixes phases, too', async () => {
    const phases = '{ kind: phases, steps: [{ until: 2d, play: honest }, { leave: true }] }';
    const strategy = mixture(`{ share: 0.5, play: ${phases} }`, '{ share: 0.5, play: honest }');
    const result = await runFinished(loadText(text(strategy)));
    const left = records(tableNamed(result, 'nodes')).filter(({ leftDays }) => leftDays !== null);
    expect(new Set(left.map(({ leftDays }) => leftDays))).toEqual(new Set([2]));
    expect(Math.abs(binomialErrors(left.length, 400, 0.5))).toBeLessThan(4);
  });

  it.each([
    [mixture('{ share: 0.5, play: honest }', '{ share: 0.4, play: lazy }'), 'shares that sum to 1'],
    [mixture('{ share: 1, play: honest }'), 'at least two strategies'],
    [mixture('{ share: 0.5, play: sybil-swarm }', '{ share: 0.5, play: honest }'), 'a machine and an identity each'],
    [mixture('{ share: 0.5, play: { kind: mixture, of: [] } }', '{ share: 0.5, play: honest }'), 'one of: honest'],
  ])('%s is refused', (strategy, reason) => {
    expect(() => loadText(text(strategy))).toThrow(InvalidInput);
    try {
      loadText(text(strategy));
    } catch (error) {
      expect((error as InvalidInput).faults.map(({ expected }) => expected).join('\n')).toContain(reason);
    }
  });
});
