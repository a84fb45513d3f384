import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../sim/commands/index.js';
import { protocolNames } from '../../sim/scenario/schema/protocols.js';
import { cli, sim, smallScenario, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const names = commands.map(({ name }) => name);

/** The words that are offered for the last one. */
function offered(...words: readonly string[]): string[] {
  const { code, out, err } = sim(['__complete', ...words], folder);
  expect([code, err]).toEqual([0, '']);
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t')[0]!);
}

beforeAll(() => {
  writeFileSync(join(folder, 'small.yaml'), smallScenario);
  writeFileSync(join(folder, 'my study.yml'), smallScenario);
  writeFileSync(join(folder, 'notes.txt'), 'no scenario');
  writeFileSync(join(folder, '.hidden.yaml'), smallScenario);
  mkdirSync(join(folder, 'studies'));
  writeFileSync(join(folder, 'studies/first.yaml'), smallScenario);
  expect(sim(['run', 'small.yaml', '--no-charts', '--quiet'], folder).code).toBe(0);
});

describe('completion offers', () => {
  test('the commands, with what they do', () => {
    expect(offered('')).toEqual(names);
    expect(offered('re')).toEqual(['replay', 'report']);
    expect(sim(['__complete', 'repl']).out).toBe('replay\tRun a folder’s scenario again and compare\n');
    expect(offered('xyz')).toEqual([]);
  });

  test.each(names)('the options of %s that aren’t given yet', (name) => {
    const { options } = commands.find((command) => command.name === name)!;
    expect(offered(name, '-')).toEqual([...options.map((option) => `--${option.name}`), '--help']);
    const toggle = options.find(({ takes }) => takes === 'nothing');
    if (toggle === undefined) return;
    expect(offered(name, `--${toggle.name}`, '--')).not.toContain(`--${toggle.name}`);
  });

  test('scenarios and the folders on the way to them', () => {
    expect(offered('run', '')).toEqual(['my study.yml', 'out/', 'small.yaml', 'studies/']);
    expect(offered('run', 's')).toEqual(['small.yaml', 'studies/']);
    expect(offered('run', 'studies/')).toEqual(['studies/first.yaml']);
    expect(offered('run', '.h')).toEqual(['.hidden.yaml']);
    expect(offered('run', 'none/')).toEqual([]);
    expect(offered('run', 'small.yaml', '')).toEqual([]);
    expect(offered('run', '--seed', '7', 'sm')).toEqual(['small.yaml']);
    expect(offered('validate', 'small.yaml', 'stud')).toEqual(['studies/']);
  });

  test('runs, columns of their nodes, protocols and shells', () => {
    expect(offered('inspect', 'out/')).toEqual(['out/small']);
    expect(offered('replay', '')).toEqual(['out/', 'studies/']);
    const byS = ['state', 'suspended', 'suspensions', 'score', 'stakeTokens', 'slashedTokens'];
    expect(offered('inspect', 'out/small', '--by', 's')).toEqual(byS);
    expect(offered('inspect', 'none', '--by', '')).toEqual([]);
    expect(offered('init', 'a.yaml', '--protocol', '')).toEqual(protocolNames());
    expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(offered('run', 'small.yaml', '--out', 'stu')).toEqual(['studies/']);
    expect(offered('run', 'small.yaml', '--seed', '')).toEqual([]);
  });
});

describe('completion of sim list offers', () => {
  test('protocols, and strategies of who means harm', () => {
    expect(offered('list', '--protocol', '')).toEqual(protocolNames());
    expect(offered('list', '--attack', 'coll')).toEqual(['collusion-ring']);
    expect(offered('list', '--attack', 'hon')).toEqual([]);
  });
});

describe('sim completion', () => {
  test.each(['bash', 'zsh', 'fish'])('prints a script for %s that asks sim', (shell) => {
    const { code, out, err } = sim(['completion', shell]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`# completion of sim in ${shell}\n`);
    expect(out).toContain('sim __complete ');
  });

  test.skipIf(spawnSync('bash', ['--version']).status !== 0)('completes in bash, names with spaces, too', () => {
    const script = `
      sim() { "${process.execPath}" "${cli}" "$@"; }
      compopt() { echo "$*"; }
      eval "$(sim completion bash)"
      COMP_WORDS=(sim "$@"); COMP_CWORD=$#
      _sim_complete
      printf '%s\\n' "\${COMPREPLY[@]}"
      complete -p sim`;
    const complete = (...words: readonly string[]) => {
      const child = spawnSync('bash', ['-c', script, 'bash', ...words], { cwd: folder, encoding: 'utf8' });
      expect([child.status, child.stderr]).toEqual([0, '']);
      const lines = child.stdout.split('\n');
      expect(lines.at(-2)).toBe('complete -o bashdefault -o default -F _sim_complete sim');
      return lines.slice(0, -2);
    };
    expect(complete('va')).toEqual(['validate']);
    expect(complete('run', '')).toEqual(['-o filenames', 'my study.yml', 'out', 'small.yaml', 'studies']);
    expect(complete('run', 'my')).toEqual(['-o filenames', 'my study.yml']);
    expect(complete('run', 'small.yaml', '--se')).toEqual(['--seed', '--set']);
  });

  test.skipIf(spawnSync('zsh', ['--version']).status !== 0)('completes in zsh, folders to be gone on from', () => {
    const script = `
      sim() { "${process.execPath}" "${cli}" "$@" }
      compdef() { :; }
      compadd() { print -r -- "$*" }
      eval "$(sim completion zsh)"
      words=(sim "$@"); CURRENT=$#words
      _sim_complete`;
    const complete = (...words: readonly string[]) => {
      const child = spawnSync('zsh', ['-f', '-c', script, 'zsh', ...words], { cwd: folder, encoding: 'utf8' });
      expect([child.status, child.stderr]).toEqual([0, '']);
      return child.stdout.split('\n').slice(0, -1);
    };
    expect(complete('va')).toEqual(['-l -d shown -- validate']);
    expect(complete('run', '')).toEqual(['-S  -- out/ studies/', '-l -d shown -- my study.yml small.yaml']);
    expect(complete('run', 'small.yaml', '--se')).toEqual(['-l -d shown -- --seed --set']);
  });

  test.skipIf(spawnSync('fish', ['--version']).status !== 0)('completes in fish, with what the words mean', () => {
    const script = `
      function sim; "${process.execPath}" "${cli}" $argv; end
      sim completion fish | source
      complete -C $argv[1]`;
    const complete = (line: string) => {
      const child = spawnSync('fish', ['--no-config', '-c', script, line], { cwd: folder, encoding: 'utf8' });
      expect([child.status, child.stderr]).toEqual([0, '']);
      return child.stdout.split('\n').slice(0, -1);
    };
    expect(complete('sim va')).toEqual(['validate\tCheck scenarios without running them']);
    expect(complete('sim run s')).toEqual(['small.yaml', 'studies/']);
    expect(complete('sim run small.yaml --see')).toEqual(['--seed\tSeed in place of the scenario’s']);
  });

  test('refuses other shells in one line', () => {
    expect(sim(['completion', 'tcsh'])).toEqual({
      code: 2,
      out: '',
      err: 'shell: expected one of: bash, zsh, fish, found tcsh\n',
    });
    expect(sim(['completion'])).toEqual({
      code: 2,
      out: '',
      err: 'sim completion: expected a shell: bash, zsh or fish, found nothing\n',
    });
  });
});
