import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { commands } from '../../sim/commands/index.js';
import { completions } from '../../sim/commands/line/completions.js';
import { metricNames } from '../../sim/record/metrics/index.js';
import { isLong } from '../support/effort.js';
import { simHere } from './captured.js';
import { cli, sim, temporaryFolder } from './command-line.js';

const scenario = (swarm: number, more = '') => `# How large may the swarm be?
seed: small
horizon: 1d
warmUp: 2h
fleet:
  honest: { nodes: 12 }
  swarm: { nodes: ${swarm}, strategy: always-wrong }
workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m } }
expect: [{ metric: wrongAcceptedRate, below: 0.4 }]
${more}`;

/** A folder with a.yaml, b.yaml with three times the swarm, and c.yaml, which says the same as a.yaml otherwise. */
function place(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.yaml'), scenario(4));
  writeFileSync(join(folder, 'b.yaml'), scenario(12));
  writeFileSync(join(folder, 'c.yaml'), scenario(4).replace('1d', '24h'));
  return folder;
}

/** Every file of a folder and those below it, but for what tells of the machine. */
function contents(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'environment.json')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file.slice(folder.length), readFileSync(file, 'latin1')]);
}

const quiet = ['--quiet', '--no-charts'];
const linesOf = (...path: string[]) =>
  readFileSync(join(...path), 'utf8')
    .trimEnd()
    .split('\n');

test('a comparison leaves one folder, the same bytes on one thread and on two, whose report is drawn again', () => {
  const folder = place();
  const words = ['compare', 'a.yaml', 'b.yaml', 'c.yaml', '--replications', '4', '--quiet'];
  const one = sim([...words, '--workers', '1'], folder);
  expect(one).toMatchObject({ code: 0, err: '' });
  const out = join(folder, 'out/compare-a-b-c');
  const said = one.out.split('\n');
  expect(said.slice(0, 2)).toEqual(['setting            a  b   c', 'fleet.swarm.nodes  4  12  4']);
  // what the scenarios expect comes first
  expect(said[3]).toMatch(/^b compared with a: \d+ of \d+ metrics changed(; \d+ differ, by chance or not)?$/);
  expect(said[4]).toMatch(
    /^ {2}share of wrong results among those accepted: [\d.]+ % instead of [\d.]+ %, higher by [\d.]+ to [\d.]+ perc/,
  );
  expect(one.out).toMatch(/^c compared with a: all \d+ metrics are the same in every pair of runs$/m);
  expect(one.out).toMatch(/^4 runs of each, with the same seeds \(small\/k\)\.$/m);
  expect(one.out).toMatch(/^That any of the differences seen is none has a chance of at most 5 %, over \d+ metrics/m);
  expect(sim([...words, '--workers', '2', '--out', 'two'], folder).code).toBe(0);
  const before = contents(out);
  expect(contents(join(folder, 'two'))).toEqual(before);
  expect(sim(['report', 'out/compare-a-b-c'], folder)).toMatchObject({ code: 0, err: '' });
  expect(contents(out)).toEqual(before);
  expect(before.map(([file]) => file)).toEqual([
    ...['/charts/differences.png', '/charts/differences.svg', '/data-dictionary.csv', '/differences.csv'],
    ...['/failures.csv', '/manifest.json', '/report.html', '/runs.csv', '/settings.csv'],
  ]);
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  // nothing of the machine
  for (const [file, text] of before) expect(text.includes(folder), file).toBe(false);
});

