import { describe, expect, it } from 'vitest';
import { NodeState } from '../../../sim/model/columns/nodes.js';
import { runScenario } from '../../../sim/run.js';
import { buildLoaded, loadText, metricOf, runUntil } from '../../support/scenarios.js';

const quiet = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol: { epoch: 1h, checkIn: none, stake: { minimum: 10, identityFee: 1 } }
  fleet: { a: { nodes: 3, hardware: reference-cpu, stake: 100 } }
  workload: { w: { class: task, arrivals: { perDay: 0 } } }
`;

describe('a node that joins', () => {
  it('locks its stake and pays its identity fee', () => {
    const built = buildLoaded(loadText(quiet));
    const { world } = built;
    expect([...world.nodes.stake]).toEqual([100e6, 100e6, 100e6]);
    expect(world.ledger.treasury).toBe(10_000e6 + 3e6);
    expect([...world.operators.locked.slice(0, 3)]).toEqual([100e6, 100e6, 100e6]);
  });

  it('enters at its time, and leaves at its time with its stake unbonding', () => {
    const set = [
      'fleet.a.joins={at: 1d}',
      'fleet.a.leaves={at: 3d}',
      'protocol.rewards={kind: fee-split, emission: 0, unbonding: 2d}',
    ];
    const built = buildLoaded(loadText(quiet, ...set));
    const { world } = built;
    const { nodes, ledger, onlineNodes } = world;
    const day = 86_400;
    runUntil(built, day - 1);
    expect([nodes.state[0], nodes.stake[0], onlineNodes.size]).toEqual([NodeState.absent, 0, 0]);
    runUntil(built, day);
    expect([nodes.state[0], nodes.isActive[0], nodes.joinedAt[0]]).toEqual([NodeState.present, 1, day]);
    runUntil(built, 3 * day);
    expect([nodes.state[0], nodes.stake[0], ledger.unbonding[0]]).toEqual([NodeState.left, 0, 100e6]);
    runUntil(built, 5 * day - 1);
    expect(ledger.balance[0]).toBe(0);
    runUntil(built, 5 * day);
    expect([ledger.balance[0], ledger.unbonding[0], world.operators.locked[0]]).toEqual([100e6, 0, 0]);
  });

  it('stays slashable while its stake unbonds', () => {
    const built = buildLoaded(loadText(quiet, 'fleet.a.leaves={at: 1d}'));
    const { world, lives } = built;
    runUntil(built, 2 * 86_400);
    lives.collateral.slash(0, 0.25, 3, world.rules.now.slashedTo);
    expect([world.ledger.unbonding[0], world.operators.locked[0]]).toEqual([75e6, 75e6]);
  });
});

describe('jail', () => {
  it.each(['1h', '90m', '3601.1s', '4000.7s'])('counts whole epochs of %s from the next boundary', (epoch) => {
    const built = buildLoaded(loadText(quiet, `protocol.epoch=${epoch}`));
    const { world, lives } = built;
    const { nodes, rules } = world;
    const length = rules.now.epochSeconds;
    for (let from = 0; from < 60; from += 4) {
      runUntil(built, (from + 0.5) * length);
      lives.nodeLife.jail(1, 2);
      runUntil(built, (from + 3) * length - 1);
      expect(nodes.isActive[1], `before the end of epoch ${from + 3}`).toBe(0);
      runUntil(built, (from + 3) * length);
      expect(nodes.isActive[1], `at the end of epoch ${from + 3}`).toBe(1);
    }
  });
});

describe('stake below the minimum', () => {
  it('makes a node inactive until it has enough again', () => {
    const built = buildLoaded(loadText(quiet, 'fleet.a.funds=300'));
    const { world, lives } = built;
    lives.collateral.slash(2, 0.95, 3, world.rules.now.slashedTo);
    expect([world.nodes.stake[2], world.nodes.isActive[2]]).toEqual([5e6, 0]);
    const actions = lives.hands.actionsOf(2, 1);
    expect(actions.stake(2, 5e6)).toBe(true);
    expect(world.nodes.isActive[2]).toBe(1);
    expect([actions.stake(1, 5e6), actions.stake(2, 1e15)]).toEqual([false, false]);
    expect(world.ledger.residue()).toBe(0);
  });
});

describe('pay', () => {
  it('held for some epochs reaches the operator that many epochs later', async () => {
    const set = ['horizon=5h', 'workload.w.arrivals.perDay=240', 'workload.w.work=1m', 'workload.w.jobs=1'];
    const balances = async (holdEpochs: number, until: number) => {
      const split = `operator: 1, verifiers: 0, treasury: 0, holdEpochs: ${holdEpochs}`;
      const built = buildLoaded(loadText(quiet, ...set, `protocol.rewards={kind: fee-split, emission: 0, ${split}}`));
      const { world } = built;
      runUntil(built, until);
      return world.ledger.balance.subarray(0, 3).reduce((sum, balance) => sum + balance, 0);
    };
    expect([await balances(0, 3_599), await balances(0, 3_600)]).toEqual([0, 200_000]);
    expect([await balances(2, 3 * 3_600 - 1), await balances(2, 3 * 3_600)]).toEqual([0, 200_000]);
  });
});

describe('conservation', () => {
  it('is asserted in every run: the residue is 0', async () => {
    const result = await runScenario(loadText(quiet, 'workload.w.arrivals.perDay=100'));
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
    expect(metricOf(result, 'jobsCompleted')).toBeGreaterThan(800);
  });
});
