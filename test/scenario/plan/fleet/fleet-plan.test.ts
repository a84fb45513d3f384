import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Limit } from '../../../../sim/model/columns/limits.js';
import { NodeState } from '../../../../sim/model/columns/nodes.js';
import { accountOf } from '../../../../sim/record/economics.js';
import type { Table } from '../../../../sim/record/tables/table.js';
import { type LoadedScenario, loadScenario } from '../../../../sim/scenario/load.js';
import {
  buildLoaded,
  csvText,
  metricOf,
  numbers,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../../support/scenarios.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const hour = 3_600;
const day = 24 * hour;
/** An hour after the last of 48 snapshots. */
const endOfRecords = 48 * hour;

/** The made-up network's twelve providers. */
function load(...set: readonly string[]): LoadedScenario {
  const file = join(root, 'scenarios/traces/golem-january.yaml');
  return loadScenario(file, { set: ['warmUp=6h', ...set], allowPaths: [join(root, 'test/fixtures')] });
}

/** Jobs end before the records do, no epoch ends with them, and stake returns at once: nothing is under way. */
const quietAtEnd = [
  'workload.load.arrivals.perHour=20',
  'workload.load.jobs=700',
  'workload.load.work=1m',
  'protocol.rewards.unbonding=0',
  // who misses check-ins for long is out, and those who missed fewer would follow
  'protocol.reputation.checkInLoss=0.03',
  'protocol.epoch=20h',
];

/** What tells how nodes fared: none of it goes on once they are gone. */
const figures = [
  ...['slashedTokens', 'honestStakeLostTokens', 'honestStakeLostToCheckInsTokens', 'honestSlashedNodes'],
  ...['honestEjectedNodes', 'honestSlashedPer1000NodeMonths', 'honestReturnOnCapital', 'mintedTokens', 'giniIncome'],
  ...['machineAvailability', 'utilisation', 'jobsFinal', 'jobsCompleted'],
];

describe('nodes that are replayed from records', () => {
  it.each(['failure', 'announced'])('cost, earn and lose nothing after their end, with sessions’ by %s', async (by) => {
    const set = [...quietAtEnd, `fleet.providers.trace.sessionEnd=${by}`];
    const [short, long] = await Promise.all(
      ['48h', '288h'].map(async (horizon) => {
        const result = await runFinished(load(...set, `horizon=${horizon}`));
        const metrics = figures.map((name) => [name, metricOf(result, name)] as const);
        const { tables, finished } = result;
        return { metrics, account: accountOf(finished, 0), slashings: csvOf(tables, 'slashings') };
      }),
    );
    expect(long).toEqual(short);
    expect(short!.account.computeUsd).toBeGreaterThan(0);
    // or it would say nothing
    expect(new Map(short!.metrics).get('honestStakeLostToCheckInsTokens')! > 0).toBe(by === 'failure');
  });

  it('leave at the end of the records of their own accord, and no outage is seen', async () => {
    const result = await runFinished(load('horizon=12d', '+fleet.steady={nodes: 30}'));
    const nodes = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'providers');
    expect(nodes).toHaveLength(12);
    for (const { state, leftDays } of nodes) expect([state, leftDays]).toEqual(['left', endOfRecords / day]);
    expect(metricOf(result, 'honestLeftNodes')).toBe(12);
    expect(records(tableNamed(result, 'episodes'))).toEqual([]);
  });

  it('stay to the end of a run that the records outlast, or that ends with them', async () => {
    for (const horizon of [47, 48]) {
      const result = await runFinished(load(`horizon=${horizon}h`));
      expect([metricOf(result, 'honestLeftNodes'), metricOf(result, 'nodesOnline')]).toEqual([0, 4]);
    }
  });

  it('finish what they work on, as all do that leave', async () => {
    const long = ['workload.load.work=30h', 'workload.load.deadline=none', 'workload.load.jobs=100'];
    const set = [...long, 'workload.load.arrivals.perHour=4', 'fleet.providers.trace.sessionEnd=failure'];
    const result = await runFinished(load(...set, 'horizon=6d'), { detail: true });
    const late = numbers(tableNamed(result, 'jobs'), 'deliveredSeconds').filter((at) => at > endOfRecords);
    expect(late.length).toBeGreaterThan(0);
    expect(Math.max(...late)).toBeLessThan(endOfRecords + 30 * hour);
  });

  it('leave before, where the scenario says how long they stay', async () => {
    const result = await runFinished(load('horizon=6d', 'fleet.providers.leaves.after=12h'));
    for (const { joinedDays, leftDays } of records(tableNamed(result, 'nodes'))) {
      expect(leftDays).toBeCloseTo(Math.min(Number(joinedDays) + 0.5, endOfRecords / day), 9);
    }
  });

  it('don’t come back under other names after', () => {
    const strategy = '{kind: sybil-swarm, machines: 3, replacesEjected: true, identitiesMost: 20}';
    const built = buildLoaded(load('horizon=6d', `fleet.providers.strategy=${strategy}`, 'fleet.providers.funds=1000'));
    const { nodes, ownership } = built.world;
    const { actionsOf } = built.lives.hands;
    runUntil(built, 40 * hour);
    built.lives.nodeLife.eject(0);
    expect(actionsOf(0, 1).join(0)).toBe(true);
    const entered = nodes.count - 1;
    expect([nodes.state[entered], ownership.leavesAt[entered]]).toEqual([NodeState.present, endOfRecords]);
    runUntil(built, 47 * hour);
    built.lives.nodeLife.eject(1);
    runUntil(built, endOfRecords);
    expect(actionsOf(0, 2).join(0)).toBe(false);
    runUntil(built, 5 * day);
    expect([...nodes.state.subarray(0, nodes.count)].filter((state) => state === NodeState.present)).toEqual([]);
    const { times } = built.world.limits;
    expect([times[Limit.identities], times[Limit.operatorTokens]]).toEqual([0, 0]);
  });
});

function csvOf(tables: readonly Table[], name: string): string {
  return csvText(tables.find((table) => table.name === name)!);
}
