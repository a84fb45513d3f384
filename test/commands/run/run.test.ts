import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkExpectations } from '../../../sim/findings/checked-expectations.js';
import { readRun } from '../../../sim/folder/run-record.js';
import { filesIn, perform, smallScenario, temporaryFolder, writeScenario } from '../captured.js';

const tables = [
  ...[
    'attacks',
    'capacity',
    'cohorts',
    'currencies',
    'data-dictionary',
    'detection',
    'disputes',
    'episodes',
    'expectations',
    'hardware',
    'job-classes',
    'limits',
    'newcomers',
    'nodes',
    'runs',
    'slashings',
    'summary',
    'timeseries',
    'unserved',
    'votes',
  ],
].map((name) => `${name}.csv`);
const plainFiles = [...tables, 'environment.json', 'manifest.json'].sort();

async function run(scenario: string, out: string, options: object = {}) {
  return perform('run', { scenario, out, 'no-charts': true, ...options });
}

const contents = (folder: string) =>
  filesIn(folder)
    .filter((file) => file !== 'environment.json')
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);

describe('sim run', () => {
  test('prints an answer, figures, expectations, the folder, and last the fingerprints', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    const { code, printed, said } = await run(writeScenario(folder), out);
    expect(code).toBe(0);
    expect(said.filter((line) => line.startsWith('expectation'))).toEqual([]);
    expect(printed[0]).toBe('small: Do the honest nodes do the work?');
    expect(printed.some((line) => /^(– )?After the warm-up the attackers did .* % of the work/.test(line))).toBe(true);
    expect(printed.some((line) => /^ {2}completedFraction +[\d.]+ {2}%$/.test(line))).toBe(true);
    expect(printed.some((line) => /^ {2}met +completedFraction above 50 %, found /.test(line))).toBe(true);
    expect(printed.some((line) => /^ {2}met +attackerWorkShare below 90 %, found /.test(line))).toBe(true);
    expect(printed.at(-2)).toBe(`folder ${out}`);
    expect(printed.at(-1)).toMatch(/^fingerprints [0-9a-f]{16} [0-9a-f]{16}$/);
  });

  test.each([
    ['7', '7'],
    ['"7"', '7'],
    ["'7'", '7'],
    ['7 ', '7'],
    ['"abc"', 'abc'],
    ['abc #x', 'abc'],
    ['"abc #x"', 'abc #x'],
    ['2026-01-01', '2026-01-01'],
    ['null', '1'],
  ])('--seed %s is the seed %s, as it is after --set seed= and in a file', async (written, seed) => {
    const folder = temporaryFolder();
    const set = ['horizon=2h'];
    const inFile = writeScenario(folder, smallScenario.replace('seed: small', `seed: ${written}`), 'file.yaml');
    const ways = [
      [writeScenario(folder), { set, seed: written }],
      [writeScenario(folder), { set: [...set, `seed=${written}`] }],
      [inFile, { set }],
    ] as const;
    for (const [index, [scenario, options]] of ways.entries()) {
      const out = join(folder, String(index));
      await run(scenario, out, { ...options, 'no-gate': true });
      expect(readRun(out).manifest.seed).toBe(seed);
    }
  });

  test('ends with 3 and names what isn’t met, unless the gate is open', async () => {
    const folder = temporaryFolder();
    const set = ['expect=[{metric: completedFraction, above: 0.5}, {metric: attackerWorkShare, below: 0}]'];
    const shut = await run(writeScenario(folder), join(folder, 'a'), { set });
    expect(shut.code).toBe(3);
    expect(shut.said.at(-1)).toMatch(/^expectation not met: attackerWorkShare below 0 %, found \d[\d.]* %$/);
    expect(shut.printed.some((line) => /^ {2}not met +attackerWorkShare below 0 %, found /.test(line))).toBe(true);
    const open = await run(writeScenario(folder), join(folder, 'b'), { set, 'no-gate': true });
    expect(open.code).toBe(0);
  });

  test('ends with 3 for a swarm that joins late, names window and cohort, and its report tells the same', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    const set = [
      'horizon=3d',
      'protocol.epoch=1d',
      'protocol.verification=none',
      '+fleet.swarm={ nodes: 20, stake: 50, joins: { at: 60h }, strategy: { kind: sybil-swarm, machines: 20 } }',
      'expect=[{ metric: attackerWorkShare, cohort: swarm, at: worstEpoch, below: 0.01 },' +
        '{ metric: completedFraction, at: { lastDays: 1 }, above: 0.1 }]',
    ];
    const { code, printed, said } = await run(writeScenario(folder), out, { set, json: true });
    expect(code).toBe(3);
    const text = 'attackerWorkShare of swarm, in the worst day, below 1 %';
    expect(said.at(-1)).toMatch(new RegExp(`^expectation not met: ${text}, found [\\d.]+ % \\(from 2\\.5 to 3 d\\)$`));
    const { expectations } = JSON.parse(printed[0]!);
    expect(expectations).toMatchObject([
      { text, metric: 'attackerWorkShare', cohort: 'swarm', window: 'in the worst day', fromDays: 2.5, met: false },
      { metric: 'completedFraction', cohort: null, window: 'over the last day', fromDays: 2, toDays: 3, met: true },
    ]);
    const read = checkExpectations(readRun(out).table('expectations'));
    const told = read.map(({ found: _, subject: _subject, bounds: _bounds, ...rest }) => rest);
    expect(told.map((one) => ({ ...one, comparedValue: null }))).toEqual(expectations);
    expect(said.at(-1)!.endsWith(read[0]!.found)).toBe(true);
    expect((await perform('report', { folder: out })).code).toBe(0);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(
      'Attackers’ share of the work (swarm alone), in the worst day: below 1 %</td>',
    );
  });

  test('writes the same bytes for the same seed, and others for another one', async () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder);
    await run(scenario, join(folder, 'a'));
    await run(scenario, join(folder, 'b'));
    const other = await run(scenario, join(folder, 'c'), { seed: 'other' });
    expect(contents(join(folder, 'b'))).toEqual(contents(join(folder, 'a')));
    const manifest = (name: string) => JSON.parse(readFileSync(join(folder, name, 'manifest.json'), 'utf8'));
    expect(manifest('c').fingerprints).not.toEqual(manifest('a').fingerprints);
    expect(manifest('c')).toMatchObject({ seed: 'other', scenario: { seed: 'other' }, overrides: ['seed=other'] });
    expect(other.printed.at(-1)).toContain(manifest('c').fingerprints.trajectory);
  });

  test('takes a seed of digits as the scenario would', async () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder, smallScenario.replace('seed: small', 'seed: 7'));
    const [written, given] = [
      await run(scenario, join(folder, 'a')),
      await run(scenario, join(folder, 'b'), { seed: '7' }),
    ];
    expect(given.printed.at(-1)).toBe(written.printed.at(-1));
  });

  test('writes tables, manifest and environment, and with --detail every job and attestation', async () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder);
    await run(scenario, join(folder, 'plain'));
    await run(scenario, join(folder, 'detail'), { detail: true });
    expect(filesIn(join(folder, 'plain'))).toEqual(plainFiles);
    expect(filesIn(join(folder, 'detail'))).toEqual([...plainFiles, 'attestations.csv', 'jobs.csv'].sort());
    expect(filesIn(folder).filter((file) => file.includes('partial'))).toEqual([]);
  });

  test('explains every column of every table in the data dictionary', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    await run(writeScenario(folder), out, { detail: true });
    const dictionary = readFileSync(join(out, 'data-dictionary.csv'), 'utf8');
    for (const file of filesIn(out).filter((name) => name.endsWith('.csv') && name !== 'data-dictionary.csv')) {
      const header = readFileSync(join(out, file), 'utf8').split('\n')[0]!;
      for (const column of header.split(',')) expect(dictionary).toContain(`\n${file},${column},`);
    }
  });

  test('draws charts and a report unless told not to', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    const { code } = await run(writeScenario(folder), out, { 'no-charts': false });
    expect(code).toBe(0);
    const files = filesIn(out);
    expect(files).toContain('report.html');
    expect(files.filter((file) => /^charts\/[a-z-]+\.(svg|png)$/.test(file))).toHaveLength(32);
    const report = readFileSync(join(out, 'report.html'), 'utf8');
    expect(report).toContain('Do the honest nodes do the work?');
    expect(report).toContain('protocol.reputation');
    expect(report).toContain(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).fingerprints.trajectory);
  });

  test('draws when newcomers earn like the others, with the metrics’ numbers, of a run that has some', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    const text = smallScenario.replace('12h', '16d').replace('perHour: 60', 'perHour: 20');
    const late = text.replace('liars:', 'late: { nodes: 6, joins: { at: 1d, over: 2d } }\n  liars:');
    const json = await run(writeScenario(folder, late), out, { 'no-charts': false, json: true });
    const { newcomersAtParityFraction, newcomerParityMedianDays } = JSON.parse(json.printed[0]!).metrics;
    expect(newcomersAtParityFraction).toBeGreaterThan(0.5);
    expect(filesIn(out)).toContain('charts/newcomer-parity.png');
    const says = /<p class="says">(Of 6\snewcomers of late [^<]*)</.exec(
      readFileSync(join(out, 'report.html'), 'utf8'),
    )!;
    const days = Number(/earned like the others ([\d.]+)\sdays? after joining/.exec(says[1]!)![1]);
    expect(days).toBe(Number(newcomerParityMedianDays.toPrecision(3)));
    const [, share] = /and (all|[\d.]+)(?:\s%)? were seen to\.$/.exec(says[1]!)!;
    expect(share === 'all' ? 1 : Number(share) / 100).toBeCloseTo(newcomersAtParityFraction, 3);
  });

  test('prints one JSON object and nothing else with --json', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    const { printed, said } = await run(writeScenario(folder), out, { json: true });
    expect(said).toEqual([]);
    expect(printed).toHaveLength(1);
    const json = JSON.parse(printed[0]!);
    expect(Object.keys(json)).toEqual([
      ...['name', 'question', 'folder', 'seed', 'metrics', 'answer', 'expectations', 'fingerprints', 'events', 'jobs'],
      ...['estimate', 'warnings', 'undrawn'],
    ]);
    expect(json).toMatchObject({ name: 'small', folder: out, seed: 'small' });
    expect(json.metrics.conservationResidueMicroTokens).toBe(0);
    expect(json.metrics.completedFraction).toBeGreaterThan(0.5);
    expect(json.expectations.map(({ met }: { met: boolean }) => met)).toEqual([true, true]);
    expect(json.estimate.events).toBeGreaterThan(json.events);
  });

  test('replaces the folder of an earlier run as a whole', async () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder);
    const out = join(folder, 'out');
    await run(scenario, out, { detail: true });
    expect((await run(scenario, out, { seed: '2' })).code).toBe(0);
    expect(filesIn(out)).toEqual(plainFiles);
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).seed).toBe('2');
  });

  test('refuses a folder with other files before it runs, and replaces it with --force', async () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder);
    const out = join(folder, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'thesis.tex'), 'years of work');
    // A manifest of something else, such as a web page's, doesn't make it a run folder.
    writeFileSync(join(out, 'manifest.json'), '{"name": "app"}');
    const { code, said } = await run(scenario, out);
    expect(code).toBe(2);
    expect(said).toEqual([
      `${out}: expected an empty folder or one of an earlier run (--force replaces any), found other files in it`,
    ]);
    expect(filesIn(folder)).toEqual(['out/manifest.json', 'out/thesis.tex', 'small.yaml']);
    expect((await run(scenario, out, { force: true })).code).toBe(0);
    expect(filesIn(out)).toEqual(plainFiles);
  });

  test('fills an empty folder that is there, and makes those on the way to it', async () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder);
    mkdirSync(join(folder, 'empty'));
    expect((await run(scenario, join(folder, 'empty'))).code).toBe(0);
    expect((await run(scenario, join(folder, 'one/two'))).code).toBe(0);
    expect(existsSync(join(folder, 'one/two/manifest.json'))).toBe(true);
  });

  test('lays --set over the scenario, in order, and says so in the manifest', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    const set = ['fleet.honest.nodes=8', 'fleet.honest.nodes=9', 'fleet.liars=null'];
    await run(writeScenario(folder), out, { set });
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest.scenario.fleet).toMatchObject({ honest: { nodes: 9 } });
    expect(manifest.scenario.fleet.liars).toBeUndefined();
    expect(manifest.overrides).toEqual(set);
    expect(manifest.command).toContain('--set fleet.honest.nodes=8 --set fleet.honest.nodes=9 --set fleet.liars=null');
  });

  test('can’t tell an expectation whose metric doesn’t apply', async () => {
    const folder = temporaryFolder();
    const set = { set: ['fleet.liars=null'] };
    const { code, printed, said } = await run(writeScenario(folder), join(folder, 'out'), set);
    expect(code).toBe(3);
    expect(said.at(-1)).toBe('expectation can’t be told from this run: attackerWorkShare below 90 %');
    expect(printed.some((line) => /^ {2}can’t tell +attackerWorkShare below 90 %, found –$/.test(line))).toBe(true);
  });

  test('says beforehand how large a run is going to be', async () => {
    const folder = temporaryFolder();
    const set = [
      'fleet.honest.nodes=200001',
      'fleet.honest.outages=none',
      'horizon=1s',
      'warmUp=0',
      'protocol.epoch=null',
    ];
    const { said } = await run(writeScenario(folder), join(folder, 'out'), { set });
    // where the machine is busy, lines of progress follow
    expect(said[0]).toMatch(/^a large run: 200,006 nodes and about 1 jobs, at most about [\d,]+ events and \d+ MiB$/);
  });
});
