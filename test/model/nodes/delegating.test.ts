import { describe, expect, it } from 'vitest';
import { Limit } from '../../../sim/model/columns/limits.js';
import type { Actions } from '../../../sim/model/contract/roles.js';
import { EventKind } from '../../../sim/model/events.js';
import { breaches } from '../../support/invariants.js';
import { runUntil } from '../../support/scenarios.js';
import { scriptedWorld } from '../../support/scripted.js';

const hour = 3_600;
const text = `
  seed: delegating
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    epoch: 6h
    checkIn: none
    assignment: stake-weighted
    verification: none
    slashing: none
    rewards: { kind: fee-split, emission: 0, operator: 1, verifiers: 0, treasury: 0, unbonding: 1d }
    stake: { minimum: 10, identityFee: 0, delegatorShare: 1 }
  fleet:
    patron: { nodes: 1, hardware: reference-cpu, quality: 1, stake: 100, funds: 1000, strategy: scripted }
    workers: { nodes: 2, hardware: reference-cpu, quality: 1, stake: 100 }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m, fee: 1 } }
  money: { treasury: 0, capitalCost: 0 }
`;

const scripted = (script: (actions: Actions) => void) => scriptedWorld(text, script);

describe('delegating by operators', () => {
  it('locks their tokens with a node, which gets work by them and pays them their part', () => {
    const told: boolean[] = [];
    const { built, account, ledger, nodes, operators } = scripted((actions) => {
      if (actions.epoch === 1) told.push(actions.delegate(1, 300e6), actions.delegate(1, 500e6));
    });
    runUntil(built, 6 * hour);
    expect([told, nodes.delegated[1], ledger.balance[0]! >= 200e6]).toEqual([[true, true], 800e6, true]);
    expect([operators.locked[0], operators.peakLocked[0]]).toEqual([900e6, 900e6]);
    const alone = ledger.paid[1]!;
    runUntil(built, 5 * 24 * hour);
    expect(breaches(built)).toEqual([]);
    // eight ninths of the node's income, as all of it is split by stake
    const [own, theirs] = [ledger.paid[1]!, ledger.delegations.paidTo(0)];
    expect(theirs).toBe(ledger.delegations.paid[1]);
    expect(theirs).toBeGreaterThan(100e6);
    expect(theirs / (own - alone + theirs)).toBeCloseTo(8 / 9, 6);
    expect(account().incomeUsd).toBeCloseTo((ledger.earned(0) + theirs) / 1e6, 6);
    expect(account().slashedUsd).toBe(0);
  });

  it('returns at the first end of an epoch after unbonding, until when it is slashed and paid', () => {
    const { built, account, ledger, nodes, operators } = scripted((actions) => {
      if (actions.epoch === 1) actions.delegate(2, 400e6);
      if (actions.epoch === 2) {
        expect(actions.shares(2)).toBe(400e6);
        expect(actions.undelegate(2, 300e6)).toBe(true);
        expect(actions.shares(2)).toBe(100e6);
        expect(actions.undelegate(2, 200e6)).toBe(false);
      }
    });
    runUntil(built, 24 * hour);
    expect(nodes.delegated[2]).toBe(400e6);
    const { kinds, rules } = built.world;
    built.lives.collateral.slash(2, 0.1, kinds.find('invalid'), rules.now.slashedTo);
    expect([nodes.delegated[2], operators.delegatedNow[0], operators.locked[0]]).toEqual([360e6, 360e6, 460e6]);
    runUntil(built, 35.9 * hour);
    expect(nodes.delegated[2]).toBe(360e6);
    const before = ledger.balance[0]!;
    runUntil(built, 36 * hour);
    expect(nodes.delegated[2]).toBe(90e6);
    expect(ledger.balance[0]! - before).toBeGreaterThanOrEqual(270e6);
    expect([operators.delegatedNet[0], operators.delegatedNow[0]]).toEqual([130e6, 90e6]);
    expect(account().slashedUsd).toBeCloseTo(40, 9);
    expect(breaches(built)).toEqual([]);
  });

  it('comes back from a node that left, asked for or not', () => {
    const { built, nodes, operators } = scripted((actions) => {
      if (actions.epoch !== 1) return;
      actions.delegate(1, 250e6);
      actions.undelegate(1, 100e6);
    });
    built.world.simulation.schedule(7 * hour, EventKind.nodeLeft, 1, 0);
    runUntil(built, 60 * hour);
    expect([nodes.delegated[1], operators.delegatedNet[0], operators.locked[0]]).toEqual([0, 0, 100e6]);
    expect(breaches(built)).toEqual([]);
  });

  it('is refused, and counted: nobody there, too few tokens, more back than there is', () => {
    const told: boolean[] = [];
    const { built, ledger } = scripted((actions) => {
      if (actions.epoch === 1) {
        told.push(actions.delegate(1, 2_000e6), actions.delegate(1, 0), actions.undelegate(1, 1));
        told.push(actions.undelegate(1, 0));
      }
      if (actions.epoch === 2) told.push(actions.delegate(2, 10e6));
    });
    built.world.simulation.schedule(7 * hour, EventKind.nodeLeft, 2, 0);
    runUntil(built, 13 * hour);
    expect(told).toEqual([false, false, false, false, false]);
    const { limits } = built.world;
    expect([limits.times[Limit.operatorTokens], limits.times[Limit.delegations]]).toEqual([1, 4]);
    expect(ledger.delegations.tokens.every((tokens) => tokens === 0)).toBe(true);
  });

  it('doesn’t let who lost all delegate anew and have it back by an old notice', () => {
    const { built, nodes } = scripted((actions) => {
      if (actions.epoch === 1) {
        actions.delegate(1, 100e6);
        actions.undelegate(1, 100e6);
      }
      if (actions.epoch === 3) actions.delegate(1, 50e6);
    });
    runUntil(built, 13 * hour);
    const { kinds, rules } = built.world;
    built.lives.collateral.slash(1, 1, kinds.find('invalid'), rules.now.slashedTo);
    runUntil(built, 80 * hour);
    expect(nodes.delegated[1]).toBe(50e6);
    expect(breaches(built)).toEqual([]);
  });
});
