import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesIn, perform, smallScenario, temporaryFolder, writeScenario } from './captured.js';

/** The small scenario with one thing wrong in it. */
function edited(from: string, to: string): string {
  if (!smallScenario.includes(from)) throw new Error(`expected '${from}' in the scenario`);
  return smallScenario.replace(from, to);
}

const protocol = '{ extends: triangulated-mesh, epoch: 12h }';
const brackets = '['.repeat(10_000);
const duration = 'expected a duration above 0 and at most 3650d, such as 30d, 20m or 300ms';
const nodes = 'fleet.honest.nodes: expected an integer from 1 to 2000000';
const perHour = 'workload.batch.arrivals.perHour: expected a number from 0 to 1000000000';

/** What is wrong, the text of the file, and where and how the one line says so. */
const badFiles: readonly [title: string, text: string, line: string][] = [
  ['an empty file', '', ':1:1: expected a map of settings, found an empty file'],
  ['comments only', '# nothing\n', ':1:1: expected a map of settings, found an empty file'],
  ['a list at the top', '- 1\n', ':1:1: expected a map of settings, found a list'],
  ['a tab as indentation', edited('  batch', '\tbatch'), ':10:1: expected spaces as indentation, found a tab'],
  [
    'an unknown key',
    edited('horizon:', 'horizn: 1h\nhorizon:'),
    ':3:1: horizn: expected a known setting, found horizn; did you mean horizon?',
  ],
  ['a wrong type', edited('nodes: 30', 'nodes: many'), `:7:20: ${nodes}, found many`],
  [
    'a wrong unit',
    edited('horizon: 12h', 'horizon: 12 hours'),
    `:3:10: horizon: ${duration}, found 12 hours; did you mean 12h?`,
  ],
  ['a negative number', edited('nodes: 30', 'nodes: -3'), `:7:20: ${nodes}, found -3`],
  [
    'a number out of range',
    edited('strategy: always-wrong', 'quality: 1.5'),
    ':8:31: fleet.liars.quality: expected a probability from 0 to 1, found 1.5',
  ],
  ['not a number', edited('perHour: 60', 'perHour: .nan'), `:10:46: ${perHour}, found .nan`],
  ['infinity', edited('perHour: 60', 'perHour: .inf'), `:10:46: ${perHour}, found .inf`],
  ['two documents', `${smallScenario}---\nhorizon: 1h\n`, ':14:1: expected one document, found a second one'],
  ['an unknown tag', edited('seed: small', 'seed: !mine small'), ':2:7: expected no tag, found !mine'],
  [
    'a scenario that extends itself',
    `extends: small.yaml\n${smallScenario}`,
    ':1:10: extends: expected files that do not extend themselves',
  ],
  [
    'an unknown mechanism',
    edited(protocol, '{ reputation: eigentrusts }'),
    ':5:25: protocol.reputation: expected one of: step, ema',
  ],
  [
    'an unknown protocol',
    edited('triangulated-mesh', 'triangulated-mash'),
    ':5:22: protocol.extends: expected one of: ai-oracle, compute-staking, reputation-collateral, tiered-mesh',
  ],
  [
    'shares that don’t sum to 1',
    edited('regions: world', 'hardware: { consumer-gpu: 0.5, reference-cpu: 0.4 }'),
    ':7:34: fleet.honest.hardware: expected shares that sum to 1',
  ],
  ['a cohort of 0 nodes', edited('nodes: 30', 'nodes: 0'), `:7:20: ${nodes}, found 0`],
  ['a horizon of 0', edited('horizon: 12h', 'horizon: 0'), `:3:10: horizon: ${duration}, found 0`],
  [
    'a warm-up as long as the horizon',
    edited('warmUp: 1h', 'warmUp: 12h'),
    ':4:9: warmUp: expected a warm-up shorter than the horizon, found 12h',
  ],
  [
    'a threshold above the peers',
    edited(protocol, '{ verification: { kind: peer-attestation, peers: 2, threshold: 5 } }'),
    ':5:74: protocol.verification.threshold: expected a threshold of at most the number of peers, found 5',
  ],
  ['a file of 2 MiB', `${smallScenario}# ${'x'.repeat(2 ** 21)}\n`, ': expected a file of at most 1 MiB'],
  [
    '10,000 nested brackets',
    `a: ${brackets}${brackets.replaceAll('[', ']')}\n`,
    ':1:67: expected at most 64 levels of nesting, found more',
  ],
  ['10,000 open brackets', `a: ${brackets}\n`, ':1:67: expected at most 64 levels of nesting, found more'],
  ['an anchor', edited('seed: small', 'seed: &a small'), ':2:7: expected no anchor, found &a'],
  ['an alias', edited('seed: small', 'seed: *a'), ':2:7: expected no alias, found *a'],
  [
    'a key twice',
    edited('seed: small', 'seed: small\nseed: large'),
    ':3:1: seed: expected each key once (line 2 has it), found it again',
  ],
  [
    'a reserved key',
    edited('seed: small', '__proto__: { seed: 1 }'),
    ':2:1: __proto__: expected another name (this one is reserved)',
  ],
  [
    'a control character',
    edited('seed: small', 'seed: "a\u001b[31m"'),
    ':2:9: expected printable text, found the control character U+001B',
  ],
  [
    'an unknown metric',
    edited('metric: completedFraction', 'metric: completedFractoin'),
    ':12:15: expect.0.metric: expected one of: ',
  ],
];

