import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/refusals.js';
import { loadText } from '../../support/scenarios.js';

const text = `
horizon: 30d
network: single
protocol: { extends: reputation-collateral }
fleet: { a: { nodes: 20, hardware: reference-cpu, quality: 1, funds: 1000 } }
workload: { w: { class: task, arrivals: { perHour: 5 }, work: 1m, fee: 1 } }
`;

describe('money that can’t mean what it says', () => {
  it.each([
    ['protocol.rewards.boosts.score=-0.1', 'expected a fraction from 0 to 1, found -0.1'],
    ['protocol.insurance={ premium: -0.1 }', 'expected a number from 0 to 10, found -0.1'],
    ['protocol.insurance={ premium: 0 }', 'so that it never has anything to pay with'],
    ['protocol.rewards.holdEpochs=15', 'stake would be back before the pay that waits with it'],
    ['protocol.rewards.holdLowScores={ below: 0.5, epochs: 15 }', 'stake would be back before the pay'],
    ['protocol.assignment.valueCap=-1', 'expected an amount of tokens of at least 0'],
    [
      'changes=[{ at: 5d, set: { protocol.rewards.unbonding: 1d, protocol.rewards.holdEpochs: 2 } }]',
      'stake would be back',
    ],
  ])('is refused with its place: %s', (setting, reason) => {
    const lines = linesOf(() => loadText(text, setting)).join('\n');
    expect(lines).toContain(reason);
    expect(lines).toMatch(/^\S*:\d+:\d+: /);
  });

  // the best score has 36 scales of 200 jobs behind it, and replaces 80 % of a bond of one fee, which is 1 token
  it.each([
    ['protocol.assignment.valueCap=0', 'at least 0.000028 tokens a job, found 0, as not even the best score'],
    ['protocol.assignment.valueCap=0.000027', 'what the least bond, 0.2 tokens, covers'],
    [
      'protocol.rewards.bondFraction=1000',
      'what the least bond, 200 tokens, covers',
      'protocol.assignment.valueCap=0.02',
    ],
    ['workload.w.valueAtRisk=721', 'at least 0.100139 tokens a job, found 0.1, so that no job is ever assigned'],
    [
      'changes=[{ at: 5d, set: { protocol.assignment.valueCap: 0.00002 } }]',
      'as not even the best score may have at risk what the least bond',
    ],
  ])('is refused with its place, a cap below the bond or what is at risk: %s', (setting, reason, ...more) => {
    const lines = linesOf(() => loadText(text, setting, ...more)).join('\n');
    expect(lines).toContain(reason);
    expect(lines).toMatch(/^\S*:\d+:\d+: /);
  });

  it('is warned of: a cap that keeps jobs from everybody, at first or for good', () => {
    const other = '+workload.v={ class: task, arrivals: { perHour: 5 }, fee: 1 }';
    const told = (...set: readonly string[]) =>
      loadText(text, ...set)
        .warnings.filter(({ path }) => path === 'protocol.assignment.valueCap')
        .map(({ why }) => why);
    expect(told()).toEqual([]);
    expect(told('workload.w.valueAtRisk=18')).toEqual([]);
    expect(told('workload.w.valueAtRisk=19')).toEqual([
      expect.stringContaining('a score by which it gets a job at first'),
    ]);
    expect(told('workload.w.valueAtRisk=19', other)).toEqual([]);
    expect(told('workload.w.valueAtRisk=721', other)).toEqual(['so that no job of w is ever assigned']);
    expect(
      told('protocol.assignment.valueCap=0', 'protocol.rewards.bondFraction=0', 'protocol.rewards.bondRelief=0'),
    ).toHaveLength(1);
    expect(told('protocol.assignment.valueCap=0.000027', 'protocol.rewards.bondFraction=0.5')).toEqual([]);
  });

  const noVote = 'so that nobody has a vote who doesn’t add stake of its own accord';
  const notCritical = 'so that no job is critical, in which it is a fault not to be there';
  const noJackpot = 'so that who finds a forced error gets nothing for it';
  const game = (jackpot: number) =>
    `protocol.verification={ kind: optimistic, forcedErrorProbability: 0.1, jackpot: ${jackpot} }`;
  const vote = (weights: string) =>
    `votes=[{ proposed: 1d, weights: ${weights}, set: { protocol.slashing.fraction: 0.1 } }]`;
  it.each([
    [noVote, [vote('stake'), 'fleet.a.stake=0'], [vote('stake'), 'fleet.a.stake=1']],
    [noVote, [vote('stake'), 'fleet.a.stake=0'], [vote('contribution'), 'fleet.a.stake=0']],
    ['so that it is always stopped', [vote('identity, veto: 0')], [vote('identity, veto: 0.1')]],
    [
      'so that none of its nodes ever gets work',
      ['changes=[{ at: 5d, set: { protocol.stake.minimum: 101 } }]'],
      ['changes=[{ at: 5d, set: { protocol.stake.minimum: 100 } }]'],
    ],
    [notCritical, ['workload.w.valueAtRisk=0.9'], ['workload.w.valueAtRisk=1']],
    [noJackpot, [game(0)], [game(1)]],
  ])('is warned of where nothing comes of it: %s', (reason, inVain, useful) => {
    const told = (set: readonly string[]) => loadText(text, ...set).warnings.map(({ why }) => why);
    expect(told(inVain)).toContain(reason);
    expect(told(useful)).not.toContain(reason);
  });
});
