import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isLong } from '../support/effort.js';
import { cases, expectedFile } from './cases.js';
import { differences } from './difference.js';
import { measure, toText } from './measure.js';

const all = cases();
/** Scenarios with more events are run under `npm run test:long`. */
const eventsInShort = 1_000_000;
const eventsOf = (name: string) => {
  const file = expectedFile(name);
  // without numbers it is run, and says so
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).events : 0;
};
const run = all.filter(({ name }) => isLong || eventsOf(name) <= eventsInShort);

describe('the numbers of a scenario change only on purpose; npm run update-expected shows and keeps the change', () => {
  test.each(run.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    expect(existsSync(expectedFile(name)), `numbers of ${name}, which npm run update-expected writes`).toBe(true);
    const text = readFileSync(expectedFile(name), 'utf8');
    const record = await measure(one);
    expect(differences(JSON.parse(text), record).join('\n')).toBe('');
    expect(toText(record)).toBe(text);
  });

  test('are kept of the scenarios that there are, and of no others', () => {
    const folder = dirname(expectedFile('any'));
    expect(readdirSync(folder).sort()).toEqual(all.map(({ name }) => basename(expectedFile(name))).sort());
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['sybil', 'bench/reference-network']));
  });
});

describe('differences', () => {
  const record = {
    set: ['horizon=1d'],
    seed: '1',
    events: 1_000,
    jobs: 10,
    fingerprints: { trajectory: '0123456789abcdef', accounting: '0123456789abcdef' },
    tables: { nodes: 'a'.repeat(64) },
    metrics: { utilisation: 0.5, attackerWorkShare: null, slashedTokens: 0 },
  };

  test('are none between equal records', () => {
    expect(differences(record, structuredClone(record))).toEqual([]);
  });

  test('are a line each: old, new, relative change', () => {
    const metrics = { utilisation: 0.525, attackerWorkShare: 0.1, slashedTokens: 2, giniWork: 0.25 };
    const lines = differences(record, { ...record, events: 1_001, tables: { nodes: 'b'.repeat(64) }, metrics });
    expect(lines).toEqual([
      '                           expected             found    change',
      'events                         1000              1001  +0.100 %',
      'nodes.csv          aaaaaaaaaaaaaaa…  bbbbbbbbbbbbbbb…',
      'utilisation                     0.5             0.525   +5.00 %',
      'attackerWorkShare                 –               0.1',
      'slashedTokens                     0                 2    from 0',
      'giniWork                  not there              0.25',
    ]);
  });

  test('tell how small the smallest are', () => {
    const metrics = { ...record.metrics, utilisation: 0.5 + 2 ** -50 };
    expect(differences(record, { ...record, metrics })[1]).toMatch(/^utilisation +0\.5 +0\.5 +× \(1 \+ 1\.8e-15\)$/);
  });
});
