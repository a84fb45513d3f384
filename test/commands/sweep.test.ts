import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isLong } from '../support/effort.js';
import { simHere, writeScenario } from './captured.js';
import { cli, sim, temporaryFolder } from './command-line.js';

const scenario = `# How large may the swarm be?
seed: small
horizon: 1d
warmUp: 2h
fleet:
  honest: { nodes: 12 }
  swarm: { nodes: 4, strategy: always-wrong }
workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m } }
expect: [{ metric: attackerWorkShare, below: 0.4 }]
`;

/** Every file of a folder and those below it, but for what tells of the machine. */
function contents(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'environment.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file.slice(folder.length), readFileSync(file, 'latin1')]);
}

function place(text = scenario): string {
  const folder = temporaryFolder();
  writeScenario(folder, text);
  return folder;
}

const nodes = ['--vary', 'fleet.swarm.nodes=2,6,40', '--replications', '3'];
const sweep = (folder: string, ...words: string[]) => sim(['sweep', 'small.yaml', '--quiet', ...words], folder);

const linesOf = (...path: string[]) =>
  readFileSync(join(...path), 'utf8')
    .trimEnd()
    .split('\n');

test('a sweep leaves one folder, the same bytes on one thread and on two, whose report is drawn again', () => {
  const folder = place();
  const one = sweep(folder, ...nodes, '--workers', '1', '--out', 'one');
  expect(one).toMatchObject({ code: 0, err: '' });
  expect(one.out).toMatch(
    /^Attackers’ share of the work, below 40 %: holds up to 6, fails at 40\.$|holds at 2, .*fails at 40/m,
  );
  expect(sweep(folder, ...nodes, '--workers', '2', '--out', 'two', '--no-charts').code).toBe(0);
  const tables = (name: string) => contents(join(folder, name)).filter(([file]) => !/\.(svg|png|html)$/.test(file));
  expect(tables('two').map(([file, text]) => [file, text.replaceAll('--out two', '--out one')])).toEqual(tables('one'));
  const before = contents(join(folder, 'one'));
  expect(sim(['report', 'one'], folder).code).toBe(0);
  expect(contents(join(folder, 'one'))).toEqual(before);
  expect(before.length).toBeLessThan(30);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('rows have the axis, paired seeds and the figures of an ordinary run', () => {
  const folder = place();
  expect(sweep(folder, ...nodes, '--no-charts', '--out', 'out').code).toBe(0);
  const [head, ...rows] = linesOf(folder, 'out/sweep.csv').map((line) => line.split(','));
  expect(head!.slice(0, 4)).toEqual(['point', 'fleet.swarm.nodes', 'replication', 'seed']);
  expect(rows.map((row) => row.slice(0, 4).join())).toEqual([
    ...['1,2,1,small', '1,2,2,small/2', '1,2,3,small/3'],
    ...['2,6,1,small', '2,6,2,small/2', '2,6,3,small/3'],
    ...['3,40,1,small', '3,40,2,small/2', '3,40,3,small/3'],
  ]);
  const alone = ['--set', 'fleet.swarm.nodes=6', '--seed', 'small/3', '--no-charts', '--no-gate', '--out', 'alone'];
  expect(sim(['run', 'small.yaml', ...alone], folder).code).toBe(0);
  expect(linesOf(folder, 'alone/runs.csv')[1]!.split(',').slice(2)).toEqual(rows[5]!.slice(4));
  // the mean of a point, and nothing over points
  const place3 = head!.indexOf('jobsFinal');
  const mean = [3, 4, 5].reduce((sum, row) => sum + Number(rows[row]![place3]), 0) / 3;
  const points = linesOf(folder, 'out/points.csv').map((line) => line.split(','));
  expect(points[0]!.slice(0, 5)).toEqual(['point', 'fleet.swarm.nodes', 'metric', 'unit', 'mean']);
  expect(Number(points.find((row) => row[0] === '2' && row[2] === 'jobsFinal')![4])).toBe(mean);
  const described = linesOf(folder, 'out/data-dictionary.csv').map((line) => line.split(',').slice(0, 2).join());
  for (const name of ['sweep', 'points', 'expectations', 'failures']) {
    for (const column of linesOf(folder, `out/${name}.csv`)[0]!.split(',')) {
      expect(described).toContain(`${name}.csv,${column}`);
    }
  }
});

test('a process killed at any time goes on with --resume, to the same bytes', async () => {
  const folder = place();
  const words = ['sweep', 'small.yaml', '--no-charts', '--quiet', ...nodes, '--workers', '2'];
  expect(sim([...words, '--out', 'whole'], folder).code).toBe(0);
  const times = isLong ? Array.from({ length: 20 }, (_, at) => 500 + at * 70) : [700, 1_000, 1_400];
  for (const [ordinal, milliseconds] of times.entries()) {
    const out = `killed-${ordinal}`;
    const child = spawn(process.execPath, [cli, ...words, '--out', out], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await Promise.race([later(milliseconds), ended]);
    child.kill('SIGKILL');
    await ended;
    if (!existsSync(join(folder, out)) && existsSync(join(folder, `.${out}.unfinished`))) {
      const other = sim(
        ['sweep', 'small.yaml', '--quiet', '--vary', 'fleet.swarm.nodes=3,4', '--out', out, '--resume'],
        folder,
      );
      expect([other.code, other.err]).toEqual([2, expect.stringMatching(/found another one\n$/)]);
    }
    expect(sim([...words, '--out', out, '--resume'], folder).code).toBe(0);
    expect(contents(join(folder, out))).toEqual(contents(join(folder, 'whole')));
  }
});

test('variants that were killed go on, too, with their courses', async () => {
  const folder = place(
    `${scenario}variants: { one: {}, two: { fleet.swarm.nodes: 8 }, three: { fleet.swarm.nodes: 9 } }\n`,
  );
  const words = ['run', 'small.yaml', '--no-charts', '--quiet', '--no-gate', '--replications', '4', '--workers', '1'];
  expect(sim([...words, '--out', 'whole'], folder).code).toBe(0);
  const child = spawn(process.execPath, [cli, ...words, '--out', 'killed'], { cwd: folder, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const journal = join(folder, '.killed.unfinished/journal.jsonl');
  while (!existsSync(journal) && !existsSync(join(folder, 'killed'))) await later(20);
  child.kill('SIGKILL');
  await ended;
  expect(sim([...words, '--out', 'killed', '--resume'], folder).code).toBe(0);
  expect(contents(join(folder, 'killed'))).toEqual(contents(join(folder, 'whole')));
});

test('an experiment of the scenario says what to vary, and the command line lies over it', async () => {
  const folder = place(`${scenario}experiment:
  vary:
    fleet.swarm.nodes: [2, 6]
    'fleet.honest.stake&fleet.swarm.stake': [[100, 50], [200, 100]]
  replications: 2
  metrics: [jobsFinal]
`);
  const asWritten = await simHere(['sweep', 'small.yaml', '--quiet', '--no-charts', '--out', 'a'], folder);
  expect(asWritten.code).toBe(0);
  const rows = linesOf(folder, 'a/sweep.csv').slice(1);
  expect(rows.map((row) => row.split(',').slice(0, 5).join())).toEqual([
    ...['1,2,100,50,1', '1,2,100,50,2', '2,2,200,100,1', '2,2,200,100,2'],
    ...['3,6,100,50,1', '3,6,100,50,2', '4,6,200,100,1', '4,6,200,100,2'],
  ]);
  const typed = ['--vary', 'fleet.swarm.nodes=3,4,5', '--set', 'experiment.replications=3', '--dry-run', '--json'];
  const over = await simHere(['sweep', 'small.yaml', ...typed], folder);
  expect(JSON.parse(over.out)).toMatchObject({ points: 6, runs: 18 });
  // a run of it is a run of the scenario
  expect((await simHere(['run', 'small.yaml', '--no-charts', '--no-gate', '--out', 'b'], folder)).code).toBe(0);
  expect(JSON.parse(readFileSync(join(folder, 'b/manifest.json'), 'utf8')).scenario).not.toHaveProperty('experiment');
});

test('points fill ranges, each within its steps', async () => {
  const folder = place();
  const words = [
    '--points',
    'latin:8',
    '--vary',
    'fleet.swarm.nodes=1:16:1',
    '--vary',
    'fleet.honest.stake=10:1000:log',
  ];
  const ran = await simHere(
    ['sweep', 'small.yaml', '--quiet', ...words, '--replications', '1', '--json', '--out', 'a'],
    folder,
  );
  expect(ran.code).toBe(0);
  const { points } = JSON.parse(ran.out) as { points: { values: Record<string, number> }[] };
  const counts = points.map(({ values }) => values['fleet.swarm.nodes']!).sort((a, b) => a - b);
  // two whole numbers to each of the eight strata
  expect(counts.map((count) => Math.ceil(count / 2))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const stakes = points.map(({ values }) => Math.log10(values['fleet.honest.stake']!)).sort((a, b) => a - b);
  expect(stakes.map((power) => Math.floor((power - 1) * 4))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(readdirSync(join(folder, 'a/charts'))).toContain('attackerWorkShare.svg');
});

test('variants are held each against what it is expected to show, and told apart by what that is about', async () => {
  const folder = place(`${scenario}variants:
  asIs: { expect: [{ metric: attackerWorkShare, below: 0.4 }, { metric: nodesPresent, atLeast: 1 }] }
  large:
    fleet.swarm.nodes: 40
    expect: [{ metric: nodesPresent, atLeast: 1 }, { metric: attackerWorkShare, above: 0.4 }]
  silent: { expect: [] }
`);
  const words = ['run', 'small.yaml', '--quiet', '--replications', '3', '--out', 'a'];
  const { code, out } = await simHere(words, folder);
  expect(code).toBe(0);
  expect(out).toMatch(/^Attackers’ share of the work, as each point states: holds with asIs and large\.$/m);
  expect(out).toMatch(/^Nodes in the network.*, at least 1 nodes: holds with asIs and large\.$/m);
  const [head, ...rows] = out.split('\n').filter((line) => /^ {2}(variant|asIs|large|silent) /.test(line));
  expect(head).toMatch(/expected 1 +expected 2$/);
  expect(rows.map((row) => row.trim().split(/ {2,}/).slice(-2))).toEqual([
    ['holds', 'holds'],
    ['holds', 'holds'],
    expect.not.arrayContaining(['holds']),
  ]);
  // a line is drawn where it is the same for all who have one
  const chart = (name: string) => readFileSync(join(folder, `a/charts/${name}.svg`), 'utf8');
  expect(chart('attackerWorkShare')).not.toMatch(/(below|above) 40 %/);
  expect(chart('nodesPresent')).toContain('at least 1 ');
});

test('variants run side by side with the same seeds, and each alone to the same figures', async () => {
  const folder = place(`${scenario}variants:
  asIs: {}
  large: { fleet: { swarm: { nodes: 40 } } }
  paths: { fleet.swarm.nodes: 40, protocol.slashing: null }
`);
  const ran = await simHere(['run', 'small.yaml', '--quiet', '--replications', '3', '--out', 'a'], folder);
  expect(ran).toMatchObject({ code: 3, err: expect.stringMatching(/^expectation not met with variant large: /) });
  expect(ran.out).toMatch(/: holds with asIs, fails with large and paths\.$/m);
  const rows = linesOf(folder, 'a/sweep.csv').slice(1);
  expect(rows.map((row) => row.split(',').slice(1, 4).join())).toEqual(
    ['asIs', 'large', 'paths'].flatMap((name) => [`${name},1,small`, `${name},2,small/2`, `${name},3,small/3`]),
  );
  const figures = (row: string, from: number) => row.split(',').slice(from);
  expect(figures(rows[3]!, 4)).toEqual(figures(rows[6]!, 4));
  // the course of each, which the report draws
  const series = linesOf(folder, 'a/series.csv').map((line) => line.split(',').slice(0, 6));
  expect(series[0]).toEqual(['point', 'variant', 'timeDays', 'cohort', 'isAttacker', 'replications']);
  expect(
    new Set(series.slice(1).map(([, variant, , cohort, isAttacker, n]) => [variant, cohort, isAttacker, n].join())),
  ).toEqual(
    new Set(
      ['asIs', 'large', 'paths'].flatMap((name) => [
        ...[`${name},honest,false,3`, `${name},swarm,true,3`, `${name},all,false,3`],
      ]),
    ),
  );
  expect(existsSync(join(folder, 'a/charts/series.svg'))).toBe(true);
  const before = contents(join(folder, 'a'));
  expect((await simHere(['report', 'a'], folder)).code).toBe(0);
  expect(contents(join(folder, 'a'))).toEqual(before);
  expect(before.length).toBeLessThan(30);
  const alone = ['--variant', 'large', '--replication', '2', '--no-charts', '--no-gate', '--out', 'b'];
  expect((await simHere(['run', 'small.yaml', ...alone], folder)).code).toBe(0);
  expect(figures(linesOf(folder, 'b/runs.csv')[1]!, 2)).toEqual(figures(rows[4]!, 4));
  // it replays, as it is an ordinary run
  expect((await simHere(['replay', 'b', '--quiet'], folder)).code).toBe(0);
  for (const command of ['replay', 'inspect']) {
    expect((await simHere([command, 'a'], folder)).err).toBe(
      'a/manifest.json: expected the manifest of a run, found that of a sweep\n',
    );
  }
});

test('records of a real fleet are read at each point, and may be what is varied', async () => {
  const root = new URL('../../', import.meta.url).pathname;
  const folder = temporaryFolder();
  const file = join(root, 'scenarios/traces/golem-january.yaml');
  const set = ['--set', 'horizon=1d', '--set', 'warmUp=6h', '--set', 'workload.load.arrivals.perHour=20'];
  const vary = ['--vary', 'fleet.providers.trace.sessionEnd=announced,failure', '--replications', '2'];
  const given = ['sweep', file, ...set, ...vary, '--no-charts', '--quiet', '--allow-path', join(root, 'test/fixtures')];
  expect((await simHere([...given, '--out', 'a'], folder)).code).toBe(0);
  const points = linesOf(folder, 'a/sweep.csv').map((line) => line.split(',')[1]);
  expect(points).toEqual(['fleet.providers.trace.sessionEnd', 'announced', 'announced', 'failure', 'failure']);
});

test('a variant that can’t be is refused where it stands, by run and by validate', async () => {
  const folder = place(`${scenario}variants:
  one: { fleet.swarm.nodez: 40 }
  two:
    protocol: { slashing: { kind: fixd } }
`);
  const lines = [
    'small.yaml:11:10: variants.one.fleet.swarm.nodez: expected a known setting, found nodez; did you mean nodes?',
    expect.stringMatching(
      /^small\.yaml:13:\d+: variants\.two\.protocol\.slashing.*: expected .*; did you mean fixed\?$/,
    ),
  ];
  for (const command of ['run', 'validate']) {
    const { code, err } = sim([command, 'small.yaml'], folder);
    expect([code, err.trimEnd().split('\n')]).toEqual([2, lines]);
  }
  const { err } = await simHere(['run', 'small.yaml', '--variant', 'tow'], folder);
  expect(err).toBe('--variant: expected one of: one, two, base, found tow; did you mean two?\n');
  expect(readdirSync(folder)).toEqual(['small.yaml']);
});

test.each([
  [
    'fleet.swarm.nodez=1,2',
    '--vary:1:1: fleet.swarm.nodez: expected a known setting, found nodez; did you mean nodes?',
  ],
  ['fleet.swarn.nodes=1,2', /^--vary:1:7: fleet: expected .*found swarn; did you mean swarm\?$/],
  ['fleet.swarm.nodes=1.5,3', '--vary:1:1: fleet.swarm.nodes: expected an integer from 1 to 2000000, found 1.5'],
  ['protocol.slashing=fixed,progresive', /^--vary:1:1: protocol\.slashing: .*did you mean progressive\?$/],
  ['fleet.swarm.nodes=', /expected values, such as .*, found nothing$/],
  ['fleet.swarm.nodes', /^--vary: expected PATH=VALUES/],
  ['fleet.swarm.nodes=1:5:0', '--vary fleet.swarm.nodes: expected a step other than 0, found 1:5:0'],
  ['fleet.swarm.nodes=5:1:1', '--vary fleet.swarm.nodes: expected a step that leads from 5 to 1, found 5:1:1'],
  ['fleet.swarm.nodes=3:3:1', /expected a range whose end isn’t its start, found 3:3:1$/],
  ['fleet.swarm.nodes=0:10:log:3', /expected ends above 0 for steps by a factor, found 0:10:log:3$/],
  ['fleet.swarm.nodes=1:10:log:1', /expected a number of values from 2 to 100000 behind log, found 1$/],
  ['fleet.swarm.nodes=1:10', /expected start:end:step, start:end:log:COUNT, or a list with commas, found 1:10$/],
  ['fleet.swarm.nodes=4,4', /expected different values, found 4 twice$/],
  [
    'fleet.swarm.nodes&fleet.honest.nodes=1&2&3,2',
    /expected 2 values with & between them, or one for all, found 1&2&3$/,
  ],
  ['seed=1,2', /expected a setting; other seeds are what --replications runs, found seed$/],
  ['fleet.swarm.nodes=1:100000:1', /^expected at most 1000000 runs in all, found 2000000$|^expected at most/],
])('--vary %s is refused in one line', async (vary, line) => {
  const folder = place();
  const replications = vary.endsWith('100000:1') ? ['--replications', '20'] : [];
  const { code, err } = await simHere(['sweep', 'small.yaml', '--vary', vary, ...replications], folder);
  expect(code).toBe(2);
  expect(err.trimEnd().split('\n')).toEqual([typeof line === 'string' ? line : expect.stringMatching(line)]);
  expect(readdirSync(folder)).toEqual(['small.yaml']);
});

test.each([
  [['--replications', '1'], /^--replications: expected at least 2, .*found 1$/],
  [['--metric', 'jobsFnal'], '--metric: expected the name of a metric, found jobsFnal; did you mean jobsFinal?'],
  [['--points', 'latin'], '--points: expected latin:COUNT or sobol:COUNT, found latin'],
  [['--vary', 'fleet.swarm.nodes=7,8'], '--vary: expected each path once, found fleet.swarm.nodes'],
])('%j is refused in one line', async (words, line) => {
  const folder = place();
  const { code, err } = await simHere(['sweep', 'small.yaml', ...nodes.slice(0, 2), ...words], folder);
  expect(code).toBe(2);
  expect(err.trimEnd().split('\n')).toEqual([typeof line === 'string' ? line : expect.stringMatching(line)]);
  expect(readdirSync(folder)).toEqual(['small.yaml']);
});

test('a sweep over nothing says how to say what', async () => {
  const { code, err } = await simHere(['sweep', 'small.yaml'], place());
  const expected = '--vary PATH=VALUES, or an experiment in the scenario that says what to vary';
  expect([code, err]).toEqual([2, `--vary: expected ${expected}, found nothing\n`]);
});

test('--resume takes up nothing that another command finished', async () => {
  const folder = temporaryFolder();
  writeScenario(folder);
  const words = [
    'sweep',
    'small.yaml',
    '--vary',
    'fleet.liars.nodes=2,5',
    '--replications',
    '2',
    '--no-charts',
    '--quiet',
  ];
  expect((await simHere([...words, '--out', 'a'], folder)).code).toBe(0);
  const before = readFileSync(join(folder, 'a/sweep.csv'), 'utf8');
  const other = words.map((word) => word.replace('2,5', '3,6'));
  const { code, err } = await simHere([...other, '--out', 'a', '--resume'], folder);
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(/^a: expected something unfinished, or what the same command left/),
  ]);
  expect(readFileSync(join(folder, 'a/sweep.csv'), 'utf8')).toBe(before);
  expect((await simHere([...words, '--out', 'a', '--resume'], folder)).code).toBe(0);
});
