import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareSides } from '../../../sim/experiment/compare/compare.js';
import { pairedFigure } from '../../../sim/experiment/compare/paired.js';
import { distinctNames, sidesOf } from '../../../sim/experiment/compare/sides.js';
import {
  compare,
  type LoadedScenario,
  loadScenario,
  readComparison,
  replicate,
  writeComparisonFolder,
  writeComparisonReport,
} from '../../../sim/index.js';
import { temporaryFolder } from '../../commands/captured.js';
import { root } from '../../commands/command-line.js';
import { isLong } from '../../support/effort.js';

const small = `# Who does the work?
horizon: 1d
warmUp: 2h
seed: compared
fleet: { honest: { nodes: 8 }, wrong: { nodes: 2, strategy: always-wrong } }
workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m } }
`;

function scenarioAt(folder: string, name: string, ...set: readonly string[]): LoadedScenario {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, small);
  return loadScenario(file, { set });
}

describe('pairedFigure', () => {
  test('is the mean of differences with its t interval', () => {
    // differences 1, 2, 3, 6: mean 3, deviation √(14/3); t(0.975, 3) = 3.182446
    const figure = pairedFigure([10, 20, 30, 40], [11, 22, 33, 46], 0.95);
    expect(figure).toMatchObject({ before: 25, now: 28, difference: 3, n: 4 });
    const half = (3.182446305 * Math.sqrt(14 / 3)) / 2;
    expect(figure.interval.low).toBeCloseTo(3 - half, 6);
    expect(figure.interval.high).toBeCloseTo(3 + half, 6);
  });

  test('takes the pairs that both can tell, and the means of them', () => {
    const figure = pairedFigure([1, Number.NaN, 3, 5], [2, 7, Number.POSITIVE_INFINITY, 7], 0.95);
    expect(figure).toMatchObject({ before: 3, now: 4.5, difference: 1.5, n: 2 });
    // differences 1 and 2, t(0.975, 1) = 12.7062
    expect(figure.interval.high).toBeCloseTo(1.5 + (12.7062047 * Math.SQRT1_2) / Math.SQRT2, 5);
  });

  test('without a pair tells what each side says by itself, and no difference', () => {
    const none = Number.NaN;
    expect(pairedFigure([1, 3], [none, none], 0.95)).toMatchObject({ before: 2, now: none, difference: none, n: 0 });
    expect(pairedFigure([1, none], [none, 4], 0.95)).toMatchObject({ before: 1, now: 4, difference: none, n: 0 });
  });

  test('of one pair has no interval, and of equal values one of no width at 0', () => {
    expect(pairedFigure([1], [3], 0.95)).toMatchObject({ difference: 2, n: 1 });
    expect(pairedFigure([1], [3], 0.95).interval.low).toBeNaN();
    expect(pairedFigure([1, 5], [1, 5], 0.95).interval).toEqual({ low: 0, high: 0 });
  });

  test('takes what rounding leaves for no difference', () => {
    const figure = pairedFigure([0.1 + 0.2, 1e9 + 1e-7], [0.3, 1e9], 0.95);
    expect([figure.difference, figure.interval]).toEqual([0, { low: 0, high: 0 }]);
  });

  test('trusts equal differences where a tossed coin would hardly give as many', () => {
    const of = (pairs: number, level: number) =>
      pairedFigure(Array(pairs).fill(0), Array(pairs).fill(1), level).interval.low;
    // 2 / 4² = 0.125, 2 / 4³ = 0.031
    expect(of(2, 0.95)).toBeNaN();
    expect(of(3, 0.95)).toBe(1);
    expect(of(5, 0.999)).toBeNaN();
    expect(of(6, 0.999)).toBe(1);
  });
});

