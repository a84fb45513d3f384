import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { smallScenario, writeScenario } from './captured.js';
import { cli, sim, temporaryFolder } from './command-line.js';
import { ownKinds, scenario as withOwnKinds } from './own-kinds.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.log('no redis-server: queues aren’t tested (apt-get install redis-server)');
const withRedis = test.skipIf(!hasRedis);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** A process that ends with the test, and what it said. */
function begin(command: string, words: readonly string[], folder: string) {
  const child: ChildProcess = spawn(command, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout!.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr!.on('data', (data: Buffer) => (said += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, ended, said: () => said };
}

async function until(condition: () => boolean, what: () => string): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 600) throw new Error(`waited in vain: ${what()}`);
    await later(50);
  }
}

/** A Redis without a file, as it is after each start: whatever was in it is gone when it is killed. */
async function startRedis(port: number, folder: string, words: readonly string[] = []) {
  const own = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const redis = begin('redis-server', [...own, ...words], folder);
  await until(() => redis.said().includes('Ready to accept connections'), redis.said);
  return redis;
}

async function startWorker(url: string, folder: string, ...given: readonly string[]) {
  const worker = begin(process.execPath, [cli, 'worker', '--queue', url, '--workers', '1', ...given], folder);
  await until(() => worker.said().includes('at work on'), worker.said);
  return worker;
}

// some longer runs, so that something is under way whenever anything is killed
const longer = smallScenario.replace('horizon: 12h', 'horizon: 10d').replace('perHour: 60', 'perHour: 200');
const words = ['sweep', 'small.yaml', '--vary', 'fleet.liars.nodes=2,5,8', '--replications', '4', '--no-charts'];

function place(scenario = smallScenario): string {
  const folder = temporaryFolder();
  writeScenario(folder, scenario);
  mkdirSync(join(folder, 'elsewhere'));
  return folder;
}

const contents = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file !== 'environment.json')
    .sort()
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);

withRedis('a sweep whose runs are shared through a queue is the same to the byte', async () => {
  const folder = place();
  const port = await freePort();
  await startRedis(port, folder, ['--requirepass', 'secret-word']);
  const url = `redis://:secret-word@127.0.0.1:${port}`;
  expect(sim([...words, '--out', 'whole'], folder).code).toBe(0);
  const workers = [await startWorker(url, join(folder, 'elsewhere')), await startWorker(url, folder)];
  const driver = begin(process.execPath, [cli, ...words, '--queue', url, '--chunk', '2', '--out', 'queued'], folder);
  expect([await driver.ended, driver.said()]).toEqual([0, expect.stringContaining('folder queued')]);
  expect(contents(join(folder, 'queued'))).toEqual(contents(join(folder, 'whole')));
  // what was run before isn't run again
  const again = begin(process.execPath, [cli, ...words, '--queue', url, '--chunk', '2', '--out', 'again'], folder);
  expect(await again.ended).toBe(0);
  expect(contents(join(folder, 'again'))).toEqual(contents(join(folder, 'whole')));
  for (const { child } of workers) child.kill('SIGINT');
  expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0]);
  const runs = workers.map(({ said }) => Number(/(\d+) runs in \d+ chunks, 0 refused/.exec(said())![1]));
  expect(runs.reduce((sum, one) => sum + one, 0)).toBe(12);
  for (const { said } of [...workers, driver]) expect(said()).not.toContain('secret-word');
});

withRedis('a worker runs the code of those plugins alone that it was given', async () => {
  const folder = place();
  writeFileSync(join(folder, 'own.mjs'), ownKinds);
  writeFileSync(join(folder, 'mine.yaml'), withOwnKinds);
  const port = await freePort();
  await startRedis(port, folder);
  const url = `redis://127.0.0.1:${port}`;
  const vary = ['--vary', 'protocol.slashing.share=0.1,0.5', '--replications', '2', '--no-charts'];
  const own = ['sweep', 'mine.yaml', ...vary];
  expect(sim([...own, '--out', 'whole'], folder).code).toBe(0);
  const without = await startWorker(url, folder);
  const refused = begin(process.execPath, [cli, ...own, '--queue', url, '--out', 'refused'], folder);
  expect([await refused.ended, refused.said()]).toEqual([
    1,
    expect.stringContaining('expected a plugin that this worker was given by --plugin, found ./own.mjs'),
  ]);
  without.child.kill('SIGINT');
  expect(await without.ended).toBe(0);
  await startWorker(url, join(folder, 'elsewhere'), '--plugin', join(folder, 'own.mjs'));
  const driver = begin(process.execPath, [cli, ...own, '--queue', url, '--out', 'queued'], folder);
  expect([await driver.ended, driver.said()]).toEqual([0, expect.stringContaining('folder queued')]);
  expect(contents(join(folder, 'queued'))).toEqual(contents(join(folder, 'whole')));
});

