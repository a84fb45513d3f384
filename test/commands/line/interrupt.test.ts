import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { cli, smallScenario, temporaryFolder } from '../command-line.js';

/** Starts an endless run as a grandchild, as npx does, kills the process in between, and returns what is left. */
async function orphaned(environment: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'long.yaml'), smallScenario.replace('horizon: 12h', 'horizon: 3000d'));
  const line = `'${process.execPath}' '${cli}' run long.yaml --out out --quiet & echo $!; wait`;
  const { npm_command: _, ...outside } = process.env;
  const shell = spawn('sh', ['-c', line], {
    cwd: folder,
    env: { ...outside, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = await once(shell.stdout, 'data');
  const run = Number(String(said));
  while (!readdirSync(folder).some((name) => name.endsWith('.partial'))) await pause(50);
  shell.kill('SIGKILL');
  await once(shell, 'exit');
  return { run, folder };
}

const isThere = (run: number) => {
  try {
    return process.kill(run, 0);
  } catch {
    return false;
  }
};

test('a run that npx started ends with it, and leaves nothing', async () => {
  const { run, folder } = await orphaned({ npm_command: 'exec' });
  while (isThere(run)) await pause(50);
  expect(readdirSync(folder)).toEqual(['long.yaml']);
});

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'])(
  'a run in the background outlives the shell that started it, and leaves nothing at %s',
  async (signal) => {
    const { run, folder } = await orphaned({});
    await pause(1_500);
    expect(isThere(run)).toBe(true);
    process.kill(run, signal);
    while (isThere(run)) await pause(50);
    expect(readdirSync(folder)).toEqual(['long.yaml']);
  },
);
