import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { askedSweep } from '../../sim/experiment/sweep/asked.js';
import { planSweep, unitsOf } from '../../sim/experiment/sweep/plan.js';
import { resultsOf } from '../../sim/experiment/sweep/results.js';
import { runSweep } from '../../sim/experiment/sweep/sweep.js';
import { readSweep, sweep, writeSweepFolder, writeSweepReport } from '../../sim/index.js';
import { runScenario } from '../../sim/run.js';
import { loadScenario } from '../../sim/scenario/load.js';
import { temporaryFolder } from '../commands/command-line.js';
import { loadText } from '../support/scenarios.js';

const small = `
  horizon: 1d
  warmUp: 2h
  seed: many
  fleet: { honest: { nodes: 8 }, wrong: { nodes: 2, strategy: always-wrong } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m } }
`;

const levelsOf = (vary: string) => {
  const { request } = askedSweep(loadText(small), { vary: [vary] }, []);
  const [{ values }] = request.axes as [(typeof request.axes)[number]];
  return values.kind === 'levels' ? values.levels : [];
};

test.each([
  ['fleet.wrong.nodes=100,300,600', [100, 300, 600]],
  ['protocol.slashing.maxFraction=0:0.5:0.05', [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5]],
  ['a.b=0.5:0:-0.25', [0.5, 0.25, 0]],
  ['a.b=1:4:2', [1, 3]],
  ['a.b=0.1:0.7:0.2', [0.1, 0.3, 0.5, 0.7]],
  ['a.b=1e-7:3e-7:1e-7', [1e-7, 2e-7, 3e-7]],
  ['a.b=1:1000:log:4', [1, 10, 100, 1000]],
  ['a.b=1:1000:log:7', [1, 3, 10, 32, 100, 316, 1000]],
  ['a.b=0.01:1:log:3', [0.01, 0.1, 1]],
  ['horizon=12h,2d', [43_200, 172_800]],
  ['horizon=1d:2d:12h', [86_400, 129_600, 172_800]],
])('%s are these numbers', (vary, numbers) => {
  expect(levelsOf(vary).map(({ number }) => number)).toEqual(numbers);
});

test.each([
  ['protocol.slashing=none,fixed', [['protocol.slashing=none'], ['protocol.slashing=fixed']]],
  ['a={x: 1, y: [2, 3]},null', [['a={x: 1, y: [2, 3]}'], ['a=null']]],
  ["a='x,y','z'", [["a='x,y'"], ["a='z'"]]],
  [
    'a.b&c.d=1&10,2&20',
    [
      ['a.b=1', 'c.d=10'],
      ['a.b=2', 'c.d=20'],
    ],
  ],
  [
    'a.b&c.d=1:2:1',
    [
      ['a.b=1', 'c.d=1'],
      ['a.b=2', 'c.d=2'],
    ],
  ],
  ['horizon=1d:2d:12h', [['horizon=1d'], ['horizon=36h'], ['horizon=2d']]],
])('%s sets these', (vary, settings) => {
  expect(levelsOf(vary).map((level) => level.settings)).toEqual(settings);
});

test('words among numbers make an axis of words, and tied paths have numbers each', () => {
  expect(levelsOf('queueLimit=0,unlimited').map(({ number }) => number)).toEqual([null, null]);
  expect(levelsOf('a&b=1&x,1&y').map(({ number, cells }) => [number, cells])).toEqual([
    [null, [1, 'x']],
    [null, [1, 'y']],
  ]);
});

test('a range by factors may have steps', () => {
  const asked = { vary: ['fleet.wrong.nodes=10:1000:log:5'], points: 'sobol:16', replications: 1 };
  const { points } = planSweep(askedSweep(loadText(small), asked, []).request);
  const numbers = points.map(({ cells }) => cells[0] as number);
  expect(numbers.every((number) => number >= 10 && number <= 1_000 && number % 5 === 0)).toBe(true);
  // half of them lie below the geometric mean
  expect(numbers.filter((number) => number < 100)).toHaveLength(8);
});

test('a request is plain data, of which any process plans the same points', () => {
  const vary = ['fleet.wrong.nodes=2,4', 'protocol.slashing=none,fixed,progressive'];
  const { request } = askedSweep(loadText(small), { vary, replications: 2 }, ['run', 'x.yaml']);
  const plan = planSweep(request);
  const again = planSweep(JSON.parse(JSON.stringify(request)));
  expect(again.points.map(({ scenario, seed, cost }) => ({ scenario, seed, cost }))).toEqual(
    plan.points.map(({ scenario, seed, cost }) => ({ scenario, seed, cost })),
  );
  expect(plan.points.map(({ cells }) => cells.join())).toEqual([
    ...['2,none', '2,fixed', '2,progressive', '4,none', '4,fixed', '4,progressive'],
  ]);
  expect(unitsOf(plan)).toHaveLength(12);
});

