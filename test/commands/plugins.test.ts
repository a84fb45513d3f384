import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { simHere, temporaryFolder } from './captured.js';
import { root, sim } from './command-line.js';
import { ownKinds, scenario } from './own-kinds.js';

function place(code = ownKinds): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'own.mjs'), code);
  writeFileSync(join(folder, 'mine.yaml'), scenario);
  return folder;
}

const contents = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(csv|json)$/.test(file) && file !== 'environment.json')
    .sort()
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
const plain = ['--no-charts', '--quiet'];

/** Does it, and wants it to end well. */
async function well(words: readonly string[], folder: string) {
  const ended = await simHere(words, folder);
  expect(ended.code, ended.err).toBe(0);
  return ended;
}

describe('a scenario with plugins', () => {
  test('has its metrics in replications, on any number of threads, with quantiles over them', async () => {
    const folder = place();
    const run = ['run', 'mine.yaml', '--replications', '3', '--no-gate', ...plain];
    await well([...run, '--workers', '1', '--out', 'one'], folder);
    await well([...run, '--workers', '2', '--out', 'two'], folder);
    expect(contents(join(folder, 'two'))).toEqual(contents(join(folder, 'one')));
    expect(readFileSync(join(folder, 'one/summary.csv'), 'utf8')).toMatch(/^stakeLeft,tokens,\d/m);
    expect(readFileSync(join(folder, 'one/runs.csv'), 'utf8').split('\n')[0]).toMatch(/,stakeLeft,triesEach$/);
    const expectations = readFileSync(join(folder, 'one/expectations.csv'), 'utf8');
    // of three the median has no interval yet, but a value
    expect(expectations).toMatch(/^[^\n]*,stakeLeft,tokens,/m);
    expect((await well(['replay', 'one'], folder)).out).toContain('equal');
  });

  test('is done in shards, which merged are the whole to the byte', async () => {
    const folder = place();
    const run = ['run', 'mine.yaml', '--replications', '4', '--no-gate', ...plain];
    await well([...run, '--out', 'whole'], folder);
    for (const shard of ['1/2', '2/2']) await well([...run, '--out', 'part', '--shard', shard], folder);
    const merge = ['merge', 'part.shard-2-of-2', 'part.shard-1-of-2', '--out', 'merged', ...plain];
    // of four replications a median has no interval: its expectation can't be told
    expect((await simHere(merge, folder)).code).toBe(3);
    expect(contents(join(folder, 'merged'))).toEqual(contents(join(folder, 'whole')));
  });

  test('is swept over settings of its own kinds, and its metrics are told at each point', async () => {
    const folder = place();
    const vary = ['--vary', 'protocol.slashing.share=0,0.5', '--replications', '2', '--metric', 'stakeLeft'];
    const { out } = await well(['sweep', 'mine.yaml', ...vary, '--out', 'swept', ...plain], folder);
    expect(out.toLowerCase()).toContain('stake left');
    const points = readFileSync(join(folder, 'swept/points.csv'), 'utf8').split('\n');
    const [none, half] = points
      .filter((line) => line.includes(',stakeLeft,'))
      .map((line) => Number(line.split(',')[4]));
    expect(none).toBe(1_200);
    expect(half).toBeLessThan(1_100);
  });

  test('leaves no chart of a metric that a later sweep in its folder doesn’t draw', async () => {
    const folder = place();
    const sweep = ['sweep', 'mine.yaml', '--vary', 'protocol.slashing.share=0,0.5', '--replications', '2', '--quiet'];
    const drawn = async (metric: string) => {
      await well([...sweep, '--metric', metric, '--out', 'swept'], folder);
      return readdirSync(join(folder, 'swept/charts')).filter((name) => /stakeLeft|triesEach/.test(name));
    };
    expect(await drawn('stakeLeft')).toEqual(['stakeLeft.png', 'stakeLeft.svg']);
    expect(await drawn('triesEach')).toEqual(['triesEach.png', 'triesEach.svg']);
  });

  test('is compared with itself under other settings', async () => {
    const folder = place();
    const sides = ['--base', 'mine.yaml', '--with', 'protocol.slashing.share=0'];
    await well(['compare', ...sides, '--replications', '2', '--out', 'compared', ...plain], folder);
    const tables = contents(join(folder, 'compared')).map(([, text]) => text);
    expect(tables.some((text) => text!.includes('stakeLeft'))).toBe(true);
  });

  test('has an honest twin, of which its attackers are honest', async () => {
    const folder = place();
    const expected = 'expect=[{ metric: wrongAcceptedOverTwin, above: 0.05 }]';
    await well(['run', 'mine.yaml', '--set', expected, '--out', 'twin', ...plain], folder);
    expect(existsSync(join(folder, 'twin/twin.csv'))).toBe(true);
  });

  test('is known to validate, to a list that runs its code, and to a schema that is asked for it', () => {
    const folder = place();
    expect(sim(['validate', 'mine.yaml'], folder)).toMatchObject({ code: 0, out: 'ok mine: What do sleepers lose?\n' });
    const wrong = sim(['validate', 'mine.yaml', '--set', 'protocol.slashing.share=2'], folder);
    expect(wrong.err).toMatch(/protocol\.slashing\.share: expected a fraction from 0 to 1, found 2/);
    expect(sim(['list', '.'], folder)).toMatchObject({ code: 0, err: '' });
    const listed = sim(['list', '.', '--with-plugins'], folder);
    expect(listed.out).toMatch(/^ {2}its own +4 sleepy +12 +24 h/m);
    expect(listed.err).toMatch(/^plugin .*own\.mjs runs with your rights/);
    expect(
      JSON.parse(sim(['list', '.', '--with-plugins', '--json', '--attack', 'sleepy'], folder).out).scenarios,
    ).toMatchObject([
      {
        name: 'mine',
        plugins: ['./own.mjs'],
        attackers: [{ strategy: 'sleepy' }],
        metrics: ['stakeLeft', 'triesEach'],
      },
    ]);
    const schema = sim(['schema', 'mine.yaml'], folder);
    expect(schema.err).toMatch(/^plugin .*own\.mjs runs with your rights/);
    for (const name of ['sleepy', 'blunt', 'stakeLeft']) expect(schema.out).toContain(`"${name}"`);
    const committed = readFileSync(join(root, 'scenarios/scenario.schema.json'), 'utf8');
    for (const name of ['sleepy', 'blunt', 'stakeLeft']) expect(committed).not.toContain(`"${name}"`);
  });

  test('is listed with its faults where its code is wrong, and no schema is made of it', () => {
    const folder = place('export default { slashing: 1 };');
    expect(sim(['list', '.', '--with-plugins'], folder).out).toContain('can’t be run');
    const schema = sim(['schema', 'mine.yaml'], folder);
    expect([schema.code, schema.out]).toEqual([2, '']);
    expect(schema.err).toContain('mine.yaml:2:11: plugins.0: slashing: expected a list of definitions, found 1');
  });

  test('leaves nothing of replications whose code throws on a thread', async () => {
    const folder = place(ownKinds.replace('isFailure[kind] === 1', 'isFailure[kind].lost.found'));
    const ended = await simHere(['run', 'mine.yaml', '--replications', '2', '--out', 'failed', ...plain], folder);
    expect(ended.code).not.toBe(0);
    expect(ended.err).toMatch(/plugin \.\/own\.mjs: slashing blunt: penalize: expected an answer, found an exception/);
    expect(existsSync(join(folder, 'failed'))).toBe(false);
  });
});