test('its tables have paired seeds, figures of ordinary runs, and differences that are theirs', async () => {
  const folder = place();
  const words = ['compare', 'a.yaml', 'b.yaml', '--replications', '3', ...quiet, '--out', 'out'];
  expect((await simHere(words, folder)).code).toBe(0);
  const [head, ...rows] = linesOf(folder, 'out/runs.csv').map((line) => line.split(','));
  expect(head).toEqual(['scenario', 'replication', 'seed', ...metricNames]);
  expect(rows.map((row) => row.slice(0, 3).join())).toEqual(
    ['a', 'b'].flatMap((name) => [`${name},1,small`, `${name},2,small/2`, `${name},3,small/3`]),
  );
  const alone = ['--seed', 'small/3', '--no-charts', '--no-gate', '--out', 'alone'];
  expect((await simHere(['run', 'b.yaml', ...alone], folder)).code).toBe(0);
  expect(linesOf(folder, 'alone/runs.csv')[1]!.split(',').slice(2)).toEqual(rows[5]!.slice(3));
  const at = head!.indexOf('attackerWorkShare');
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  const values = (from: number) => rows.slice(from, from + 3).map((row) => Number(row[at]));
  const differences = linesOf(folder, 'out/differences.csv').map((line) => line.split(','));
  const columns = 'scenario,metric,unit,base,value,difference,low,high,n,isChanged';
  expect(differences[0]!.join()).toBe(columns);
  const row = differences.find(([, metric]) => metric === 'attackerWorkShare')!;
  expect([row[0], row[2], row[8]]).toEqual(['b', 'fraction', '3']);
  expect(Number(row[3])).toBeCloseTo(mean(values(0)), 14);
  expect(Number(row[4])).toBeCloseTo(mean(values(3)), 14);
  expect(Number(row[5])).toBeCloseTo(mean(values(3)) - mean(values(0)), 14);
  expect(linesOf(folder, 'out/settings.csv')).toEqual([
    ...['setting,scenario,value', 'fleet.swarm.nodes,a,4', 'fleet.swarm.nodes,b,12'],
  ]);
  const described = linesOf(folder, 'out/data-dictionary.csv').map((line) => line.split(',').slice(0, 2).join());
  for (const name of ['runs', 'differences', 'settings', 'failures']) {
    for (const column of linesOf(folder, `out/${name}.csv`)[0]!.split(',')) {
      expect(described).toContain(`${name}.csv,${column}`);
    }
  }
});

test('files and run folders in any mixture give the same figures, for the seeds that all of them have', async () => {
  const folder = place();
  const run = (file: string, many: string, out: string) =>
    simHere(['run', file, '--replications', many, '--no-gate', ...quiet, '--out', out], folder);
  expect((await run('a.yaml', '3', 'runs/a')).code).toBe(0);
  expect((await run('b.yaml', '4', 'runs/b')).code).toBe(0);
  const compared = async (...words: string[]) => {
    expect((await simHere(['compare', ...words, ...quiet, '--force', '--out', 'out'], folder)).code).toBe(0);
    return ['runs', 'differences', 'settings'].map((name) => linesOf(folder, `out/${name}.csv`));
  };
  const files = await compared('a.yaml', 'b.yaml', '--replications', '3');
  expect(await compared('runs/a', 'runs/b')).toEqual(files);
  expect(await compared('a.yaml', 'runs/b/')).toEqual(await compared('a.yaml', 'b.yaml', '--replications', '4'));
  expect(await compared('runs/a', 'b.yaml')).toEqual(files);
  // a single run of a folder pairs with its own seed alone
  const single = ['run', 'b.yaml', '--replication', '2', '--no-gate', ...quiet, '--out', 'runs/single'];
  expect((await simHere(single, folder)).code).toBe(0);
  const [runs] = await compared('runs/a', 'runs/single');
  expect(runs!.slice(1).map((line) => line.split(',').slice(0, 3).join())).toEqual([
    ...['a,2,small/2', 'single,2,small/2'],
  ]);
});

test('a single pair tells differences, and that chance isn’t known', async () => {
  const folder = place();
  for (const name of ['a', 'b']) {
    const words = ['run', `${name}.yaml`, '--no-charts', '--no-gate', '--quiet', '--out', `one/${name}`];
    expect((await simHere(words, folder)).code).toBe(0);
  }
  const { code, out } = await simHere(['compare', 'one/a', 'one/b', '--quiet', '--out', 'out'], folder);
  expect(code).toBe(0);
  expect(out).toMatch(/^b compared with a: \d+ of \d+ metrics differ, by chance or not$/m);
  expect(out).toMatch(/^One pair of runs: how much of a difference is chance can’t be told\./m);
  expect(out).not.toMatch(/ to [\d.]+ percentage points/);
  expect(readFileSync(join(folder, 'out/report.html'), 'utf8')).toContain('by chance or not');
});

