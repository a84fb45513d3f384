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