test('another protocol takes the place of the scenario’s, and its own name changes nothing', async () => {
  const loaded = loadText(`${small}  protocol: { extends: triangulated-mesh, queueLimit: 3 }\n`);
  const vary = ['protocol.queueLimit=2,3', 'protocol.extends=triangulated-mesh'];
  const { request } = askedSweep(loaded, { vary }, []);
  const protocols = planSweep(request).points.map(({ scenario: { written, protocol } }) => {
    return [protocol, (written as { protocol: { queueLimit: number } }).protocol.queueLimit];
  });
  expect(protocols).toEqual([
    ['triangulated-mesh', 2],
    ['triangulated-mesh', 3],
  ]);
  const bare = askedSweep(loadText(small), { vary: ['protocol.extends=triangulated-mesh'] }, []);
  const [point] = planSweep(bare.request).points;
  const set = await runScenario(loadText(small, 'protocol.extends=triangulated-mesh'));
  expect(point!.scenario).toMatchObject({ protocol: 'triangulated-mesh', written: set.loaded.written });
});

test('the library sweeps to the figures of ordinary runs, and writes a folder that is read again', async () => {
  const swept = await sweep(loadText(small), { vary: ['fleet.wrong.nodes=1,3'], replications: 2, workers: 2 });
  expect(swept.failures).toEqual([]);
  const alone = await runScenario(loadText(small, 'fleet.wrong.nodes=3', 'seed=many/2'));
  expect(swept.runs[1]![1]!.outcome.values).toEqual(alone.row.values);
  expect(swept.runs[1]![1]!.outcome.trajectoryFingerprint).toBe(alone.trajectoryFingerprint);
  const folder = join(temporaryFolder(), 'swept');
  const { charts, undrawn } = await writeSweepFolder(folder, swept, { drawReport: writeSweepReport });
  expect([charts.length, undrawn]).toEqual([8, []]);
  const record = readSweep(folder);
  expect(record.manifest.points).toBe(2);
  expect(record.manifest.command).toMatch(/ --vary fleet\.wrong\.nodes=1,3 --replications 2$/);
  const report = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(report).toContain('The scenario asks and expects nothing');
  expect(readdirSync(folder).sort()).toEqual([
    ...['charts', 'data-dictionary.csv', 'expectations.csv', 'failures.csv', 'manifest.json', 'points.csv'],
    ...['report.html', 'sweep.csv'],
  ]);
});

test('a point whose runs fail is told with the commands that run them, and the others are drawn', async () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const allowPaths = [join(root, 'test/fixtures')];
  const set = ['horizon=1d', 'warmUp=6h', 'workload.load.arrivals.perHour=20'];
  const loaded = loadScenario(join(root, 'scenarios/traces/golem-january.yaml'), { set, allowPaths });
  const vary = ['fleet.providers.trace.sessionEnd=announced,failure'];
  const { request } = askedSweep(loaded, { vary, replications: 2 }, ['run', 'golem.yaml', '--set', 'horizon=1d']);
  const plan = planSweep(request, { allowPaths });
  const fine = await runSweep(plan, { allowPaths, workers: 1 });
  // its threads may not read the records
  const failing = await runSweep(plan, { workers: 1 });
  const { runs, failures } = resultsOf(plan, (unit) => (unit.point === 0 ? fine(unit) : failing(unit)));
  expect(runs.map((own) => own.length)).toEqual([2, 0]);
  expect(failures.map(({ point, replication, command }) => [point, replication, command])).toEqual(
    ['golem-january-1', 'golem-january-1/2'].map((seed, place) => {
      const varied = '--set fleet.providers.trace.sessionEnd=failure';
      return [2, place + 1, `sim run golem.yaml --set horizon=1d ${varied} --seed ${seed}`];
    }),
  );
  const folder = join(temporaryFolder(), 'failed');
  const { undrawn } = await writeSweepFolder(folder, { plan, runs, failures }, { drawReport: writeSweepReport });
  expect(undrawn).toEqual([]);
  expect(readFileSync(join(folder, 'failures.csv'), 'utf8').split('\n')).toHaveLength(4);
  expect(/2.runs of 4.failed/.test(readFileSync(join(folder, 'report.html'), 'utf8'))).toBe(true);
});

test('variants are a sweep, too', async () => {
  const loaded = loadText(`${small}  variants: { few: { fleet.wrong.nodes: 1 }, many: { fleet.wrong.nodes: 6 } }\n`);
  const { plan, runs } = await sweep(loaded, { variants: true, workers: 1 });
  expect(plan.points.map(({ cells }) => cells)).toEqual([['few'], ['many']]);
  expect(runs.map((own) => own.length)).toEqual([1, 1]);
  await expect(sweep(loaded, { varry: [] } as never)).rejects.toThrow(
    /^sweep: options: expected one of the options vary, .* found varry; did you mean vary\?$/,
  );
});
