import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallScenario, writeScenario } from '../captured.js';
import { sim, temporaryFolder } from '../command-line.js';

const drawn = (folder: string) =>
  [...readdirSync(join(folder, 'charts')).map((file) => `charts/${file}`), 'report.html']
    .sort()
    .map((file) => [file, readFileSync(join(folder, file), 'latin1')] as const);

test('replications on one thread and on two, and drawn again, leave the same charts and report', () => {
  const folder = temporaryFolder();
  writeScenario(folder, smallScenario);
  const run = (...words: string[]) =>
    sim(['run', 'small.yaml', '--quiet', '--no-gate', '--replications', '3', ...words], folder);
  expect(run('--workers', '1', '--out', 'one').code).toBe(0);
  const before = drawn(join(folder, 'one'));
  expect(before.map(([file]) => file)).toContain('charts/replications.svg');
  expect(run('--workers', '2', '--out', 'two', '--no-charts').code).toBe(0);
  rmSync(join(folder, 'small.yaml'));
  expect(sim(['report', 'two'], folder)).toMatchObject({ code: 0, err: '' });
  const again = drawn(join(folder, 'two'));
  expect(again.map(([file]) => file)).toEqual(before.map(([file]) => file));
  for (const [place, [file, bytes]] of again.entries())
    expect([file, bytes === before[place]![1]]).toEqual([file, true]);
  const html = before.at(-1)![1];
  expect(Buffer.from(html, 'latin1').toString()).toContain('Means over 3 replications');
  expect(html.length).toBeLessThan(5_000_000);
});
