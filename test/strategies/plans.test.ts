import { describe, expect, it } from 'vitest';
import { handleStep } from '../../sim/model/columns/rows/side-by-side.js';
import { buildLoaded, loadText, records, runFinished, tableNamed } from '../support/scenarios.js';

const base = `
seed: plans
horizon: 1d
warmUp: 0
protocol: { assignment: uniform, verification: none, queueLimit: unlimited }
fleet:
  a:
    nodes: 12
    hardware: { consumer-gpu: 0.5, h100: 0.5 }
    throughput: { lognormal: { median: 1, sigma: 0.5 } }
workload:
  w: { class: task, arrivals: { perHour: 60 }, work: 60s, deadline: none }
`;
const swarm = 'fleet.a.strategy={kind: sybil-swarm, machines: 2}';
const honest = 'fleet.a.strategy={kind: honest, identitiesPerMachine: 3, machinesPerOperator: 2}';

describe('identities of a swarm', () => {
  it('declare what machines of their own would be, so that nothing tells which share one', () => {
    const { nodes } = buildLoaded(loadText(base, swarm)).world;
    const strangers = buildLoaded(loadText(base)).world.nodes;
    for (const column of ['throughput', 'region', 'hardware', 'slots', 'allowedClasses'] as const) {
      expect(nodes[column]).toEqual(strangers[column]);
    }
    expect(new Set(nodes.throughput).size).toBe(12);
    expect(new Set(nodes.region).size).toBeGreaterThan(2);
  });

  it('work at the speed and the distance of the machine that they are on', async () => {
    const result = await runFinished(loadText(base, swarm), { detail: true });
    const { machines, network, nodes, ownership } = result.finished.world;
    const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'completed');
    expect(jobs.length).toBeGreaterThan(1_000);
    // of each machine the quickest answer, of those to a client in its own region, found no line before it
    const near = network.regions.map((_, region) => network.roundTrip(region, region));
    for (let machine = 0; machine < 2; machine++) {
      const own = [...nodes.region.keys()].filter((node) => ownership.machine[node] === machine * handleStep);
      const region = ownership.region[own[0]!]!;
      const quickest = Math.min(
        ...jobs
          .filter(({ node, region: client }) => own.includes(Number(node)) && client === network.regions[region])
          .map(({ submittedSeconds, deliveredSeconds }) => Number(deliveredSeconds) - Number(submittedSeconds)),
      );
      expect(quickest).toBeCloseTo(60 / machines.throughput[machine * handleStep]! + near[region]!, 6);
    }
  });

  it('that enter later declare something of their own, too', () => {
    const replacing = 'fleet.a.strategy={kind: sybil-swarm, machines: 2, replacesEjected: true, identitiesMost: 20}';
    const { world, lives } = buildLoaded(loadText(base, replacing, 'fleet.a.funds=1000'));
    const { nodes, ownership } = world;
    const actions = lives.hands.actionsOf(0, 1);
    for (let entered = 0; entered < 8; entered++) expect(actions.join(0)).toBe(true);
    expect(nodes.count).toBe(20);
    expect(new Set(nodes.throughput).size).toBe(20);
    expect([...ownership.machine.subarray(12)]).toEqual(new Array(8).fill(ownership.machine[0]));
    expect([...ownership.stake.subarray(12)]).toEqual(new Array(8).fill(100e6));
    expect(actions.join(0)).toBe(false);
  });
});

describe('honest operators', () => {
  it('may have several machines with several identities each, which they declare as they are', () => {
    const { machines, nodes, operators, ownership } = buildLoaded(loadText(base, honest)).world;
    expect([nodes.count, machines.count, operators.count]).toEqual([12, 4, 2]);
    for (let node = 0; node < 12; node++) {
      const machine = Math.floor(node / 3) * handleStep;
      expect(ownership.machine[node]).toBe(machine);
      expect(ownership.operator[node]).toBe(Math.floor(node / 6));
      expect(nodes.declaredOperator[node]).toBe(operators.nameOf(ownership.operator[node]!));
      expect(nodes.throughput[node]).toBe(machines.throughput[machine]);
      expect(nodes.region[node]).toBe(ownership.region[node]);
    }
  });

  it('share a machine’s slots out between its identities, each at least one', () => {
    const slotsOf = (slots: number) => buildLoaded(loadText(base, honest, `fleet.a.slots=${slots}`)).world.nodes.slots;
    expect([...slotsOf(8).subarray(0, 6)]).toEqual([2, 3, 3, 2, 3, 3]);
    expect([...slotsOf(1).subarray(0, 3)]).toEqual([1, 1, 1]);
  });
});
