import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pack } from '../../../../sim/experiment/work/packed-scenario.js';
import { writeRunFolder } from '../../../../sim/folder/run-folder.js';
import { handleStep } from '../../../../sim/model/columns/rows/side-by-side.js';
import { runScenario } from '../../../../sim/run.js';
import { honestTwin } from '../../../../sim/scenario/plan/fleet/honest-twin.js';
import { buildLoaded, loadText, metricOf, runFinished } from '../../../support/scenarios.js';

const base = `
seed: twin
horizon: 6d
protocol: { extends: triangulated-mesh, slashing: none, reputation: ema }
fleet:
  honest: { nodes: 40, outages: heavy-tailed }
  swarm:
    nodes: 10
    stake: 10.000001
    funds: 50
    outages: { up: { exponential: { mean: 9h } }, down: { exponential: { mean: 1h } } }
    joins: { at: 1d, over: 12h }
    leaves: { at: 4d, over: 1d }
    publicAddress: 0.5
    strategy: { kind: sybil-swarm, machines: 3 }
  spies: { nodes: 4, attack: raid, strategy: { kind: honest, identitiesPerMachine: 2, machinesPerOperator: 2 } }
workload:
  w: { class: simulation, arrivals: { perHour: 40 } }
`;

describe('an honest twin', () => {
  it('has one identity a machine, which truthfully declares whose it is and what', () => {
    const { nodes, operators, ownership, machines } = buildLoaded(honestTwin(loadText(base))).world;
    expect([nodes.count, machines.count, operators.count]).toEqual([45, 45, 42]);
    for (let node = 40; node < 45; node++) {
      expect(ownership.machine[node]).toBe(node * handleStep);
      expect(nodes.declaredOperator[node]).toBe(operators.nameOf(ownership.operator[node]!));
      expect(nodes.region[node]).toBe(ownership.region[node]);
      expect(nodes.slots[node]).toBe(machines.slots[node * handleStep]);
    }
  });

  it('splits an operator’s stake equally, the remainder to the first, and saves fees', () => {
    const { ledger, ownership } = buildLoaded(honestTwin(loadText(base))).world;
    // 10 × 10.000001 on three machines; 4 × 100 on two
    expect([...ownership.stake.subarray(40)]).toEqual([33_333_338, 33_333_336, 33_333_336, 200e6, 200e6]);
    // the swarm isn't there yet: stake, three fees, funds, and the fees of seven identities
    expect(ledger.balance[40]).toBe(100_000_010 + 10e6 + 50e6);
    // the spies are, and have paid two fees
    expect(ledger.balance[41]).toBe(2e6);
  });

  it('has machines that come, fail and go when the attackers’ do', async () => {
    const loaded = loadText(base);
    const [attack, twin] = await Promise.all([loaded, honestTwin(loaded)].map((one) => runFinished(one)));
    const times = ({ machines }: NonNullable<typeof attack>['finished']['world']) =>
      Array.from({ length: machines.count }, (_, ordinal) => {
        const { hasEntered, outageNumber, upSeconds, usedSeconds } = machines;
        return [hasEntered, outageNumber, upSeconds, usedSeconds].map((column) => column[ordinal * handleStep]!);
      });
    const [machines, twins] = [times(attack!.finished.world), times(twin!.finished.world)];
    expect(machines.slice(40).every(([entered, outages]) => entered === 1 && outages! >= 0)).toBe(true);
    expect(machines[40]![1]).toBeGreaterThan(3);
    for (const [machine, columns] of machines.entries()) {
      // sums of the same spans, cut at other times
      for (const [at, value] of columns.entries()) expect(twins[machine]![at]).toBeCloseTo(value, 6);
    }
    expect(metricOf(twin!, 'attackerWorkShare')).toBeNaN();
    expect(metricOf(attack!, 'attackerWorkShare')).toBeGreaterThan(0);
  });

  it('of a scenario without attackers is that scenario', () => {
    const honest = loadText(base.replace('attack: raid, ', '').replace('sybil-swarm, machines: 3', 'bidder'));
    const twin = honestTwin(honest);
    expect(twin).toEqual({ ...honest, shapes: new Map() });
    expect([twin.scenario.fleet.swarm, twin.scenario.fleet.spies]).toEqual([
      honest.scenario.fleet.swarm,
      honest.scenario.fleet.spies,
    ]);
  });

  it('is refused where only a scenario’s text would come along: by threads, and by folders', async () => {
    const twin = honestTwin(loadText(base));
    const refusal = /scenario: expected a scenario as it was loaded.*found an honest twin/;
    expect(() => pack(twin)).toThrow(refusal);
    const result = await runScenario({ ...twin, scenario: { ...twin.scenario, horizon: 3_600, warmUp: 0 } });
    await expect(writeRunFolder(join(tmpdir(), 'twin'), result)).rejects.toThrow(refusal);
    expect(existsSync(join(tmpdir(), 'twin'))).toBe(false);
    expect(() =>
      pack(honestTwin(loadText(base, 'fleet.swarm.strategy=honest', 'fleet.spies.attack=null'))),
    ).not.toThrow();
  });
});
