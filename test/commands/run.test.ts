import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, root, sim, smallScenario, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const scenario = join(folder, 'small.yaml');

beforeAll(() => writeFileSync(scenario, smallScenario));

const files = (name: string) => readdirSync(join(folder, name)).filter((file) => file !== 'environment.json');
const read = (name: string, file: string) => readFileSync(join(folder, name, file), 'utf8');

describe('sim run', () => {
  it('writes the whole run folder and ends with the fingerprints', () => {
    const ended = sim(['run', scenario], folder);
    expect(ended.code).toBe(0);
    expect(ended.out).toContain('Does a small network serve its jobs?');
    expect(ended.out).toMatch(/expected completedFraction above 0\.5: met/);
    expect(ended.out).toMatch(/expected attackerWorkShare below 0: NOT met/);
    expect(ended.out.trimEnd().split('\n').at(-1)).toMatch(/^fingerprints [0-9a-f]{16} [0-9a-f]{16}$/);
    expect(readdirSync(join(folder, 'out', 'small')).sort()).toEqual([
      'charts',
      'data-dictionary.csv',
      'environment.json',
      'manifest.json',
      'nodes.csv',
      'report.html',
      'runs.csv',
      'slashings.csv',
      'summary.csv',
      'timeseries.csv',
    ]);
    expect(readdirSync(join(folder, 'out', 'small', 'charts'))).toHaveLength(8);
    expect(readdirSync(join(folder, 'out'))).toEqual(['small']);
  });

  it('writes the same bytes for the same seed and others for another', () => {
    for (const [out, seed] of [
      ['first', 'a'],
      ['second', 'a'],
      ['third', 'b'],
    ]) {
      const words = [
        'run',
        scenario,
        '--seed',
        seed!,
        '--out',
        join(folder, out!),
        '--no-charts',
        '--detail',
        '--quiet',
      ];
      expect(sim(words).code).toBe(0);
    }
    expect(files('first')).toContain('jobs.csv');
    expect(files('first')).toContain('attestations.csv');
    expect(files('first')).toEqual(files('second'));
    for (const file of files('first')) expect(read('second', file), file).toBe(read('first', file));
    expect(read('third', 'runs.csv')).not.toBe(read('first', 'runs.csv'));
    expect(JSON.parse(read('third', 'manifest.json')).fingerprints).not.toEqual(
      JSON.parse(read('first', 'manifest.json')).fingerprints,
    );
  });

  it('describes every column of every table in the data dictionary', () => {
    const dictionary = read('first', 'data-dictionary.csv');
    for (const file of files('first')) {
      if (!file.endsWith('.csv') || file === 'data-dictionary.csv') continue;
      const [header] = read('first', file).split('\n');
      for (const column of header!.split(',')) expect(dictionary).toContain(`${file},${column},`);
    }
  });

  it('prints one JSON object and nothing else with --json', () => {
    const out = join(folder, 'json');
    const ended = sim(['run', scenario, '--json', '--no-charts', '--out', out, '--set', 'fleet.honest.nodes=20']);
    expect(ended.code).toBe(0);
    const result = JSON.parse(ended.out);
    expect(result).toMatchObject({ name: 'small', folder: out, seed: 'small-1' });
    expect(result.metrics.conservationResidueMicroTokens).toBe(0);
    expect(result.expectations).toHaveLength(2);
  });

  it('leaves nothing half-written when interrupted, and ends with 130', async () => {
    const out = join(folder, 'interrupted');
    const words = [cli, 'run', join(root, 'scenarios/sybil.yaml'), '--out', out, '--quiet'];
    const child = spawn(process.execPath, words, { stdio: 'ignore' });
    setTimeout(() => child.kill('SIGINT'), 1_200);
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('replaces the folder of an earlier run', () => {
    const words = ['run', scenario, '--out', join(folder, 'first'), '--no-charts', '--quiet'];
    expect(sim(words).code).toBe(0);
    expect(files('first')).not.toContain('jobs.csv');
  });
});

describe('sim replay', () => {
  it('finds the same fingerprints again', () => {
    const ended = sim(['replay', join(folder, 'second')]);
    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/trajectory equal [0-9a-f]{16}\naccounting equal [0-9a-f]{16}\n/);
  });

  it('ends with 3 when the recorded fingerprints are others', () => {
    const file = join(folder, 'third', 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.fingerprints.trajectory = '0123456789abcdef';
    writeFileSync(file, JSON.stringify(manifest));
    const ended = sim(['replay', join(folder, 'third')]);
    expect(ended.code).toBe(3);
    expect(ended.out).toMatch(/trajectory differs/);
  });

  it('names the file that was edited, is missing, or is of another version', () => {
    const runs = join(folder, 'json', 'runs.csv');
    writeFileSync(runs, `${readFileSync(runs, 'utf8')}\n`);
    const edited = sim(['replay', join(folder, 'json')]);
    expect(edited.code).toBe(2);
    expect(edited.err).toMatch(/^.*runs\.csv: expected the file as the run wrote it, found an edited one\n$/);
    const file = join(folder, 'json', 'manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"format": 1', '"format": 99'));
    expect(sim(['replay', join(folder, 'json')]).err).toMatch(/expected format 1, found format 99/);
    expect(sim(['replay', folder]).err).toMatch(/expected a run folder with a manifest\.json/);
  });
});

describe('sim', () => {
  it('prints its version through npx, and help with examples', () => {
    expect(sim(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(sim([]).out).toMatch(/sim run <scenario>/);
    expect(sim(['run', '--help']).out).toMatch(/Examples:/);
  });

  it('validates every scenario of the package', () => {
    const names = ['sybil', 'honest-baseline', 'mm-c', 'bench/reference-network'];
    const ended = sim(['validate', ...names.map((name) => `scenarios/${name}.yaml`)]);
    expect(ended.code).toBe(0);
    expect(ended.out.trimEnd().split('\n')).toHaveLength(names.length);
    for (const line of ended.out.trimEnd().split('\n')) expect(line).toMatch(/^ok [\w-]+: .*\?$/);
  });
});
