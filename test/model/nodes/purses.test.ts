import { describe, expect, it } from 'vitest';
import { Limit } from '../../../sim/model/columns/limits.js';
import type { Actions } from '../../../sim/model/contract/roles.js';
import { measure } from '../../../sim/record/metrics/index.js';
import { breaches } from '../../support/invariants.js';
import { loadText, metricOf, runFinished, runUntil } from '../../support/scenarios.js';
import { scriptedWorld } from '../../support/scripted.js';

const hour = 3_600;
const text = `
  seed: purses
  horizon: 4d
  warmUp: 0
  network: single
  protocol:
    epoch: 6h
    checkIn: none
    verification: none
    slashing: none
    rewards: { kind: fee-split, emission: 0 }
    stake: { identityFee: 0 }
  fleet:
    lone: { nodes: 1, hardware: reference-cpu, stake: 100, funds: 50, strategy: scripted }
    rich: { nodes: 1, hardware: reference-cpu, stake: 100, funds: 500, attack: raid, strategy: scripted }
    poor: { nodes: 1, hardware: reference-cpu, stake: 100, funds: 0, attack: raid, strategy: scripted }
  workload: { w: { class: task, arrivals: { perHour: 0.001 }, work: 1m } }
  money: { capitalCost: 0 }
`;
const scripted = (script: (actions: Actions) => void) => scriptedWorld(text, script);
const [lone, rich, poor] = [0, 1, 2];

describe('the purse of an attack', () => {
  it('is filled by one member and emptied by another, and out of reach of everybody else', () => {
    const told: unknown[] = [];
    const { built, ledger } = scripted((actions) => {
      if (actions.epoch === 1 && actions.operator === rich) told.push(actions.give(300e6), actions.purse());
      if (actions.epoch === 2 && actions.operator === lone) told.push(actions.purse(), actions.take(1e6));
      if (actions.epoch === 2 && actions.operator === poor) told.push(actions.purse(), actions.take(200e6));
    });
    runUntil(built, 7 * hour);
    expect([ledger.balance[rich], ledger.balance[poor]]).toEqual([200e6, 0]);
    expect(breaches(built)).toEqual([]);
    runUntil(built, 13 * hour);
    expect(told).toEqual([true, 300e6, 0, false, 300e6, true]);
    expect([ledger.balance[rich], ledger.balance[poor], ledger.balance[lone]]).toEqual([200e6, 200e6, 50e6]);
    expect(built.world.limits.times[Limit.operatorTokens]).toBe(1);
    expect(breaches(built)).toEqual([]);
  });

  it('can be spent as a member’s own tokens are', () => {
    const { built, nodes } = scripted((actions) => {
      if (actions.epoch === 1 && actions.operator === rich) actions.give(300e6);
      if (actions.epoch === 2 && actions.operator === poor) {
        expect(actions.stake(2, 100e6)).toBe(false);
        expect([actions.take(100e6), actions.stake(2, 100e6)]).toEqual([true, true]);
      }
    });
    runUntil(built, 13 * hour);
    expect(nodes.stake[2]).toBe(200e6);
    expect(breaches(built)).toEqual([]);
  });

  it('is capital of the attack for as long as it is full, neither income nor cost', () => {
    const { built, account, finished, operators } = scripted((actions) => {
      if (actions.epoch === 1 && actions.operator === rich) actions.give(300e6);
      if (actions.epoch === 3 && actions.operator === poor) actions.take(300e6);
    });
    const idle = scripted(() => undefined);
    runUntil(built, 24 * hour);
    runUntil(idle.built, 24 * hour);
    expect(account(rich).peakLockedUsd - idle.account(rich).peakLockedUsd).toBeCloseTo(300, 9);
    expect(account(poor).peakLockedUsd).toBe(idle.account(poor).peakLockedUsd);
    expect(account(lone).peakLockedUsd).toBe(idle.account(lone).peakLockedUsd);
    expect(operators.lockedUntil(operators.rowOfPurse(rich), 24 * hour)).toBe(300e6 * 12 * hour);
    for (const cohort of [lone, rich, poor]) {
      expect(account(cohort).profitUsd).toBeCloseTo(idle.account(cohort).profitUsd, 9);
    }
    expect(measure(finished()).pursesTokens).toBe(0);
  });

  it('refuses more than there is, and tells what is left at the end', () => {
    const told: boolean[] = [];
    const { built, finished } = scripted((actions) => {
      if (actions.epoch !== 1 || actions.operator !== rich) return;
      told.push(actions.give(501e6), actions.give(500e6), actions.take(501e6), actions.take(1e6));
    });
    runUntil(built, 7 * hour);
    expect(told).toEqual([false, true, false, true]);
    expect(measure(finished()).pursesTokens).toBe(499);
  });

  it('is empty, and of no weight, where no strategy uses it', async () => {
    const result = await runFinished(loadText(text.replaceAll('strategy: scripted', 'strategy: honest')));
    expect(metricOf(result, 'pursesTokens')).toBe(0);
  });
});
