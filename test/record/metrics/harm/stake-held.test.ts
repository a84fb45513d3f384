import { describe, expect, it } from 'vitest';
import { loadText, metricOf, numbers, records, runFinished, tableNamed } from '../../../support/scenarios.js';
import { scriptedWorld } from '../../../support/scripted.js';

const scenario = `
  horizon: 6d
  warmUp: 1d
  network: single
  protocol:
    assignment: uniform
    verification: none
    reputation: ema
    checkIn: { every: 1h }
    slashing: { kind: fixed, fraction: 0, byFinding: { checkInMissed: 0.01 } }
    appeal: { within: 3, committee: 5 }
  fleet:
    honest: { nodes: 10, outages: { up: 1d, down: 3h } }
    liars: { nodes: 5, outages: { up: 1d, down: 3h }, strategy: always-wrong }
  workload: { w: { arrivals: { perHour: 1 } } }
`;

describe('stake held in cases that are open at the end', () => {
  it('is told by side and cohort, and is no loss', async () => {
    const result = await runFinished(loadText(scenario));
    const { ledger } = result.finished.world;
    const [honest, attackers] = ['honest', 'attacker'].map((who) => metricOf(result, `${who}StakeHeldTokens`));
    expect(honest).toBeGreaterThan(0);
    expect(attackers).toBeGreaterThan(0);
    expect(honest! + attackers!).toBeCloseTo(ledger.held / 1e6, 9);
    expect(numbers(tableNamed(result, 'cohorts'), 'heldTokens')).toEqual([honest, attackers]);
    const slashed = records(tableNamed(result, 'slashings')).reduce((sum, one) => sum + Number(one.slashedTokens), 0);
    expect(slashed).toBeCloseTo(metricOf(result, 'slashedTokens'), 9);
    expect(ledger.residue()).toBe(0);
  });

  it('is none where every case is decided, and no figure of attackers where there are none', async () => {
    const decided = await runFinished(loadText(scenario, 'protocol.appeal=none'));
    expect([metricOf(decided, 'honestStakeHeldTokens'), metricOf(decided, 'attackerStakeHeldTokens')]).toEqual([0, 0]);
    const alone = await runFinished(loadText(scenario, 'fleet.liars=null'));
    expect(metricOf(alone, 'attackerStakeHeldTokens')).toBeNaN();
  });
});

describe('strategies', () => {
  it('are woken at each end of an epoch but the horizon, where what they do comes to nothing', () => {
    const woken: number[] = [];
    const text = scenario.replace('always-wrong', 'scripted').replace('horizon: 6d', 'horizon: 3d');
    const { built, simulation } = scriptedWorld(text, ({ epoch }) => woken.push(epoch));
    simulation.runUntil(3 * 86_400, built.handlers);
    expect([...new Set(woken)]).toEqual([1, 2]);
    woken.length = 0;
    const longer = scriptedWorld(text.replace('horizon: 3d', 'horizon: 73h'), ({ epoch }) => woken.push(epoch));
    longer.simulation.runUntil(73 * 3_600, longer.built.handlers);
    expect([...new Set(woken)]).toEqual([1, 2, 3]);
  });
});
