import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withKindsTable } from '../sim/reference/kinds-table.js';
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

test('the README’s table has a row for every scenario, with the question that it opens with', () => {
  const files = readdirSync(join(root, 'scenarios'), { recursive: true, encoding: 'utf8' }).sort();
  const scenarios = files.filter(
    (file) => file.endsWith('.yaml') && !/^((hardware|regions|workloads)\.|protocols[/\\])/.test(file),
  );
  expect(scenarios.length).toBeGreaterThan(40);
  const rows = new Map(
    [...readme.matchAll(/^\| `([^`]+\.yaml)` \| (.*?) \| .+ \|$/gm)].map((row) => [row[1]!, row[2]!]),
  );
  const questions = scenarios.map((file): [string, string] => {
    const [, question] = /^# (.*)/.exec(readFileSync(join(root, 'scenarios', file), 'utf8'))!;
    return [file.replaceAll('\\', '/'), question!];
  });
  expect([...rows].sort()).toEqual(questions.sort());
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
