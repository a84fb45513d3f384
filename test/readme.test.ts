import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../sim/commands/index.js';
import { withKindsTable } from '../sim/reference/kinds-table.js';
import { listScenarios } from '../sim/reference/scenario-list.js';
import { scenarioTable } from '../sim/reference/scenario-table.js';
import { Registry } from '../sim/scenario/schema/registry.js';
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

test('the README’s table of commands has each of them, and every option that report alone takes', () => {
  const rows = readme.split('\n').filter((line) => line.startsWith('| `sim '));
  for (const { name, options } of commands) {
    const row = rows.find((text) => text.includes(`\`sim ${name}`));
    expect(row, name).toBeDefined();
    if (name !== 'report') continue;
    const own = options.map((option) => option.name).filter((option) => !['allow-path', 'json'].includes(option));
    expect(own.filter((option) => !row!.includes(`--${option}`))).toEqual([]);
    expect(own).toContain('sweep');
  }
});

test('the README’s table has a row for each scenario at the top, with the question that it opens with', () => {
  const scenarios = listScenarios(join(root, 'scenarios')).filter(({ name }) => !name.includes('/'));
  expect(scenarios.length).toBeGreaterThan(5);
  const rows = [...readme.matchAll(/^\| `([^`]+\.yaml)` \| (.*?) \| .+ \|$/gm)].map((row) => [row[1]!, row[2]!]);
  expect(rows.sort()).toEqual(scenarios.map(({ name, question }) => [`${name}.yaml`, question]).sort());
});

test('docs/scenarios.md has every scenario and what it finds; npm run update-docs writes the rest', () => {
  const text = readFileSync(join(root, 'docs/scenarios.md'), 'utf8');
  expect(scenarioTable(text)).toBe(text);
  const rows = [...text.matchAll(/^\| `([^`]+)\.yaml` \| .* \| ([^|]+) \|$/gm)];
  expect(rows.map(([, name]) => name)).toEqual(listScenarios(join(root, 'scenarios')).map(({ name }) => name));
  expect(rows.filter(([, , finds]) => !/\w.*\.$/.test(finds!)).map(([, name]) => name)).toEqual([]);
});

test('the README’s table of what scenarios can name is what the registry has; npm run update-docs writes it', () => {
  expect(withKindsTable(readme)).toBe(readme);
  const registered: readonly (readonly { readonly kind: string }[])[] = Object.values(Registry.builtIn().registered);
  const named = registered.flat().map(({ kind }) => kind);
  expect(named.filter((kind) => !readme.includes(`\`${kind}\``))).toEqual([]);
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
