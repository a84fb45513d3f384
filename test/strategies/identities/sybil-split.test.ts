import { describe, expect, it } from 'vitest';
import { handleStep } from '../../../sim/model/columns/rows/side-by-side.js';
import { buildLoaded, loadText, metricOf, runFinished } from '../../support/scenarios.js';

const base = `
  horizon: 4d
  warmUp: 0
  network: single
  protocol: { assignment: uniform, verification: { kind: recompute, share: 0.5 }, slashing: none, checkIn: none }
  fleet:
    honest: { nodes: 8, hardware: reference-cpu, quality: 1 }
    split: { nodes: 12, hardware: reference-cpu, quality: 1, stake: 100, slots: 8 }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 0.1 } }
`;
const strategy = (settings: string) => `fleet.split.strategy={ kind: sybil-split, ${settings} }`;
const world = (...set: string[]) => buildLoaded(loadText(base, ...set)).world;

describe('sybil-split', () => {
  it('puts one operator behind the identities of its machines, which nothing declared tells', () => {
    const { nodes, operators, ownership } = world(strategy('identitiesPerMachine: 3, machinesPerOperator: 2'));
    expect(operators.count).toBe(8 + 2);
    for (let node = 8; node < 20; node++) {
      expect(ownership.operator[node]).toBe(8 + Math.floor((node - 8) / 6));
      expect(ownership.machine[node]).toBe((8 + Math.floor((node - 8) / 3)) * handleStep);
    }
    expect(new Set(nodes.declaredOperator.subarray(0, 20)).size).toBe(20);
    // eight slots of each machine in three
    expect([...nodes.slots.subarray(8, 14)]).toEqual([2, 3, 3, 2, 3, 3]);
  });

  it('splits the operator’s stake equally to the micro-token, the first has the remainder', () => {
    const { ownership } = world(strategy('identitiesPerMachine: 3, operatorStake: 100'));
    const stakes = [...ownership.stake.subarray(8, 14)];
    expect(stakes).toEqual([33_333_334, 33_333_333, 33_333_333, 33_333_334, 33_333_333, 33_333_333]);
    // an operator that the nodes don't suffice for shares it among fewer
    const few = world(strategy('identitiesPerMachine: 5, operatorStake: 100')).ownership.stake;
    expect([...few.subarray(18, 20)]).toEqual([50e6, 50e6]);
    const each = world(strategy('identitiesPerMachine: 3')).ownership.stake;
    expect(new Set(each.subarray(8, 20))).toEqual(new Set([100e6]));
  });

  it('works honestly, and its twin has one identity a machine with all of the stake', async () => {
    const settings = strategy('identitiesPerMachine: 3, operatorStake: 120');
    const result = await runFinished(loadText(base, settings, 'twin=true'));
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(metricOf(result, 'jobsRejected')).toBe(0);
    // 12 of 20 identities in place of 4 of 12
    expect(metricOf(result, 'attackerWorkShare')).toBeGreaterThan(0.5);
    expect(metricOf(result, 'attackerWorkShareOverTwin')).toBeGreaterThan(0.2);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it.each([
    ['identitiesPerMachine: 1', 'above 1'],
    ['identitiesPerMachine: 5', 'a divisor of the nodes, 12'],
  ])('%s is warned of', (settings, expected) => {
    expect(loadText(base, strategy(settings)).warnings.map((warning) => warning.expected)).toContain(expected);
  });
});
