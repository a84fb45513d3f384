import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { metrics } from '../../sim/record/metrics/index.js';
import { adversariesPage } from '../../sim/reference/adversaries.js';
import { metricsPage } from '../../sim/reference/metrics-page.js';
import { readShowcase } from '../../sim/reference/shown-by.js';
import { strategies } from '../../sim/strategies/index.js';
import { root } from '../commands/command-line.js';

const showcase = readShowcase();
const pages = { 'docs/adversaries.md': adversariesPage(showcase), 'docs/metrics.md': metricsPage(showcase) };

/** What stands under a heading, until the next. */
function section(text: string, heading: string): string {
  const found = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  expect(found, heading).toBeDefined();
  return found!;
}

const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\d _-]/gu, '')
    .replaceAll(' ', '-');

describe.each(Object.entries(pages))('%s', (file, text) => {
  test('is what registries and scenarios say now; npm run update-docs writes it', () => {
    expect(readFileSync(join(root, file), 'utf8')).toBe(text);
  });

  test('has no link that leads nowhere, in it or to another document or scenario', () => {
    const links = [...text.matchAll(/\]\(([^)#]*)#?([^)]*)\)/g)].map(([, to, anchor]) => ({
      to: to!,
      anchor: anchor!,
    }));
    expect(links.length).toBeGreaterThan(50);
    for (const { to, anchor } of links) {
      const target = to === '' ? file : join('docs', to);
      expect(existsSync(join(root, target)), target).toBe(true);
      if (anchor === '') continue;
      const headings = readFileSync(join(root, target), 'utf8').matchAll(/^#+ (.*)$/gm);
      expect([...headings].map(([, heading]) => anchorOf(heading!))).toContain(anchor);
    }
  });

  test('is linked in the README', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`](${file})`);
  });
});

describe('every strategy', () => {
  const text = pages['docs/adversaries.md'];

  test.each(strategies.map((one) => [one.kind, one] as const))('%s: what it is, and whose idea', (kind, one) => {
    const own = section(text, kind);
    expect(own).toContain(`\n${one.meaning}\n`);
    expect(own).toContain(`- Formula: ${one.formula}`);
    expect(own).toContain(`- Source: ${one.source}`);
    expect([one.formula, one.source].filter((said) => said === undefined)).toEqual([]);
  });

  test.each(strategies.map(({ kind }) => kind))('%s is shown by a scenario', (kind) => {
    expect(showcase.ofStrategy.get(kind)?.length ?? 0).toBeGreaterThan(0);
    expect(section(text, kind)).toMatch(/- Shown by\n {2}- \[`/);
  });

  test('is shown with unit, range and default of its settings', () => {
    expect(section(text, 'on-off')).toContain(
      '| `fleet.NAME.strategy.cheatsFor` | duration | > 0 | `1d` | By time: how long it cheats |',
    );
    expect(section(text, 'What attacks share')).toContain('| `money.strike` | USD | 0 to ');
  });
});

describe('every metric', () => {
  const text = pages['docs/metrics.md'];

  test.each(metrics.map((one) => [one.name, one] as const))(
    '%s: meaning, unit, window, which way is better',
    (name, one) => {
      const own = section(text, name);
      expect(own).toContain(`${one.meaning}.`);
      expect(own).toContain(`- Window: ${one.window};`);
      expect(own.includes(`- Better: ${one.better}`)).toBe(one.better !== undefined);
      if (one.unit !== '1') expect(own).toContain(`- Unit: ${one.unit}`);
      expect(own).toMatch(/- (Expected by\n {2}- \[`|No scenario bounds it)/);
    },
  );

  test('is told where scenarios bound it: in expectations, those of variants, and questions', () => {
    const named = (name: string) => showcase.ofMetric.get(name)?.map((one) => one.name) ?? [];
    expect(named('completedFraction')).toContain('honest-baseline');
    expect(named('attackerWorkShare')).toContain('sybil');
    expect(named('waitingMeanSeconds')).toContain('mm-c');
  });
});
