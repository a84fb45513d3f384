import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { smallScenario, writeScenario } from '../captured.js';
import { cli, sim, temporaryFolder } from '../command-line.js';

const contents = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file !== 'environment.json')
    .sort()
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);

const run = (folder: string, ...words: string[]) =>
  sim(['run', 'small.yaml', '--no-charts', '--quiet', ...words], folder);

function place(): string {
  const folder = temporaryFolder();
  writeScenario(folder, smallScenario);
  return folder;
}

test('replications leave one folder, the same bytes on one thread and on two, which replays', () => {
  const folder = place();
  const one = run(folder, '--replications', '3', '--workers', '1', '--out', 'one', '--no-gate');
  expect(one).toMatchObject({ code: 0, err: '' });
  expect(one.out).toMatch(/of the first of 3 replications\n$/);
  expect(run(folder, '--replications', '3', '--workers', '2', '--out', 'two', '--no-gate').code).toBe(0);
  expect(contents(join(folder, 'one'))).toEqual(contents(join(folder, 'two')));
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  const rows = readFileSync(join(folder, 'one/runs.csv'), 'utf8').split('\n');
  expect(rows).toHaveLength(5);
  expect(readFileSync(join(folder, 'one/failures.csv'), 'utf8')).toBe('replication,seed,failed,command\n');
  const described = readFileSync(join(folder, 'one/data-dictionary.csv'), 'utf8').split('\n').slice(1, -1);
  const files = new Set(described.map((line) => line.split(',')[0]));
  expect([...files, 'data-dictionary.csv'].sort()).toEqual(
    readdirSync(join(folder, 'one'))
      .filter((name) => name.endsWith('.csv'))
      .sort(),
  );
  const timeseries = readFileSync(join(folder, 'one/timeseries.csv'), 'utf8').split('\n');
  expect(new Set(timeseries.slice(1, -1).map((line) => line.split(',')[0]))).toEqual(new Set(['1', '2', '3']));
  const replayed = sim(['replay', 'one', '--quiet'], folder);
  expect(replayed.code).toBe(0);
  expect(replayed.out.split('\n').filter((line) => line.includes(' equal '))).toHaveLength(6);
  // number 2 by itself has the same figures
  expect(run(folder, '--replication', '2', '--out', 'alone', '--no-gate').code).toBe(0);
  expect(readFileSync(join(folder, 'alone/runs.csv'), 'utf8').split('\n')[1]).toBe(rows[2]);
});

test('a process killed at any time goes on with --resume, to the same bytes', async () => {
  const folder = place();
  const words = ['run', 'small.yaml', '--no-charts', '--quiet', '--no-gate', '--replications', '12', '--workers', '2'];
  expect(sim([...words, '--out', 'whole'], folder).code).toBe(0);
  for (const [ordinal, milliseconds] of [700, 1_100, 1_600].entries()) {
    const out = `killed-${ordinal}`;
    const child = spawn(process.execPath, [cli, ...words, '--out', out], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await Promise.race([later(milliseconds), ended]);
    child.kill('SIGKILL');
    await ended;
    if (!existsSync(join(folder, out)) && existsSync(join(folder, `.${out}.unfinished`))) {
      const refused = sim([...words, '--out', out], folder);
      expect([refused.code, refused.err]).toEqual([
        2,
        `${out}: expected --resume, or --force to begin anew, found an unfinished experiment\n`,
      ]);
      const other = sim([...words, '--out', out, '--resume', '--seed', 'other'], folder);
      expect([other.code, other.err]).toEqual([2, expect.stringMatching(/found another one\n$/)]);
    }
    expect(sim([...words, '--out', out, '--resume'], folder).code).toBe(0);
    expect(contents(join(folder, out))).toEqual(contents(join(folder, 'whole')));
  }
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('says what it would take, and writes nothing', () => {
  const folder = place();
  const { code, out } = sim(['run', 'small.yaml', '--replications', '40', '--workers', '2', '--dry-run'], folder);
  expect(code).toBe(0);
  expect(out).toMatch(/^1 point, 40 runs on 2 threads; one to measure took .*\nabout .* MiB of memory, .* of disk\n$/);
  // without a number of them it is one
  expect(sim(['run', 'small.yaml', '--dry-run'], folder).out).toMatch(/^1 point, 1 run on 1 thread; /);
  expect(readdirSync(folder)).toEqual(['small.yaml']);
});

test.each([
  [
    ['--precision', 'jobsFnal=3'],
    '--precision: expected METRIC=HALF-WIDTH with the name of a metric, found jobsFnal=3',
  ],
  [['--precision', 'jobsFinal=0'], '--precision: expected METRIC=HALF-WIDTH with a number above 0'],
  [['--precision', 'jobsFinal'], '--precision: expected METRIC=HALF-WIDTH with a number above 0'],
  [['--replications', '0'], '--replications: expected a number of replications from 1 on, found "0"'],
  [['--replications', '5', '--replication', '2'], '--replication: expected either --replication or --replications'],
  [['--replications', '5', '--watch'], '--watch: expected either --watch or --replications, found both'],
  [['--replications-most', '5'], '--replications-most: expected --precision beside it, found none'],
  [['--resume'], '--resume: expected --replications or --precision beside it, found neither'],
])('%j is refused in one line', (words, line) => {
  const folder = place();
  const { code, err } = run(folder, ...words);
  expect([code, err]).toEqual([2, expect.stringContaining(line)]);
  expect(err.split('\n')).toHaveLength(2);
  expect(readdirSync(folder)).toEqual(['small.yaml']);
});
