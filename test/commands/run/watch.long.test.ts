import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { filesIn, smallScenario, temporaryFolder, writeScenario } from '../captured.js';
import { cli, sim } from '../command-line.js';

const secondsMost = 60;

/** `sim run --watch` in a process of its own, and what it wrote so far. */
class Watched {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown[]>;
  out = '';
  err = '';

  constructor(folder: string, ...options: readonly string[]) {
    this.child = spawn(process.execPath, [cli, 'run', 'small.yaml', '--watch', ...options], { cwd: folder });
    this.ended = once(this.child, 'close');
    this.child.stdout!.on('data', (data) => {
      this.out += data;
    });
    this.child.stderr!.on('data', (data) => {
      this.err += data;
    });
    onTestFinished(() => {
      this.child.kill('SIGKILL');
    });
  }

  /** Waits until it has written what is expected, but not for ever. */
  async until(isThere: () => boolean): Promise<void> {
    for (let tick = 0; tick < secondsMost * 20 && !isThere() && this.child.exitCode === null; tick++) await wait(50);
    if (!isThere()) throw new Error(`waited in vain; out: ${this.out}, err: ${this.err}`);
  }

  /** Waits until so many rounds are over. */
  async rounds(count: number): Promise<void> {
    await this.until(() => this.err.split('watching ').length > count);
  }

  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<unknown> {
    this.child.kill(signal);
    const [code] = await this.ended;
    return code;
  }
}

const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'out/small/manifest.json'), 'utf8'));

