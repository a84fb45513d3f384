import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, sim, temporaryFolder } from './commands/command-line.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The README's blocks of a language, without their fences. */
function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text!);
}

test('the README’s first scenario is the file of that name, and has ten lines', () => {
  const file = readFileSync(join(root, 'scenarios/first-steps.yaml'), 'utf8');
  expect(blocks('yaml')).toContain(file);
  expect(file.trimEnd().split('\n')).toHaveLength(10);
});

test('the README’s replay of a fleet works as typed, and finds the fleet’s own counts', () => {
  const typed = blocks('sh').find((text) => text.includes('--allow-path'))!;
  const [npx, name, ...words] = typed.replace(/\\\n/g, ' ').trim().split(/\s+/);
  expect([npx, name]).toEqual(['npx', 'sim']);
  const out = join(temporaryFolder(), 'replayed');
  expect(sim([...words, '--no-charts', '--out', out])).toMatchObject({ code: 0 });
  const figures = readFileSync(join(out, 'trace-figures.csv'), 'utf8');
  const value = (figure: string) => new RegExp(`^${figure},[^,]*,(\\d+)`, 'm').exec(figures)?.[1];
  expect(value('snapshotsCompared')).toBe('48');
  expect(value('snapshotsEqual')).toBe('48');
});

const pathsNamed = new Map([
  ['CONTRIBUTING.md', 40],
  ['ARCHITECTURE.md', 15],
  ['README.md', 5],
  ['docs/model.md', 3],
]);

test.each([...pathsNamed])('every file and folder that %s names is there', (document, least) => {
  const text = readFileSync(join(root, document), 'utf8');
  const named = [...text.matchAll(/`((?:sim|reports|test|docs|scenarios)\/[a-z0-9./-]*)`/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThanOrEqual(least);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