test('one scenario under several settings is compared with itself', async () => {
  const folder = place();
  const sides = ['--with', 'fleet.swarm.nodes=8', '--with', 'fleet.swarm.nodes=6 & protocol={epoch: 12h}'];
  const words = ['compare', '--base', 'a.yaml', ...sides, '--set', 'horizon=12h', '--replications', '3', '--quiet'];
  const { code, out, err } = await simHere([...words, '--json'], folder);
  expect(code).toBe(0);
  // once, though it is of two sides
  expect(err).toMatch(/^warning --set:1:9: horizon: expected at least protocol.epoch, [^\n]*\n$/);
  const told = JSON.parse(out);
  expect(told.folder).toBe('out/compare-a-fleet.swarm.nodes-8-fleet.swarm.nodes-6-protocol-epoch-12h');
  expect(told.sides.map(({ label }: { label: string }) => label)).toEqual([sides[1], sides[3]]);
  expect(told.settings).toEqual([
    { path: 'protocol.epoch', values: expect.arrayContaining(['12h']) },
    { path: 'fleet.swarm.nodes', values: ['4', '8', '6'] },
  ]);
  const manifest = JSON.parse(readFileSync(join(folder, told.folder, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({ kind: 'comparison', seed: 'small', replications: [1, 2, 3], errorRate: 0.05 });
  expect(manifest.sides[2].overrides).toEqual(['horizon=12h', 'fleet.swarm.nodes=6', 'protocol={epoch: 12h}']);
  for (const name of ['replay', 'inspect']) {
    expect((await simHere([name, told.folder], folder)).err).toMatch(
      /manifest\.json: expected the manifest of a run, found that of a comparison\n$/,
    );
  }
});

test('the report says what changed, folds what didn’t, and names what is told of one side alone', async () => {
  const folder = place();
  writeFileSync(
    join(folder, 'none.yaml'),
    scenario(4)
      .replace(/ {2}swarm.*\n/, '')
      .replace(/expect.*\n/, ''),
  );
  const words = ['compare', 'a.yaml', 'none.yaml', '--replications', '8', '--quiet', '--out', 'out'];
  const { code, out } = await simHere(words, folder);
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}attackers’ share of the work: [\d.]+ % in a; can’t be told of none$/m);
  const whole = readFileSync(join(folder, 'out/report.html'), 'utf8');
  const html = whole.slice(whole.indexOf('<h1>'), whole.indexOf('id="charts"'));
  expect(html).toContain('<h1>none compared with a</h1>');
  expect(html).toMatch(
    /<li><strong>Share of wrong results among those accepted:<\/strong> [\d.]+.% instead of [\d.]+.%, lower by/,
  );
  expect(html).toContain('<p class="note">Told of one alone:</p>');
  expect(html).toMatch(/<summary>\d+ without a difference seen<\/summary>\n<ul>\n<li>.*no difference seen \(at most ±/);
  expect(html).toMatch(/<summary>\d+ the same in every pair of runs<\/summary>\n<p class="note">jobs that ended; /);
  expect(html).toContain('<td><code>fleet.swarm</code></td>');
});

test('a process killed at any time goes on with --resume, to the same bytes', async () => {
  const folder = place();
  const words = ['compare', 'a.yaml', 'b.yaml', '--replications', '6', ...quiet, '--workers', '2'];
  expect(sim([...words, '--out', 'whole'], folder).code).toBe(0);
  const times = isLong ? Array.from({ length: 20 }, (_, at) => 500 + at * 50) : [700, 1_000];
  for (const [ordinal, milliseconds] of times.entries()) {
    const out = `killed-${ordinal}`;
    const child = spawn(process.execPath, [cli, ...words, '--out', out], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await Promise.race([later(milliseconds), ended]);
    child.kill('SIGKILL');
    await ended;
    if (!existsSync(join(folder, out)) && existsSync(join(folder, `.${out}.unfinished`))) {
      const other = sim(['compare', 'a.yaml', 'c.yaml', ...quiet, '--out', out, '--resume'], folder);
      expect([other.code, other.err]).toEqual([2, expect.stringMatching(/found another one\n$/)]);
    }
    expect(sim([...words, '--out', out, '--resume'], folder).code).toBe(0);
    expect(contents(join(folder, out))).toEqual(contents(join(folder, 'whole')));
  }
});

test('a dry run says how much it takes, and leaves nothing', async () => {
  const folder = place();
  const dry = ['compare', 'a.yaml', 'b.yaml', '--dry-run'];
  const { code, out } = await simHere([...dry, '--json', '--workers', '2'], folder);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ points: 2, runs: 16, workers: 2, seconds: expect.any(Number) });
  expect((await simHere(dry, folder)).out).toMatch(
    /^2 scenarios, 16 runs on \d+ threads?; .*\nabout .* MiB of disk\n$/,
  );
  expect(readdirSync(folder)).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
});

const base = ['--base', 'a.yaml'];
test.each([
  [[], 'sim compare: expected two scenario files or run folders at least, or --base beside --with, found none'],
  [['a.yaml'], /^sim compare: expected two scenario files .*, found a\.yaml$/],
  [['a.yaml', './a.yaml'], 'sides: expected each scenario or folder once, found ./a.yaml twice'],
  [['a.yaml', 'x.yaml'], 'x.yaml: expected a file, found nothing there; did you mean a.yaml?'],
  [['a.yaml', 'b.yaml', '--error', '1'], '--error: expected a chance between 0 and 1, found 1'],
  [
    ['a.yaml', 'b.yaml', '--metric', 'jobsFnal'],
    '--metric: expected the name of a metric, found jobsFnal; did you mean jobsFinal?',
  ],
  [['a.yaml', '--with', 'x=1'], '--with: expected --base beside it, found none'],
  [[...base], '--base: expected a --with for each side beside it, found none'],
  [[...base, '--with', 'horizon=2d', 'b.yaml'], '--base: expected no other scenarios beside it, found b.yaml'],
  [
    [...base, '--with', 'horizon=2d', '--with', 'horizon=2d '],
    /^--with: expected each side once, found horizon=2d {2}twice$/,
  ],
  [[...base, '--with', 'horizon=2d &'], /^--with: expected a setting on each side of &, found /],
  [
    [...base, '--with', 'fleet.swarm.nodez=8'],
    '--with:1:13: fleet.swarm.nodez: expected a known setting, found nodez; did you mean nodes?',
  ],
  [
    [...base, '--with', 'horizon=2d', '--with', 'horizon=2d & fleet.swarn.nodes=8'],
    /^--with:2:20: fleet: expected .*found swarn; did you mean swarm\?$/,
  ],
  [
    ['runs/a', 'b.yaml', '--replications', '3'],
    '--replications: expected no number beside a folder, which holds its own runs, found 3 beside runs/a',
  ],
  [['runs/a', 'runs/other'], 'other: expected a run with a seed of a (small, small/2), found else'],
  [['runs/a', 'runs/other', '--set', 'horizon=2d'], /^--set: expected a scenario file, .*, found folders alone$/],
  [['a.yaml', 'sweep'], 'sweep/manifest.json: expected the manifest of a run, found that of a sweep'],
  [['a.yaml', 'empty'], 'empty/manifest.json: expected the manifest of a run, found nothing there'],
])('%j is refused in one line', async (words, line) => {
  const folder = place();
  mkdirSync(join(folder, 'empty'));
  if (words.some((word) => word.startsWith('runs/'))) {
    const run = ['run', 'a.yaml', '--no-gate', ...quiet];
    expect((await simHere([...run, '--replications', '2', '--out', 'runs/a'], folder)).code).toBe(0);
    expect((await simHere([...run, '--seed', 'else', '--out', 'runs/other'], folder)).code).toBe(0);
  }
  if (words.includes('sweep')) {
    const vary = ['--vary', 'fleet.swarm.nodes=2,3', '--replications', '2'];
    expect((await simHere(['sweep', 'a.yaml', ...vary, ...quiet, '--out', 'sweep'], folder)).code).toBe(0);
  }
  const before = readdirSync(folder);
  const { code, err } = await simHere(['compare', ...words], folder);
  expect(err.trimEnd().split('\n')).toEqual([typeof line === 'string' ? line : expect.stringMatching(line)]);
  expect(code).toBe(2);
  expect(readdirSync(folder)).toEqual(before);
});

test('completion offers scenarios and run folders in its words’ place', async () => {
  const folder = place();
  mkdirSync(join(folder, 'out/x'), { recursive: true });
  writeFileSync(join(folder, 'out/x/manifest.json'), '{}');
  const before = process.cwd();
  process.chdir(folder);
  try {
    const offered = (...words: string[]) => completions(['compare', ...words], commands).map(({ word }) => word);
    expect(offered('')).toEqual(['a.yaml', 'b.yaml', 'c.yaml', 'out/']);
    expect(offered('a.yaml', 'out/')).toEqual(['out/x']);
    expect(offered('--base', '')).toContain('a.yaml');
  } finally {
    process.chdir(before);
  }
});