describe('sim run --watch', () => {
  test('says in its help that an earlier report goes', () => {
    const help = sim(['run', '--help']).out.replace(/\s+/g, ' ');
    expect(help).toContain('Run again whenever the scenario is saved, without charts; removes earlier ones');
    expect(help).toContain('A report and charts that an earlier run left in the folder go then');
  });

  test('runs, says faults, goes on after each save, and ends with 0 between runs', async () => {
    const folder = temporaryFolder();
    const file = writeScenario(folder);
    expect(sim(['run', 'small.yaml', '--quiet'], folder).code).toBe(0);
    expect(filesIn(join(folder, 'out/small'))).toContain('report.html');
    const watched = new Watched(folder);
    await watched.rounds(1);
    expect(watched.out).toMatch(
      /^run 1 of small, [\d.]+ m?s, into out\/small\n {2}As expected: .*\n(.*\n)* .*% of the jobs that ended were/,
    );
    expect(watched.out).toMatch(/^ {2}met +completedFraction above 50 %, found /m);
    expect(watched.err).toBe('watching small.yaml and the file that it names; Ctrl-C ends\n');
    const files = filesIn(join(folder, 'out/small'));
    expect(files).toContain('nodes.csv');
    expect(files.filter((name) => /html|svg|png/.test(name))).toEqual([]);

    writeFileSync(file, smallScenario.replace('nodes: 30', 'nodes: none').replace('12h', 'soon'));
    await watched.rounds(2);
    expect(watched.err).toMatch(/^small\.yaml:3:10: horizon: expected a duration .*, found soon$/m);
    expect(watched.err).toMatch(/^small\.yaml:7:20: fleet\.honest\.nodes: expected an integer .*, found none$/m);

    // as editors do: a new file in place of the old one
    writeFileSync(join(folder, 'small.yaml.new'), smallScenario.replace('nodes: 30', 'nodes: 20'));
    renameSync(join(folder, 'small.yaml.new'), file);
    await watched.rounds(3);
    expect(watched.out).toMatch(/^run 2 of small, /m);
    expect(watched.out).toMatch(/^ {2}nodesOnline \d+ nodes → \d+ nodes$/m);
    expect(manifest(folder).scenario.fleet.honest.nodes).toBe(20);
    expect(await watched.end()).toBe(0);
    expect(readdirSync(join(folder, 'out'))).toEqual(['small']);
  });

  test('says that no figure changed where a save changes nothing, and runs as sim run does', async () => {
    const folder = temporaryFolder();
    const file = writeScenario(folder);
    expect(sim(['run', 'small.yaml', '--no-charts', '--out', 'once'], folder).code).toBe(0);
    const watched = new Watched(folder, '--quiet');
    await watched.until(() => watched.out.includes('attackerWorkShare below'));
    const once = JSON.parse(readFileSync(join(folder, 'once/manifest.json'), 'utf8'));
    expect(manifest(folder)).toEqual(once);
    writeFileSync(file, `${smallScenario}# saved\n`);
    await watched.until(() => watched.out.includes('  no figure changed\n'));
    expect(watched.err).toBe('');
    expect(await watched.end('SIGTERM')).toBe(0);
  });

  test('watches what the scenario extends, and prints a line of JSON a run', async () => {
    const folder = temporaryFolder();
    writeScenario(folder, smallScenario, 'far.yaml');
    writeScenario(folder, '# Near?\nextends: far.yaml\n');
    const watched = new Watched(folder, '--json');
    await watched.rounds(1);
    expect(watched.err).toBe('watching small.yaml and 2 files that it names; Ctrl-C ends\n');
    writeScenario(folder, 'a: [', 'far.yaml');
    await watched.rounds(2);
    expect(watched.err).toContain('far.yaml:1:');
    writeScenario(folder, smallScenario.replace('seed: small', 'seed: other'), 'far.yaml');
    await watched.rounds(3);
    const lines = watched.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ seed }) => seed)).toEqual(['small', 'other']);
    expect(await watched.end()).toBe(0);
  });

  test('watches plugins, says that a changed one takes a new start, and goes on with the one it knows', async () => {
    const folder = temporaryFolder();
    writeScenario(folder, `${smallScenario}plugins: [./own.mjs]\n`);
    const own = (value: number) =>
      'export default { metrics: [{ ' +
      `name: 'mine', unit: '1', window: 'whole run', meaning: 'Mine', value: () => ${value} }] };`;
    writeFileSync(join(folder, 'own.mjs'), own(1));
    const watched = new Watched(folder);
    await watched.rounds(1);
    expect(watched.err).toContain('watching small.yaml and 2 files that it names; Ctrl-C ends\n');
    const before = manifest(folder);
    writeFileSync(join(folder, 'own.mjs'), own(2));
    await watched.rounds(2);
    expect(watched.err).toMatch(
      /^small\.yaml:\d+:\d+: plugins\.0: .*, in \.\/own\.mjs: so that it has to be started anew$/m,
    );
    expect(manifest(folder)).toEqual(before);
    writeFileSync(join(folder, 'own.mjs'), own(1));
    await watched.rounds(3);
    expect(watched.out).toContain('  no figure changed\n');
    expect(await watched.end()).toBe(0);
  });

  test('cuts off a run that a save makes pointless, and ends with 130 where an interrupt cuts one off', async () => {
    const folder = temporaryFolder();
    const long = smallScenario.replace('12h', '3650d').replace('perHour: 60', 'perHour: 2000');
    const file = writeScenario(folder, long);
    const watched = new Watched(folder);
    const isDrafted = () => existsSync(join(folder, 'out')) && /partial/.test(readdirSync(join(folder, 'out')).join());
    await watched.until(isDrafted);
    writeFileSync(file, smallScenario);
    await watched.rounds(1);
    expect(watched.out).toMatch(/^run 1 of small, /);
    writeFileSync(file, long);
    await watched.until(isDrafted);
    expect(await watched.end()).toBe(130);
    expect(watched.err).toContain('interrupted; nothing was written\n');
    expect(manifest(folder).scenario.horizon).toBe('12h');
    expect(readdirSync(join(folder, 'out'))).toEqual(['small']);
  });

  test('draws charts and report if asked', async () => {
    const folder = temporaryFolder();
    writeScenario(folder);
    const watched = new Watched(folder, '--charts');
    await watched.rounds(1);
    expect(filesIn(join(folder, 'out/small'))).toContain('report.html');
    expect(await watched.end()).toBe(0);
  });

  test('refuses a scenario that isn’t there at first', () => {
    expect(sim(['run', 'none.yaml', '--watch'], temporaryFolder())).toEqual({
      code: 2,
      out: '',
      err: 'none.yaml: expected a file, found nothing there\n',
    });
  });
});
