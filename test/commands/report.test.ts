import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageVersion } from '../../sim/package.js';
import { filesIn, perform, sealed, temporaryFolder, writeScenario } from './captured.js';

async function runFolder(charts: boolean): Promise<string> {
  const folder = temporaryFolder();
  const scenario = writeScenario(folder);
  const out = join(folder, 'out');
  const { code } = await perform('run', { scenario, out, 'no-charts': !charts });
  expect(code).toBe(0);
  return out;
}

const report = (folder: string, options: object = {}) => perform('report', { folder, ...options });

const drawn = (folder: string) =>
  filesIn(folder)
    .filter((file) => /^charts\/|report\.html$/.test(file))
    .map((file) => [file, readFileSync(join(folder, file), 'latin1')]);

describe('sim report', () => {
  test('draws the same charts and report as the run did, from the folder alone', async () => {
    const out = await runFolder(true);
    const before = drawn(out);
    expect(before.length).toBeGreaterThan(8);
    rmSync(join(out, '../small.yaml'));
    rmSync(join(out, 'charts'), { recursive: true });
    rmSync(join(out, 'report.html'));
    const { code, printed, said } = await report(out);
    expect([code, said]).toEqual([0, []]);
    expect(printed).toEqual([`report ${join(out, 'report.html')}`]);
    expect(drawn(out)).toEqual(before);
  });

  test('draws them for a run that was told not to, and names them with --json', async () => {
    const out = await runFolder(false);
    expect(drawn(out)).toEqual([]);
    const { code, printed } = await report(out, { json: true });
    expect(code).toBe(0);
    const { charts, ...rest } = JSON.parse(printed[0]!);
    expect(rest).toEqual({ folder: out, report: join(out, 'report.html') });
    const images = charts.flatMap((name: string) => [`charts/${name}.png`, `charts/${name}.svg`]);
    expect(drawn(out).map(([file]) => file)).toEqual([...images, 'report.html'].sort());
  });

  test('refuses a folder that isn’t as the run left it in a line that names the file, and draws nothing', async () => {
    const out = await runFolder(false);
    const refused = async (file: string, line: string, change: (path: string, text: string) => void) => {
      const path = join(out, file);
      const text = readFileSync(path, 'utf8');
      change(path, text);
      const { code, printed, said } = await report(out);
      expect([code, printed]).toEqual([2, []]);
      expect(said).toEqual([`${path}: ${line}`]);
      expect(drawn(out)).toEqual([]);
      writeFileSync(path, text);
    };
    const edited = 'expected the table that the run wrote, found an edited one';
    await refused('nodes.csv', edited, (path, text) => writeFileSync(path, text.replace('honest', 'Honest')));
    await refused('timeseries.csv', edited, (path, text) => writeFileSync(path, text.slice(0, text.length / 2)));
    await refused('summary.csv', edited, (path) => writeFileSync(path, ''));
    await refused('data-dictionary.csv', edited, (path, text) => writeFileSync(path, `${text}\n`));
    await refused('runs.csv', 'expected a table of the run, found nothing there', (path) => rmSync(path));
    await refused('manifest.json', 'expected the manifest of a run, found nothing there', (path) => rmSync(path));
    const older = `expected a run of reputation-sim ${packageVersion()}, found one of version 0.0.9`;
    await refused('manifest.json', older, (path, text) =>
      writeFileSync(path, text.replace(`"version": "${packageVersion()}"`, '"version": "0.0.9"')),
    );
    expect((await report(out)).code).toBe(0);
  });

  describe('with a sweep of the scenario', () => {
    const liars = `{ nodes: 4, quality: 1, strategy: { kind: lazy, lazyProbability: 0.5 } }`;
    const attacked = `horizon: 2d
protocol: { verification: { kind: recompute, share: 0.1 }, slashing: { kind: fixed, fraction: 0.5 } }
fleet: { honest: { nodes: 12, quality: 1 }, liars: ${liars} }
workload: { tasks: { class: task, arrivals: { perHour: 60 }, work: 5m, valueAtRisk: 2 } }
money: { treasury: 100000 }
`;
    const outcomeIn = (folder: string) =>
      /Who won<.*?<p>(.*?)<\/p>/s.exec(readFileSync(join(folder, 'report.html'), 'utf8'))![1]!;

    async function runAndSweep(folder: string) {
      const scenario = join(folder, 'attacked.yaml');
      writeFileSync(scenario, attacked);
      const [out, swept] = [join(folder, 'run'), join(folder, 'sweep')];
      expect((await perform('run', { scenario, out, twin: true, 'no-charts': true })).code).toBe(0);
      const vary = ['protocol.verification.share=0,1'];
      const how = { replications: '3', set: ['twin=true'], 'no-charts': true };
      expect((await perform('sweep', { scenario, out: swept, vary, ...how })).code).toBe(0);
      return { scenario, out, swept };
    }

    test('says which setting would have turned it', async () => {
      const { out, swept } = await runAndSweep(temporaryFolder());
      expect((await report(out)).code).toBe(0);
      expect(outcomeIn(out)).toMatch(/Which setting would have turned it, one run can’t tell/);
      expect((await report(out, { sweep: swept })).said).toEqual([]);
      const told = outcomeIn(out);
      expect(told).toMatch(
        /^The attackers lost: .* beside it \(2\spoints, 3\sreplications each\) says more\. Does attack/,
      );
      expect(told).toMatch(/alone turns it, between 0\sand 1, by a straight line at about 0\.\d+\.$/);
    });

    test('refuses one of other settings, and what isn’t one', async () => {
      const folder = temporaryFolder();
      const { scenario, out, swept } = await runAndSweep(folder);
      const other = join(folder, 'other');
      await perform('run', { scenario, out: other, set: ['horizon=1d'], 'no-charts': true });
      const refusedWith = async (run: string, sweep: string) => (await report(run, { sweep })).said;
      expect(await refusedWith(other, swept)).toEqual([
        `${join(swept, 'manifest.json')}: expected a sweep of attacked as it was run, found one under other settings`,
      ]);
      expect(await refusedWith(out, other)).toEqual([
        `${other}: expected the folder of a sweep behind --sweep, found that of a run`,
      ]);
      expect(await refusedWith(swept, swept)).toEqual([
        `${swept}: expected the folder of a run where --sweep is given, found that of a sweep`,
      ]);
    });
  });

  test('refuses what isn’t a run folder, and one whose manifest lacks a table that the report needs', async () => {
    const empty = temporaryFolder();
    const none = await report(empty);
    expect(none.code).toBe(2);
    const nothing = `${join(empty, 'manifest.json')}: expected the manifest of a run, found nothing there`;
    expect(none.said).toEqual([nothing]);
    const out = await runFolder(false);
    const path = join(out, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8'));
    delete manifest.files['timeseries.csv'];
    writeFileSync(path, JSON.stringify(sealed(manifest)));
    const lacking = await report(out);
    expect(lacking.code).toBe(2);
    expect(lacking.said).toEqual([
      `${join(out, 'timeseries.csv')}: expected a table of the run, found none in its manifest`,
    ]);
  });
});
