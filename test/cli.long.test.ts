import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commands } from '../sim/commands/index.js';
import { usageOf } from '../sim/commands/line/declaration.js';
import { packageVersion } from '../sim/package.js';
import { filesIn, temporaryFolder, writeScenario } from './commands/captured.js';

const program = fileURLToPath(new URL('../dist/sim/cli.js', import.meta.url));

const names = commands.map(({ name }) => name).join(', ');

/** The program in a process of its own, in a folder of its own. */
function sim(words: readonly string[], cwd: string = temporaryFolder()) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { cwd, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

describe('sim', () => {
  test('alone prints its help and ends with 0', () => {
    const alone = sim([]);
    expect(alone).toEqual({ ...sim(['--help']), code: 0, stderr: '' });
    for (const command of commands) expect(alone.stdout).toContain(`sim ${usageOf(command)} `);
    expect(alone.stdout).toContain('Exit codes: 0 fine');
    expect(sim(['help'])).toEqual(alone);
  });

  test('prints options and examples of each command, whatever the language', () => {
    const env = { ...process.env, LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' };
    for (const { name, options, examples } of commands) {
      const { stdout, status } = spawnSync(process.execPath, [program, name, '--help'], { encoding: 'utf8', env });
      expect(status).toBe(0);
      expect(sim(['help', name]).stdout).toBe(stdout);
      expect(stdout).toContain('Options:');
      for (const option of options) expect(stdout).toContain(`--${option.name} `);
      expect(examples.length).toBeGreaterThan(0);
      for (const [line, meaning] of examples) expect(stdout.replace(/\s+/g, ' ')).toContain(`sim ${line} ${meaning}`);
    }
  });

  test('prints its version', () => {
    expect(sim(['--version'])).toEqual({ code: 0, stdout: `${packageVersion()}\n`, stderr: '' });
  });

  test.each([
    [['ruun', 'x'], `sim: expected one of the commands ${names}, found ruun; did you mean run?`],
    [['help', 'lst'], `sim: expected one of the commands ${names}, found lst; did you mean list?`],
    [['liszt', '--help'], `sim: expected one of the commands ${names}, found liszt; did you mean list?`],
    [['run', '--froce', 'a.yaml'], 'sim run: expected a known option, found --froce; did you mean --force?'],
    [
      ['run', 'a.yaml', '--sed=3', '--outt', 'x'],
      'sim run: expected a known option, found --sed; did you mean --seed?\n' +
        'sim run: expected a known option, found --outt; did you mean --out?',
    ],
    [['run'], 'sim run: expected a scenario file, found nothing'],
    [['validate'], 'sim validate: expected scenario files, found nothing'],
    [['replay'], 'sim replay: expected a run folder, found nothing'],
    [['run', 'a.yaml', 'b.yaml'], 'sim run: expected nothing more, found b.yaml'],
    [['run', 'a.yaml', '--sed', '3'], 'sim run: expected a known option, found --sed; did you mean --seed?'],
    [['run', 'a.yaml', '--seed'], 'sim run: expected a value after --seed, found nothing'],
    [['run', 'a.yaml', '--set'], 'sim run: expected a value after --set, found nothing'],
    [['run', 'a.yaml', '--json=abc'], '--json: expected no value, found abc'],
    [['run', 'a.yaml', '--seed', '1', '--seed', '2'], '--seed: expected one value, found ["1", "2"]'],
    [['--bogus'], 'sim: expected one of: --help, --version, found --bogus'],
    [['run', 'a\u001b[31m.yaml'], 'a[31m.yaml: expected a file, found nothing there'],
    [['run', 'none.yaml'], 'none.yaml: expected a file, found nothing there'],
    [['replay', 'none'], 'none/manifest.json: expected the manifest of a run, found nothing there'],
  ])('%j ends with 2, says why in a line a fault, and writes nothing', (words, line) => {
    const folder = temporaryFolder();
    expect(sim(words, folder)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('runs, replays and notices another scenario, in processes of their own', () => {
    const folder = temporaryFolder();
    writeScenario(folder);
    const set = ['--set', 'fleet.honest.nodes=12', '--set', 'protocol.epoch=6h', '--set', 'horizon=6h'];
    const run = sim(['run', ...set, 'small.yaml', '--no-charts'], folder);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('folder out/small\n');
    expect(sim(['replay', 'out/small'], folder)).toMatchObject({ code: 0, stderr: '' });
    const json = JSON.parse(sim(['run', 'small.yaml', '--json', '--no-charts', '--quiet'], folder).stdout);
    expect(run.stdout).not.toContain(json.fingerprints.trajectory);
  });

  test('colours nothing where there is no screen', () => {
    const folder = temporaryFolder();
    writeScenario(folder);
    const { stdout, stderr } = sim(['run', 'small.yaml', '--no-charts'], folder);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  test('doesn’t mind a reader that has seen enough', () => {
    const folder = temporaryFolder();
    writeScenario(folder);
    const line = `"${process.execPath}" "${program}" run small.yaml --no-charts | true`;
    const { stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(existsSync(join(folder, 'out/small/manifest.json'))).toBe(true);
  });
});

/** A run that takes minutes if nobody ends it, once the draft of its folder is there. */
async function longRun(folder: string): Promise<{ readonly child: ChildProcess; readonly ended: Promise<unknown[]> }> {
  writeScenario(folder);
  const long = ['--set', 'horizon=3650d', '--set', 'workload.batch.arrivals.perHour=2000'];
  const child = spawn(process.execPath, [program, 'run', 'small.yaml', ...long, '--quiet'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const isDrafted = () => existsSync(join(folder, 'out')) && /partial/.test(readdirSync(join(folder, 'out')).join());
  while (!isDrafted() && child.exitCode === null) await wait(20);
  return { child, ended };
}

describe('an interrupted run', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 130, one line, and nothing written', async (signal) => {
    const folder = temporaryFolder();
    const { child, ended } = await longRun(folder);
    let said = '';
    child.stderr!.on('data', (data) => {
      said += data;
    });
    await wait(100);
    child.kill(signal);
    const [code] = await ended;
    expect(code).toBe(130);
    expect(said).toBe('interrupted; nothing was written\n');
    expect(readdirSync(folder)).toEqual(['small.yaml']);
  });

  test('leaves the folder of an earlier run as it was', async () => {
    const folder = temporaryFolder();
    writeScenario(folder);
    expect(sim(['run', 'small.yaml', '--no-charts'], folder).code).toBe(0);
    const before = filesIn(folder);
    const { child, ended } = await longRun(folder);
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(130);
    expect(filesIn(folder)).toEqual(before);
  });
});

/** The program under a limit on the size of its files [512-byte blocks], which is met as a full disk is. */
function simLimited(blocks: number, words: readonly string[], cwd: string) {
  const line = `ulimit -f ${blocks}; exec "${process.execPath}" "${program}" ${words.join(' ')}`;
  return spawnSync('sh', ['-c', line], { cwd, encoding: 'utf8' });
}

describe.skipIf(process.platform === 'win32')('a disk that takes no more', () => {
  test.each([
    ['in the first table', 1, ['--no-charts']],
    ['in the last part of a table', 8, ['--no-charts']],
  ])('%s ends the run with 2, one line, and nothing written', (_where, blocks, options) => {
    const folder = temporaryFolder();
    writeScenario(folder);
    const { status, stdout, stderr } = simLimited(blocks, ['run', 'small.yaml', ...options], folder);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe('out/small: expected a folder that can be written, found a file that has become too large\n');
    expect(readdirSync(folder)).toEqual(['small.yaml']);
  });

  test('in a chart leaves complete tables and ends with 2', () => {
    const folder = temporaryFolder();
    writeScenario(folder);
    const { status, stdout, stderr } = simLimited(100, ['run', 'small.yaml'], folder);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'the tables are complete, in out/small; the report isn’t\n' +
        'out/small: expected a folder that can be written, found a file that has become too large\n',
    );
    expect(sim(['inspect', 'out/small'], folder)).toMatchObject({ code: 0, stderr: '' });
  });

  test.skipIf(!existsSync('/dev/full'))('for what is printed ends with 2 and one line', () => {
    const folder = temporaryFolder();
    writeScenario(folder);
    const line = `"${process.execPath}" "${program}" validate small.yaml > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toBe('standard output: expected a place that can be written, found ENOSPC\n');
  });
});