describe('sim run of a bad file ends with 2, says where and how to mend it in one line, and writes nothing', () => {
  test.each(badFiles)('%s', async (_title, text, line) => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder, text);
    const { code, said, printed } = await perform('run', { scenario, out: join(folder, 'deep/out') });
    expect(code).toBe(2);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(`${scenario}${line}`);
    expect(said[0]!.length).toBeLessThan(2_000);
    expect(printed).toEqual([]);
    expect(filesIn(folder)).toEqual(['small.yaml']);
  });

  test('text that isn’t UTF-8', async () => {
    const scenario = writeScenario(temporaryFolder(), Uint8Array.of(0xff, 0xfe, 0x61));
    const { code, said } = await perform('run', { scenario });
    expect([code, said]).toEqual([2, [`${scenario}: expected a text in UTF-8, found other bytes`]]);
  });

  test('a folder in place of a file', async () => {
    const scenario = temporaryFolder();
    const { code, said } = await perform('run', { scenario });
    expect([code, said]).toEqual([2, [`${scenario}: expected a file, found a directory`]]);
  });

  test('a missing file, with the one that was probably meant', async () => {
    const folder = temporaryFolder();
    const meant = writeScenario(folder);
    const scenario = join(folder, 'smal.yaml');
    const { code, said } = await perform('run', { scenario });
    expect(code).toBe(2);
    expect(said).toEqual([`${scenario}: expected a file, found nothing there; did you mean ${meant}?`]);
  });

  test('a cell of a trace, as file:row:column', async () => {
    const folder = temporaryFolder();
    const records = join(folder, 'records');
    mkdirSync(records);
    const write = (name: string, text: string) => writeFileSync(join(records, `${name}_2019-01.csv`), text);
    write('nodes', 'node\nabc\n');
    write('sessions', 'node,start_epoch,end_epoch,snapshots,left_censored,right_censored\nabc,1000,soon,1,1,1\n');
    write('outcomes', 'node,epoch,d_success,d_error,d_timeout\n');
    write('snapshots', 'epoch,nodes_online\n1000,1\n');
    const trace = 'trace: { format: golem-2019, path: records, month: 2019-01 }';
    const scenario = writeScenario(folder, edited('nodes: 30', trace).replace(/, outages: \{.*?\}/, ''));
    const { code, said } = await perform('run', { scenario });
    expect(code).toBe(2);
    expect(said.filter((line) => /sessions_2019-01\.csv:2:3: .*expected.*found soon/.test(line))).toHaveLength(1);
  });

  test('several faults are several lines, in the order of the file', async () => {
    const text = edited('12h', 'soon').replace('nodes: 30', 'nodes: -3').replace('perHour: 60', 'perHour: lots');
    const scenario = writeScenario(temporaryFolder(), text);
    const { code, said } = await perform('run', { scenario });
    expect(code).toBe(2);
    expect(said).toEqual([
      `${scenario}:3:10: horizon: ${duration}, found soon`,
      `${scenario}:7:20: ${nodes}, found -3`,
      `${scenario}:10:46: ${perHour}, found lots`,
    ]);
  });
});

const badSettings: readonly [setting: string, line: string][] = [
  ['__proto__.x=1', '--set:1:1: __proto__.x: expected another name (this one is reserved), found __proto__'],
  ['fleet.__proto__.nodes=1', '--set:1:7: fleet.__proto__.nodes: expected another name (this one is reserved)'],
  ['fleet.honest.nodes=0', `--set:1:20: ${nodes}, found 0`],
  ['fleet.honest.nods=4', '--set:1:14: fleet.honest.nods: expected a known setting, found nods; did you mean nodes?'],
  ['horizon', '--set:1:1: expected path=value, found horizon'],
  ['=1', '--set:1:1: expected a path before the =, found nothing'],
  ['fleet..x=1', '--set:1:7: fleet..x: expected a name between the dots, found nothing'],
  ['seed=[', '--set:1:7: seed: expected valid YAML'],
  ['fleet.honest.leaves=1d', '--set:1:21: fleet.honest.leaves: expected a map of at, over, after, found 1d'],
  ['fleet.honest.maintenance=7d', 'fleet.honest.maintenance: expected a map of every, for, at, over, found 7d'],
  ['fleet=null', '--set:1:7: fleet: expected a map, found an empty value'],
];

