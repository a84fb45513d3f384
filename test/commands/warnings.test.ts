import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, sim, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const scenario = [
  '# Does it warn?',
  'horizon: 2d',
  'fleet: { honest: { nodes: 5, hardware: reference-cpu, stake: 5 } }',
  'workload: { batch: { class: task, arrivals: { perHour: 5 } } }',
  '',
].join('\n');
writeFileSync(join(folder, 'poor.yaml'), scenario);
const warning =
  'poor.yaml:3:62: fleet.honest.stake: expected at least protocol.stake.minimum, 10 tokens, found 5, ' +
  'so that none of its nodes ever gets work';

test('sim validate prints warnings and ends with 0; with --strict they are faults', () => {
  expect(sim(['validate', 'poor.yaml'], folder)).toEqual({
    code: 0,
    out: `ok poor: Does it warn?\nwarning ${warning}\n`,
    err: '',
  });
  expect(sim(['validate', 'poor.yaml', '--strict'], folder)).toEqual({ code: 2, out: '', err: `${warning}\n` });
  const { scenarios } = JSON.parse(sim(['validate', 'poor.yaml', '--json'], folder).out);
  expect(scenarios[0]).toMatchObject({
    faults: [],
    warnings: [{ path: 'fleet.honest.stake', position: { line: 3, column: 62 }, found: '5' }],
  });
});

test('sim run says warnings before the run, with --quiet nothing else, and refuses with --strict', () => {
  const run = (...more: string[]) => sim(['run', 'poor.yaml', '--no-charts', '--out', 'out', ...more], folder);
  expect(run().err.split('\n')[0]).toBe(`warning ${warning}`);
  expect(run('--quiet')).toMatchObject({ code: 0, err: `warning ${warning}\n` });
  const { warnings } = JSON.parse(readFileSync(join(folder, 'out/manifest.json'), 'utf8'));
  expect(warnings).toEqual([
    {
      path: 'fleet.honest.stake',
      expected: 'at least protocol.stake.minimum, 10 tokens',
      found: '5',
      why: 'so that none of its nodes ever gets work',
    },
  ]);
  expect(run('--strict')).toMatchObject({ code: 2, err: `${warning}\n`, out: '' });
});

test('a dash stands for standard input, whose name is stdin', () => {
  const given = (...words: string[]) =>
    spawnSync(process.execPath, [cli, ...words], { cwd: folder, input: scenario, encoding: 'utf8' });
  const ran = given('run', '-', '--no-charts', '--quiet', '--out', 'piped');
  expect([ran.status, ran.stdout.split('\n')[0]]).toEqual([0, 'stdin: Does it warn?']);
  expect(sim(['replay', 'piped', '--quiet'], folder).code).toBe(0);
  expect(given('validate', '-').stdout).toContain('warning stdin:3:62: fleet.honest.stake: ');
  expect(given('run', '-', '--watch')).toMatchObject({
    status: 2,
    stderr: '--watch: expected a file, which can be saved again, found standard input\n',
  });
});

test('identities that re-enter have names of their own, by which inspect finds each', () => {
  const text = [
    'horizon: 20d',
    'protocol: { slashing: { kind: progressive, neutral: 1, ejectAt: 0.4 } }',
    'fleet:',
    '  honest: { nodes: 5, hardware: reference-cpu }',
    '  swarm:',
    '    nodes: 2',
    '    hardware: reference-cpu',
    '    completion: 0',
    '    funds: 5000',
    '    strategy: { kind: sybil-swarm, replacesEjected: true, identitiesMost: 9 }',
    'workload: { batch: { class: task, arrivals: { perHour: 60 } } }',
  ].join('\n');
  writeFileSync(join(folder, 'again.yaml'), text);
  expect(sim(['run', 'again.yaml', '--no-charts', '--quiet'], folder).code).toBe(0);
  const found = sim(['inspect', 'out/again', '--node', 'swarm-1.2', '--json'], folder);
  expect(found.code, found.err).toBe(0);
  const { out } = sim(['inspect', 'out/again', '--top', '20', '--by', 'node', '--json'], folder);
  const names = [...out.matchAll(/"name":"([^"]*)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(7);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['swarm-0', 'swarm-1', 'swarm-0.2', 'swarm-1.2']));
});
