import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { protocolNames } from '../../sim/scenario/schema/protocols.js';
import { root } from '../commands/command-line.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Dotted paths of all values; of a list by place. */
function leavesOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  if (Array.isArray(value) && value.every((member) => typeof member !== 'object')) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** What stands in backticks: each whole, and its parts between the dots. */
function namesIn(text: string): ReadonlySet<string> {
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!.replace(/:.*/, ''));
  return new Set(spans.flatMap((span) => [span, span.split('.').at(-1)!]));
}

/** True if the value is named, or a whole block that it stands in. */
function isNamed(path: readonly string[], names: ReadonlySet<string>): boolean {
  const last = path.at(-1)!;
  if (last === 'kind' || names.has(last)) return true;
  const blocks = path.slice(1).filter((part) => !/^\d+$/.test(part));
  return (
    blocks.some((part) => names.has(part)) || path.some((_, length) => names.has(path.slice(0, length + 1).join('.')))
  );
}

const testTexts = new Map<string, string>();
function collect(folder: string): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) collect(path);
    else if (entry.name.endsWith('.test.ts')) testTexts.set(path, read(path));
  }
}
collect('test');

/** Rows of the table under "Rules", by cells. */
function rulesOf(page: string): readonly (readonly string[])[] {
  const part = page.split(/^## /m).find((section) => section.startsWith('Rules'))!;
  return part
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| rule '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** True if some test has a title with these words, `…` standing for any. */
function isTitle(words: string): boolean {
  const parts = words.split('…').map((part) => part.trim());
  const title = new RegExp(
    parts
      .filter((part) => part.length > 0)
      .map(escaped)
      .join('.*'),
  );
  // whole lines, and titles that the formatter broke after their table
  return [...testTexts.values()].some((text) => text.split('\n').some((line) => title.test(line)));
}

describe.each(protocolNames())('docs/protocols/%s.md', (name) => {
  const page = read(`docs/protocols/${name}.md`);

  it('names every parameter of the protocol’s file', () => {
    const names = namesIn(page);
    const file = parse(read(`scenarios/protocols/${name}.yaml`)) as unknown;
    const missing = leavesOf(file, []).filter((path) => !isNamed(path, names));
    expect(missing.map((path) => path.join('.'))).toEqual([]);
  });

  it('names tests that there are, one a rule at least', () => {
    const rules = rulesOf(page);
    expect(rules.length).toBeGreaterThan(15);
    const missing = rules.flatMap((cells) => {
      const proof = cells.at(-1)!.replace(/ \([a-z]\)/g, '');
      if (proof.includes('`')) {
        const paths = [...proof.matchAll(/`([a-z-]+(?:\/[a-z-]+)+)`/g)].map(([, path]) => `test/${path}.test.ts`);
        return paths.filter((path) => !testTexts.has(path));
      }
      if (proof.startsWith('the same')) return [];
      return proof.split('; ').filter((title) => title === '' || !isTitle(title));
    });
    expect(missing).toEqual([]);
  });

  it('names scenarios and files that there are', () => {
    const scenarios = [...page.matchAll(/(scenarios\/[a-z0-9/-]+\.yaml)/g)].map(([, path]) => path!);
    expect(scenarios.length).toBeGreaterThan(4);
    expect(scenarios.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const tests = [...page.matchAll(/`(test\/[a-z0-9/-]+\.test\.ts)`/g)].map(([, path]) => path!);
    expect(tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('stands in the index and in the README', () => {
    expect(read('docs/protocols.md')).toContain(`[${name}](protocols/${name}.md)`);
    expect(read('README.md')).toContain(`[${name}](docs/protocols/${name}.md)`);
  });
});
