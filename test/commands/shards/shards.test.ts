import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simHere, temporaryFolder, writeScenario } from '../captured.js';

const contents = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(csv|json)$/.test(file) && file !== 'environment.json')
    .sort()
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);

function place(): string {
  const folder = temporaryFolder();
  writeScenario(folder);
  return folder;
}

const sweep = [
  'sweep',
  'small.yaml',
  '--vary',
  'fleet.liars.nodes=2,5',
  '--replications',
  '3',
  '--no-charts',
  '--quiet',
];
const run = ['run', 'small.yaml', '--replications', '5', '--no-charts', '--no-gate', '--quiet'];

async function shardsOf(folder: string, words: readonly string[], many: number, out: string): Promise<string[]> {
  const shards: string[] = [];
  for (let number = 1; number <= many; number++) {
    const done = await simHere([...words, '--out', out, '--shard', `${number}/${many}`], folder);
    expect(done).toMatchObject({ code: 0, err: '' });
    shards.push(`${out}.shard-${number}-of-${many}`);
  }
  return shards;
}

test('shards of a sweep, merged in any order, are the sweep to the byte', async () => {
  const folder = place();
  expect((await simHere([...sweep, '--out', 'whole'], folder)).code).toBe(0);
  const shards = await shardsOf(folder, sweep, 4, 'part');
  const merged = await simHere(['merge', ...shards.toReversed(), '--out', 'merged', '--no-charts', '--quiet'], folder);
  expect([merged.code, merged.err]).toEqual([0, '']);
  expect(contents(join(folder, 'merged'))).toEqual(contents(join(folder, 'whole')));
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('shards of replications are the replications, tables and all', async () => {
  const folder = place();
  expect((await simHere([...run, '--out', 'whole'], folder)).code).toBe(0);
  const shards = await shardsOf(folder, run, 2, 'merged');
  // without --out it is where the whole would have been
  const merged = await simHere(['merge', ...shards, '--no-charts', '--quiet'], folder);
  expect([merged.code, merged.err]).toEqual([0, '']);
  expect(contents(join(folder, 'merged'))).toEqual(contents(join(folder, 'whole')));
});

test('refuses gaps, overlaps, other experiments, and shards that were touched', async () => {
  const folder = place();
  const [one, two, three] = (await shardsOf(folder, sweep, 3, 'a')) as [string, string, string];
  const refused = async (...shards: string[]) => {
    const { code, out, err } = await simHere(['merge', ...shards, '--out', 'merged', '--quiet'], folder);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')).toHaveLength(2);
    expect(readdirSync(folder)).not.toContain('merged');
    return err;
  };
  expect(await refused(one, three)).toBe('shards: expected all 3 shards, found none with number 2\n');
  expect(await refused(one, two, three, two)).toContain(`${two}: expected each shard once, found number 2`);
  const more = sweep.map((word) => (word === '3' ? '4' : word));
  const [other] = (await shardsOf(folder, more, 1, 'b')) as [string];
  expect(await refused(one, two, three, other)).toContain(`${other}: expected a shard of what ${one} is of`);
  expect(await refused('small.yaml')).toContain('expected a shard');
  const journal = join(folder, two, 'journal.jsonl');
  const lines = readFileSync(journal, 'utf8').split('\n');
  writeFileSync(journal, lines.slice(1).join('\n'));
  expect(await refused(one, two, three)).toContain('expected a result of each of its runs, found none of point');
  const mark = join(folder, three, 'shard.json');
  writeFileSync(mark, readFileSync(mark, 'utf8').replace(/"engine": "[^"]*"/, '"engine": "9.9.9"'));
  expect(await refused(one, two, three)).toContain('found one of version 9.9.9');
  rmSync(mark);
  expect(await refused(one, two, three)).toContain('expected a shard');
});

test.each([
  ['0/3', '--shard: expected I/N, number I of N shards, from 1 to N, found 0/3'],
  ['4/3', '--shard: expected I/N, number I of N shards, from 1 to N, found 4/3'],
  ['two', '--shard: expected I/N, number I of N shards, from 1 to N, found two'],
])('a shard %s is refused in one line', async (shard, line) => {
  const folder = place();
  for (const words of [sweep, run]) {
    const { code, err } = await simHere([...words, '--shard', shard], folder);
    expect([code, err]).toEqual([2, `${line}\n`]);
  }
  expect(readdirSync(folder)).toEqual(['small.yaml']);
});

test('leaves a folder that holds something else alone', async () => {
  const folder = place();
  const out = join(folder, 'a.shard-1-of-1');
  await shardsOf(folder, sweep, 1, 'a');
  rmSync(join(out, 'shard.json'));
  const { code, err } = await simHere([...sweep, '--out', 'a', '--shard', '1/1'], folder);
  expect([code, err]).toEqual([2, expect.stringContaining('expected an empty folder or a shard’s, or --force')]);
  expect(readdirSync(out)).toEqual(['journal.jsonl']);
});