describe('sim run with a bad option ends with 2, says so in one line, and writes nothing', () => {
  const outcome = async (options: object) => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder);
    const captured = await perform('run', { scenario, out: join(folder, 'out'), ...options });
    expect(captured.code).toBe(2);
    expect(captured.said).toHaveLength(1);
    expect(captured.printed).toEqual([]);
    expect(filesIn(folder)).toEqual(['small.yaml']);
    return captured.said[0];
  };

  test.each(badSettings)('--set %s', async (setting, line) => {
    expect(await outcome({ set: [setting] })).toContain(line);
  });

  test('an empty seed', async () => {
    expect(await outcome({ seed: '' })).toContain('--seed: expected a text of 1 to 80 printable characters, found ""');
  });

  test('what the parser of the command line lets through', async () => {
    expect(await outcome({ seed: ['1', '2'] })).toBe('--seed: expected one value, found ["1", "2"]');
    expect(await outcome({ out: '' })).toBe('--out: expected a value, found ""');
    expect(await outcome({ scenario: Number.NaN })).toBe('scenario: expected one value, found .nan');
    expect(await outcome({ json: 'abc' })).toBe('--json: expected no value, found abc');
  });

  test.each([
    '012',
    '1.5',
    '1e3',
    '"7 "',
    "'012'",
    '"true"',
    '[7]',
    '{a: 1}',
    '&x y',
    '!!str 7',
    '*x',
    '"a',
    'a: b',
    'true',
    '9007199254740992',
  ])('the seed %s, for the reason that --set seed= gives', async (seed) => {
    const said = await outcome({ set: [`seed=${seed}`] });
    expect(said).toMatch(/^--set:1:\d+: seed[^:]*: expected /);
    expect(await outcome({ seed })).toBe(said!.replace(/^--set:1:\d+: seed[^:]*/, '--seed'));
  });

  test('the seed " ", which is nothing', async () => {
    expect(await outcome({ seed: ' ' })).toMatch(/^--seed: expected a plain integer or a text, found " ", which could/);
  });

  test('options that say nothing beside the others', async () => {
    expect(await outcome({ charts: true })).toBe(
      '--charts: expected --watch beside it, as other runs draw charts anyway, found none',
    );
  });

  test('an output folder that can’t be', async () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder);
    mkdirSync(join(folder, 'sub'));
    const below = join(scenario, 'x');
    expect(await outcome({ out: below })).toBe(
      `${below}: expected a folder that can be written, found a file on the way to it`,
    );
    expect(await outcome({ out: scenario })).toBe(`${scenario}: expected a folder, found something else of that name`);
    expect(await outcome({ scenario, out: folder, force: true })).toContain('expected a folder of its own');
    expect(await outcome({ out: '/', force: true })).toContain('expected a folder of its own');
  });
});

describe('a trace that isn’t there', () => {
  const traced = smallScenario.replace(
    /honest: \{.*\}$/m,
    'honest: { trace: { format: golem-2019, month: 2019-01, path: records } }',
  );

  test('is refused with the folders that were looked in', async () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder, traced);
    const refused = (...allowed: string[]) =>
      perform('run', { scenario, out: join(folder, 'out'), 'allow-path': allowed });
    const looked = `a folder in the scenario’s folder (${folder}), the working directory (${process.cwd()})`;
    const { code, said } = await refused();
    expect([code, said.length]).toEqual([2, 1]);
    expect(said[0]).toContain(`expected ${looked} or one given by --allow-path, found records`);
    const elsewhere = join(folder, 'elsewhere');
    expect((await refused(elsewhere)).said).toEqual([
      `--allow-path: expected folders that are there, found ${elsewhere}`,
    ]);
    mkdirSync(elsewhere);
    expect((await refused(elsewhere)).said[0]).toContain(`or one given by --allow-path (${elsewhere}), found records`);
    mkdirSync(join(elsewhere, 'records'), { recursive: true });
    expect((await refused(join(elsewhere, 'records'))).said[0]).toMatch(
      new RegExp(`found records; did you mean --allow-path ${elsewhere}\\?$`),
    );
  });
});