test('names are those of files, with what leads to them where two are alike', () => {
  expect(distinctNames(['x/a.yaml', 'x/b.yaml'])).toEqual(['a', 'b']);
  expect(distinctNames(['x/a.yaml', 'y/a.yaml', 'y/b.yaml'])).toEqual(['x/a', 'y/a', 'b']);
  expect(distinctNames(['a.yaml', './out/a/', 'out/b'])).toEqual(['a', 'out/a', 'b']);
  expect(distinctNames(['a.yaml', 'a.yml'])).toEqual(['a', 'a (2)']);
});

test('scenarios without a change are the same in every pair', async () => {
  const folder = temporaryFolder();
  const sides = [scenarioAt(folder, 'a.yaml'), scenarioAt(folder, 'b.yaml')];
  const { differences, sides: ran } = await compare(sides, { replications: 3, workers: 2 });
  expect(ran.map(({ label, runs }) => [label, runs.map(({ seed }) => seed)])).toEqual([
    ['a', ['compared', 'compared/2', 'compared/3']],
    ['b', ['compared', 'compared/2', 'compared/3']],
  ]);
  expect(differences.length).toBeGreaterThan(30);
  expect(differences.every(({ difference, isChanged }) => difference === 0 && isChanged === false)).toBe(true);
});

test('a real change is seen, at a level that all metrics and sides share', async () => {
  const folder = temporaryFolder();
  const sides = [
    scenarioAt(folder, 'a.yaml'),
    scenarioAt(folder, 'b.yaml', 'fleet.wrong.nodes=6'),
    scenarioAt(folder, 'c.yaml', 'protocol.epoch=12h'),
  ];
  const { differences, level } = await compare(sides, { workers: 2, errorRate: 0.1 });
  expect(level).toBeCloseTo(1 - 0.1 / differences.length, 12);
  const share = differences.find(({ side, metric }) => side === 1 && metric === 'attackerWorkShare')!;
  expect(share).toMatchObject({ isChanged: true, n: 8 });
  expect(share.interval.low).toBeGreaterThan(0.1);
  const one = await compare(sides, { workers: 2, metrics: ['attackerWorkShare'], replications: 4 });
  expect(one.differences.map(({ side, metric }) => [side, metric])).toEqual([
    [1, 'attackerWorkShare'],
    [2, 'attackerWorkShare'],
  ]);
  expect(one.level).toBe(1 - 0.05 / 2);
});

test('false alarms over unchanged pairs of seeds stay under the rate', async () => {
  const folder = temporaryFolder();
  const loaded = scenarioAt(folder, 'a.yaml');
  const trials = isLong ? 100 : 15;
  const each = 6;
  const errorRate = 0.1;
  const many = 2 * trials * each;
  const { replications } = await replicate(loaded, { replications: many, replicationsMost: many, workers: 2 });
  const runs = replications.map(({ replication, outcome: { seed, values } }) => {
    return { replication, seed, values, fingerprints: { trajectory: '', accounting: '' } };
  });
  const [a, b] = sidesOf([loaded, scenarioAt(folder, 'b.yaml')]);
  let alarms = 0;
  for (let trial = 0; trial < trials; trial++) {
    // other runs of the same scenario under the seeds of the first: nothing has changed, though all differ
    const part = (from: number) =>
      runs.slice(from, from + each).map((run, place) => ({ ...run, ...runs[place]!, values: run.values }));
    const [first, other] = [part(2 * trial * each), part((2 * trial + 1) * each)];
    const { differences } = await compareSides(
      [
        { ...a!, source: first },
        { ...b!, source: other },
      ],
      { errorRate },
    );
    if (differences.some(({ isChanged }) => isChanged === true)) alarms++;
  }
  // P(X > 5) of 15 at 0.1 is 0.2 %, P(X > 19) of 100 is 0.2 %
  expect(alarms).toBeLessThanOrEqual(isLong ? 19 : 5);
});

