import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { replicate } from '../../sim/experiment/replicate.js';
import { runScenario } from '../../sim/run.js';
import { loadScenario } from '../../sim/scenario/load.js';
import { loadText } from '../support/scenarios.js';

const small = `
  horizon: 1d
  warmUp: 2h
  seed: many
  fleet: { honest: { nodes: 8 }, wrong: { nodes: 2, strategy: always-wrong } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m } }
`;
const loaded = loadText(small);

test('a replication depends on seed and number alone, not on how many there are or on how many threads', async () => {
  const [few, many] = [
    await replicate(loaded, { replications: 3, workers: 1 }),
    await replicate(loaded, { replications: 6, workers: 3 }),
  ];
  expect(many.replications.slice(0, 3)).toEqual(few.replications);
  expect(many.replications.map(({ outcome }) => outcome.seed)).toEqual([
    ...['many', 'many/2', 'many/3', 'many/4', 'many/5', 'many/6'],
  ]);
  expect(new Set(many.replications.map(({ outcome }) => outcome.trajectoryFingerprint)).size).toBe(6);
  const alone = await runScenario(loadText(small, 'seed=many/5'));
  const fifth = many.replications[4]!.outcome;
  expect([fifth.trajectoryFingerprint, fifth.accountingFingerprint]).toEqual([
    alone.trajectoryFingerprint,
    alone.accountingFingerprint,
  ]);
  // NaN, too
  expect(fifth.values).toEqual(alone.row.values);
});

test('a precision is reached with as few looks as it takes, or the most runs are told', async () => {
  const asked = { replications: 3, workers: 2, replicationsMost: 40 };
  const wide = await replicate(loaded, { ...asked, precision: [{ metric: 'completedFraction', halfWidth: 0.5 }] });
  expect([wide.replications.length, wide.isPrecise]).toEqual([3, true]);
  const narrow = await replicate(loaded, { ...asked, precision: [{ metric: 'jobsFinal', halfWidth: 16 }] });
  expect(narrow.isPrecise).toBe(true);
  expect(narrow.replications.length).toBeGreaterThan(3);
  const never = { ...asked, replicationsMost: 5, precision: [{ metric: 'jobsFinal', halfWidth: 1e-6 }] };
  const tried = await replicate(loaded, never);
  expect([tried.replications.length, tried.isPrecise]).toEqual([5, false]);
});

test('a run that fails is told with its seed, and costs no other run', async () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const file = join(root, 'scenarios/traces/golem-january.yaml');
  const set = ['horizon=1d', 'warmUp=6h', 'workload.load.arrivals.perHour=20'];
  const traced = loadScenario(file, { set, allowPaths: [join(root, 'test/fixtures')] });
  // the threads may not read the records
  const { failures, replications } = await replicate(traced, { replications: 2, workers: 1 });
  expect(replications).toEqual([]);
  expect(failures.map(({ replication, failure }) => [replication, failure.seed])).toEqual([
    [1, 'golem-january-1'],
    [2, 'golem-january-1/2'],
  ]);
  expect(failures[0]!.failure.failed).toMatch(/fleet\.providers\.trace\.path: expected a folder/);
});

test('aborted, it throws the reason, and starts no further run', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  let done = 0;
  const many = replicate(loaded, {
    replications: 500,
    workers: 1,
    signal: controller.signal,
    onResult: () => {
      if (++done === 2) controller.abort(reason);
    },
  });
  await expect(many).rejects.toBe(reason);
  expect(done).toBeLessThan(5);
});
