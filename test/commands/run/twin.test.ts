import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { simHere, smallScenario, temporaryFolder, writeScenario } from '../captured.js';

function place(): string {
  const folder = temporaryFolder();
  writeScenario(folder, smallScenario);
  return folder;
}
const read = (folder: string, ...names: string[]) => readFileSync(join(folder, ...names), 'utf8');
const run = (folder: string, ...words: string[]) =>
  simHere(['run', 'small.yaml', '--no-gate', '--quiet', ...words], folder);

describe('sim run --twin', () => {
  test('tells what the attack brought, keeps the twin’s curves and fingerprints, and is replayed', async () => {
    const folder = place();
    const { code, out, err } = await run(folder, '--twin', '--out', 'out');
    expect([code, err]).toEqual([0, '']);
    const brought =
      /^(– )?Cheating brought the attackers .* USD (more|less) than honesty would have; honest .* by it\.$/;
    expect(out.split('\n').filter((line) => brought.test(line))).toHaveLength(1);
    expect(out).not.toContain('isn’t known from this run');
    const manifest = JSON.parse(read(folder, 'out', 'manifest.json'));
    expect(manifest.command).toContain('--twin');
    expect(manifest.twin.trajectory).toMatch(/^[0-9a-f]{16}$/);
    expect(manifest.twin).not.toEqual(manifest.fingerprints);
    expect(read(folder, 'out', 'twin.csv').split('\n')[0]).toBe(read(folder, 'out', 'timeseries.csv').split('\n')[0]);
    expect(readdirSync(join(folder, 'out/charts'))).toContain('honest-twin.svg');
    expect(read(folder, 'out', 'report.html')).toContain('With the attack, and without it');
    const replayed = await simHere(['replay', 'out', '--quiet'], folder);
    expect(replayed.code).toBe(0);
    expect(replayed.out.split('\n').filter((line) => line.startsWith('honest twin: '))).toHaveLength(2);
    // the same bytes without the option, where the scenario asks for it
    writeFileSync(join(folder, 'small.yaml'), `${smallScenario}\ntwin: true\n`);
    await run(folder, '--out', 'asked', '--no-charts');
    for (const name of ['runs.csv', 'twin.csv', 'timeseries.csv']) {
      expect(read(folder, 'asked', name)).toBe(read(folder, 'out', name));
    }
  }, 60_000);

  test('leaves the run itself as it is without', async () => {
    const folder = place();
    const alone = await run(folder, '--out', 'alone', '--no-charts');
    const beside = await run(folder, '--out', 'beside', '--no-charts', '--twin');
    expect(beside.out.trimEnd().split('\n').at(-1)).toBe(alone.out.trimEnd().split('\n').at(-1));
    for (const name of ['timeseries.csv', 'nodes.csv', 'cohorts.csv', 'slashings.csv']) {
      expect(read(folder, 'beside', name)).toBe(read(folder, 'alone', name));
    }
    expect(readdirSync(join(folder, 'alone'))).not.toContain('twin.csv');
    expect(JSON.parse(read(folder, 'alone', 'manifest.json')).twin).toBeNull();
  });

  test('is run of each replication, with intervals, where a precision asks for what it tells', async () => {
    const folder = place();
    const words = [
      '--precision',
      'attackerProfitOverTwinUsd=1000000',
      '--replications',
      '3',
      '--out',
      'out',
      '--no-charts',
    ];
    expect((await run(folder, ...words)).code).toBe(0);
    const row = read(folder, 'out', 'summary.csv')
      .split('\n')
      .find((line) => line.startsWith('attackerProfitOverTwinUsd,'))!;
    const [, , mean, deviation] = row.split(',');
    expect(Number(mean)).not.toBe(0);
    expect(Number(deviation)).toBeGreaterThan(0);
    expect(
      new Set(
        read(folder, 'out', 'twin.csv')
          .split('\n')
          .slice(1, -1)
          .map((line) => line[0]),
      ),
    ).toEqual(new Set(['1', '2', '3']));
    expect((await simHere(['replay', 'out', '--quiet'], folder)).code).toBe(0);
  }, 60_000);

  test('is in vain without attackers, which is said', async () => {
    const folder = temporaryFolder();
    const honest = smallScenario.replace('strategy: always-wrong', 'strategy: honest');
    writeScenario(folder, honest);
    const { err } = await run(folder, '--twin', '--out', 'out', '--no-charts');
    expect(err).toContain('twin: expected a cohort of attackers, or no twin');
  });
});