withRedis('a worker killed, and Redis killed and empty after it, cost nothing but time', async () => {
  const folder = place(longer);
  const port = await freePort();
  const redis = await startRedis(port, folder);
  const url = `redis://127.0.0.1:${port}`;
  expect(sim([...words, '--out', 'whole'], folder).code).toBe(0);
  const first = await startWorker(url, folder);
  const driver = begin(process.execPath, [cli, ...words, '--queue', url, '--out', 'queued'], folder);
  const journal = () => {
    const path = join(folder, '.queued.unfinished/journal.jsonl');
    try {
      return readFileSync(path, 'utf8').split('\n').length - 1;
    } catch {
      return 0;
    }
  };
  await until(() => journal() >= 2, driver.said);
  first.child.kill('SIGKILL');
  await first.ended;
  redis.child.kill('SIGKILL');
  await redis.ended;
  const before = journal();
  expect(before).toBeLessThan(12);
  await startRedis(port, folder);
  const second = await startWorker(url, folder);
  expect([await driver.ended, driver.said()]).toEqual([0, expect.stringContaining('folder queued')]);
  expect(contents(join(folder, 'queued'))).toEqual(contents(join(folder, 'whole')));
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
});

withRedis('a sweep that no worker serves says so, and ends at the first request, its chunks withdrawn', async () => {
  const folder = place();
  const port = await freePort();
  await startRedis(port, folder);
  const url = `redis://127.0.0.1:${port}`;
  const driver = begin(process.execPath, [cli, ...words, '--queue', url, '--out', 'queued'], folder);
  await until(() => driver.said().includes('no worker is there yet'), driver.said);
  await later(500);
  driver.child.kill('SIGINT');
  expect([await driver.ended, driver.said()]).toEqual([130, expect.stringContaining('--resume goes on')]);
  const worker = begin(process.execPath, [cli, 'worker', '--queue', url, '--drain'], folder);
  expect([await worker.ended, worker.said()]).toEqual([0, expect.stringContaining('0 runs in 0 chunks')]);
});

withRedis('a worker runs nothing that isn’t a scenario of its version, and says so', async () => {
  const folder = place();
  const port = await freePort();
  await startRedis(port, folder);
  const url = `redis://127.0.0.1:${port}`;
  const worker = await startWorker(url, folder);
  const { Queue } = await import('bullmq');
  const { packageVersion } = await import('../../sim/package.js');
  const queue = new Queue(`reputation-sim-${packageVersion()}`, { connection: { host: '127.0.0.1', port } });
  const scenario = { name: 'x', question: '', file: '/etc/passwd', protocol: null, written: {}, compared: [] };
  await queue.add('chunk', JSON.stringify({ engine: '9.9.9', scenario, seeds: ['a'] }), { jobId: 'other' });
  await queue.add('chunk', { code: 'process.exit(7)' }, { jobId: 'code' });
  await until(() => worker.said().split('refused:').length > 2, worker.said);
  // what is no scenario fails, as a run that fails does
  await queue.add('chunk', JSON.stringify({ engine: packageVersion(), scenario, seeds: ['a'] }), { jobId: 'empty' });
  let lines: unknown;
  for (let tries = 0; lines === undefined && tries < 100; tries++) {
    await later(50);
    const job = await queue.getJob('empty');
    if (job?.finishedOn !== undefined) lines = job.returnvalue;
  }
  expect(lines).toEqual([expect.stringMatching(/"failed":".*fleet/)]);
  await queue.close();
  worker.child.kill('SIGINT');
  expect(await worker.ended).toBe(0);
  expect(worker.said()).toContain('expected work for version');
  expect(worker.said()).toContain('2 refused');
});

test('a Redis that isn’t there is told after three tries, without the password', async () => {
  const folder = place();
  const port = await freePort();
  const url = `redis://:secret-word@127.0.0.1:${port}`;
  const line = `--queue: expected a Redis that answers at redis://127.0.0.1:${port}, found `;
  for (const call of [
    [...words, '--queue', url],
    ['worker', '--queue', url],
  ]) {
    const { code, err } = sim(call, folder);
    expect([code, err]).toEqual([2, expect.stringContaining(line)]);
    expect(err).toMatch(/\(3 tries\)\n$/);
    expect(err).not.toContain('secret-word');
  }
  expect(readdirSync(folder)).toEqual(['elsewhere', 'small.yaml']);
});

test.each([
  [['--queue', 'redis://127.0.0.1', '--shard', '1/2'], '--shard: expected either --shard or --queue, found both\n'],
  [['--queue', 'redis://127.0.0.1', '--workers', '2'], '--workers: expected none beside --queue'],
  [['--chunk', '2'], '--chunk: expected --queue beside it, found none\n'],
  [['--queue', '127.0.0.1'], '--queue: expected redis://HOST:PORT, or rediss:// for TLS, found another text\n'],
])('%j is refused in one line', (more, line) => {
  const { code, err } = sim([...words, ...more], place());
  expect([code, err]).toEqual([2, expect.stringContaining(line)]);
  expect(err.split('\n')).toHaveLength(2);
});