test('the library writes the folder that it reads again, and draws it', async () => {
  const folder = temporaryFolder();
  const sides = [scenarioAt(folder, 'a.yaml'), scenarioAt(folder, 'a.yaml', 'fleet.wrong.nodes=4')];
  const compared = await compare(sides, { replications: 3, workers: 1 });
  expect(compared.sides.map(({ label }) => label)).toEqual(['a', 'fleet.wrong.nodes=4']);
  const out = join(folder, 'out');
  const drawn = await writeComparisonFolder(out, compared, { drawReport: writeComparisonReport });
  expect(drawn).toEqual({ charts: ['differences'], undrawn: [] });
  expect(readdirSync(out).sort()).toEqual([
    ...['charts', 'data-dictionary.csv', 'differences.csv', 'failures.csv', 'manifest.json'],
    ...['report.html', 'runs.csv', 'settings.csv'],
  ]);
  const record = readComparison(out);
  expect(record.manifest.command).toBe(
    `sim compare --base ${sides[0]!.file} --with fleet.wrong.nodes=4 --replications 3`,
  );
  const settings = readFileSync(join(out, 'settings.csv'), 'utf8');
  expect(settings).toBe('setting,scenario,value\nfleet.wrong.nodes,a,2\nfleet.wrong.nodes,fleet.wrong.nodes=4,4\n');
  writeFileSync(join(out, 'differences.csv'), 'scenario\n');
  expect(() => readComparison(out)).toThrow('expected the table that the comparison wrote, found an edited one');
});

test.each([
  [1, {}, 'expected at least two scenarios or run folders'],
  [2, { metrics: ['attackerWorkshare'] }, 'found attackerWorkshare; did you mean attackerWorkShare?'],
  [2, { labels: ['a'] }, 'expected a label for each of 2 sides, found 1'],
  [2, { labels: ['a', 'a'] }, 'expected each label once, found a twice'],
  [2, { replications: 0 }, 'compare: options.replications: expected a whole number from 1 on, found 0'],
  [2, { errorRate: 1 }, 'compare: options.errorRate: expected a number between 0 and 1, found 1'],
])('%i sides with %j are refused', async (many, options, message) => {
  const folder = temporaryFolder();
  const sides = ['a.yaml', 'b.yaml'].slice(0, many).map((name) => scenarioAt(folder, name));
  await expect(compare(sides, options)).rejects.toThrow(message);
});

test('the same scenario twice is refused, and what is none', async () => {
  const folder = temporaryFolder();
  const loaded = scenarioAt(folder, 'a.yaml');
  await expect(compare([loaded, loaded])).rejects.toThrow(/each scenario or folder once, found .*a.yaml twice/);
  await expect(compare([loaded, {} as LoadedScenario])).rejects.toThrow(
    'expected what loadScenario or readRun returns',
  );
});

test('runs that fail are told with the command of each, and leave what the other side says', async () => {
  const folder = temporaryFolder();
  const allowPaths = [join(root, 'test/fixtures')];
  const set = ['horizon=1d', 'warmUp=6h', 'workload.load.arrivals.perHour=20'];
  const replayed = loadScenario(join(root, 'scenarios/traces/golem-january.yaml'), { set, allowPaths });
  // the threads are told of no such folder
  const { sides, differences } = await compare([scenarioAt(folder, 'a.yaml'), replayed], { replications: 2 });
  expect(sides.map(({ runs, failures }) => [runs.length, failures.length])).toEqual([
    [2, 0],
    [0, 2],
  ]);
  expect(sides[1]!.failures[1]).toMatchObject({
    ...{ replication: 2, seed: 'compared/2' },
    failed: expect.stringMatching(/fleet\.providers\.trace\.path: expected a folder/),
    command: expect.stringMatching(/^sim run .*golem-january\.yaml --set horizon=1d .* --seed compared\/2$/),
  });
  expect(differences.length).toBeGreaterThan(30);
  expect(differences.every(({ n, before, isChanged }) => n === 0 && !Number.isNaN(before) && isChanged === null)).toBe(
    true,
  );
});
