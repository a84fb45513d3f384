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

  it('is warned of: a cap of nothing, under which no job with anything at risk is assigned', () => {
    const told = (...set: readonly string[]) => loadText(text, ...set).warnings.map(({ path }) => path);
    expect(told('protocol.assignment.valueCap=0')).toContain('protocol.assignment.valueCap');
    expect(told('protocol.assignment.valueCap=0.1')).not.toContain('protocol.assignment.valueCap');
  });
});
