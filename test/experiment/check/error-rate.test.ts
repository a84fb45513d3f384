import { afterAll, expect, test } from 'vitest';
import type { Baseline } from '../../../sim/experiment/check/baseline.js';
import { checkScenarios } from '../../../sim/experiment/check/check.js';
import { type Performer, WorkerPool } from '../../../sim/experiment/pool/worker-pool.js';
import { loadScenario } from '../../../sim/scenario/load.js';
import { isLong } from '../../support/effort.js';
import { loadText } from '../../support/scenarios.js';

const small = `
  horizon: 12h
  warmUp: 1h
  seed: even
  fleet: { honest: { nodes: 12, outages: { up: 3h, down: 20m } }, wrong: { nodes: 3, strategy: always-wrong } }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 5m } }
`;

/** Threads that stay warm from check to check. */
const pool = new WorkerPool();
const performer: Performer = { perform: (task) => pool.perform(task), close: async () => {} };
afterAll(() => pool.close());

// 200 pairs in long runs; of four, two alarms have a chance of 1.4 % at the rate that is promised
const [pairs, alarmsMost] = isLong ? [200, 10] : [4, 1];

test('of pairs of seeds under which nothing else differs, at most one in twenty counts as changed', async () => {
  let alarms = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const [before, now] = ['a', 'b'].map((side) => loadText(small, `seed=${side}${pair}`));
    const made = await checkScenarios([before!], {
      performer,
      baselineReplications: 8,
      replications: 2,
      replicationsMost: 2,
    });
    const baselines = new Map<string, Baseline>([['scenario', made.scenarios[0]!.baseline!]]);
    const { scenarios } = await checkScenarios([now!], { performer, baselines, replications: 2, replicationsMost: 2 });
    if (scenarios[0]!.sinceBaseline === 'changed') alarms++;
  }
  expect(alarms).toBeLessThanOrEqual(alarmsMost);
}, 1_800_000);

test.runIf(isLong)(
  'a slash rate cut by half and twice as many identities count as changed',
  async () => {
    const shorter = ['horizon=14d', 'warmUp=2d'];
    const sybil = (...set: readonly string[]) => loadScenario('scenarios/sybil.yaml', { set: [...shorter, ...set] });
    const collusion = (...set: readonly string[]) => loadScenario('scenarios/collusion.yaml', { set });
    const changedIn = async (before: ReturnType<typeof sybil>, now: ReturnType<typeof sybil>) => {
      const made = await checkScenarios([before], { performer, baselineReplications: 8 });
      const baselines = new Map<string, Baseline>([[before.name, made.scenarios[0]!.baseline!]]);
      const { scenarios } = await checkScenarios([now], { performer, baselines });
      return scenarios[0]!.changes.filter(({ isChanged }) => isChanged).map(({ metric }) => metric);
    };
    const rate = collusion().scenario.protocol.slashing as unknown as { readonly fraction: number };
    const half = collusion(`protocol.slashing.fraction=${rate.fraction / 2}`);
    expect(await changedIn(collusion(), half)).toContain('slashedTokens');
    const nodes = sybil().scenario.fleet.swarm!.nodes!;
    expect(await changedIn(sybil(), sybil(`fleet.swarm.nodes=${2 * nodes}`))).toContain('attackerWorkShare');
  },
  1_800_000,
);
