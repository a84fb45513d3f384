import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { loadGolem2019 } from '../../../sim/scenario/traces/golem-2019.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const fixture = fileURLToPath(new URL('../../fixtures/golem-2019', import.meta.url));
const month = '2019-01';
const temporary = temporaryFolder('golem-2019');

type Edit = (lines: string[]) => string[];
let variants = 0;

/** A folder with the fixture's files, some of them edited line by line. */
function variant(edits: Record<string, Edit>, newline = '\n'): string {
  const folder = join(temporary, String(variants++));
  cpSync(fixture, folder, { recursive: true });
  for (const [name, edit] of Object.entries(edits)) {
    const file = join(folder, `${name}_${month}.csv`);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(file, edit(lines).join(newline) + newline);
  }
  return folder;
}

/** Replaces the cell at a line and place, both from 1. */
function cell(line: number, place: number, text: string): Edit {
  return (lines) =>
    lines.with(
      line - 1,
      lines[line - 1]!.split(',')
        .with(place - 1, text)
        .join(','),
    );
}

/** Faults by line, with the folder left out. */
function faultsOf(folder: string): string[] {
  try {
    loadGolem2019(folder, month);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.replaceAll(`${folder}/`, '').split('\n');
    throw error;
  }
  return [];
}

describe('records that are written otherwise', () => {
  const trace = loadGolem2019(fixture, month);

  test('line ends of either kind, a byte order mark and sessions in any order make no difference', () => {
    const same = (lines: string[]) => lines;
    const marked: Edit = (lines) => lines.with(0, `\uFEFF${lines[0]}`);
    const folder = variant({ nodes: marked, outcomes: same, snapshots: same, sessions: shuffled }, '\r\n');
    expect({ ...loadGolem2019(folder, month), files: trace.files }).toEqual(trace);

    function shuffled([header, ...rows]: string[]): string[] {
      return [header!, ...rows.reverse()];
    }
  });

  test('a machine without sessions never comes', () => {
    const folder = variant({ sessions: (lines) => lines.filter((line) => !line.startsWith('5a7cf56de4')) });
    const without = loadGolem2019(folder, month);
    expect(without.joinAt[3]).toBe(Number.POSITIVE_INFINITY);
    expect(without.offsets[4]! - without.offsets[3]!).toBe(0);
    expect(without.joinAt[4]).toBe(trace.joinAt[4]);
    expect(Object.fromEntries(without.figures.map(({ name, value }) => [name, value]))).toMatchObject({
      providersWithoutSessions: 1,
      snapshotsUnequal: 16,
    });
  });

  test('times are cut to whole seconds', () => {
    const folder = variant({ sessions: cell(2, 2, '1546300800.75') });
    expect(loadGolem2019(folder, month).starts).toEqual(trace.starts);
  });

  test('only the columns that are read must be there', () => {
    const folder = variant({ nodes: (lines) => lines.map((line) => line.split(',')[0]!) });
    expect(loadGolem2019(folder, month).names).toEqual(trace.names);
  });
});

describe('malformed records', () => {
  test('a folder that is not there lacks four files', () => {
    expect(faultsOf(join(fixture, 'missing'))).toEqual(
      ['nodes', 'sessions', 'outcomes', 'snapshots'].map(
        (name) => `${name}_2019-01.csv: expected a file, found nothing there`,
      ),
    );
  });

  test('a month is no path', () => {
    expect(() => loadGolem2019(fixture, '../2019-01')).toThrow('month: expected a month such as 2019-01');
  });

  test('a directory, an empty file, one without rows and one of other bytes are refused together', () => {
    const folder = variant({ snapshots: (lines) => lines.slice(0, 1) });
    rmSync(join(folder, 'nodes_2019-01.csv'));
    mkdirSync(join(folder, 'nodes_2019-01.csv'));
    writeFileSync(join(folder, 'sessions_2019-01.csv'), '');
    writeFileSync(join(folder, 'outcomes_2019-01.csv'), new Uint8Array([0xff, 0xfe, 0x00]));
    expect(faultsOf(folder)).toEqual([
      'nodes_2019-01.csv: expected a file, found a directory',
      'sessions_2019-01.csv: expected rows under a header, found an empty file',
      'outcomes_2019-01.csv: expected a text in UTF-8, found other bytes',
      'snapshots_2019-01.csv: expected rows under the header, found none',
    ]);
  });

  test.each([
    ['a missing column', 'sessions', cell(1, 3, 'end'), '1:1: expected a column end_epoch, found '],
    [
      'a column that stands there twice',
      'nodes',
      cell(1, 2, 'node'),
      '1:2: expected one column node, found another one',
    ],
    [
      'an empty cell',
      'sessions',
      cell(5, 4, ''),
      '5:4: snapshots: expected a whole number from 0, found an empty cell',
    ],
    ['a word', 'sessions', cell(5, 2, 'soon'), '5:2: start_epoch: expected a time in seconds since 1970, found soon'],
    [
      'a hexadecimal number',
      'snapshots',
      cell(3, 2, '0x5'),
      '3:2: nodes_online: expected a whole number from 0, found 0x5',
    ],
    ['a negative count', 'snapshots', cell(3, 2, '-5'), '3:2: nodes_online: expected a whole number from 0, found -5'],
    ['a negative amount', 'nodes', cell(4, 4, '-1.5'), '4:4: memory_kib: expected a number from 0, found -1.5'],
    ['a broken change', 'outcomes', cell(9, 3, '1.5'), '9:3: d_success: expected a whole number, found 1.5'],
    ['a flag beyond 1', 'sessions', cell(2, 5, '2'), '2:5: left_censored: expected 0 or 1, found 2'],
    [
      'a time without end',
      'sessions',
      cell(2, 3, '1e999'),
      '2:3: end_epoch: expected a time in seconds since 1970, found 1e999',
    ],
    ['a node without a name', 'nodes', cell(4, 1, ''), '4:1: node: expected a name, found an empty cell'],
    ['a row with a cell too many', 'snapshots', cell(7, 2, '5,5'), '7:3: expected 2 cells, found 3'],
    [
      'a row with a cell missing',
      'outcomes',
      (lines: string[]) => lines.with(3, 'a,1,2,3'),
      '4:5: expected 5 cells, found 4',
    ],
    [
      'an empty line',
      'outcomes',
      (lines: string[]) => lines.toSpliced(6, 0, ''),
      '7:1: expected 5 cells, found an empty line',
    ],
    [
      'a node that is listed twice',
      'nodes',
      cell(6, 1, '5a1f3d5b79'),
      '6:1: node: expected every node once, found 5a1f3d5b79, as in line 2',
    ],
    [
      'outcomes of an unknown node',
      'outcomes',
      cell(9, 1, 'x'),
      '9:1: node: expected a node of nodes_2019-01.csv, found x',
    ],
    [
      'a session of an unknown node',
      'sessions',
      cell(9, 1, 'x'),
      '9:1: node: expected a node of nodes_2019-01.csv, found x',
    ],
    [
      'a session that ends before it starts',
      'sessions',
      cell(11, 3, '1546308000'),
      '11:3: end_epoch: expected a time from start_epoch, 1546322400, found 1546308000',
    ],
    [
      'a session from before the first snapshot',
      'sessions',
      cell(2, 2, '1546300799'),
      '2:2: start_epoch: expected a time from the first snapshot, 1546300800, found 1546300799',
    ],
    [
      'a session beyond the last snapshot',
      'sessions',
      cell(2, 3, '1546470001'),
      '2:3: end_epoch: expected a time up to the last snapshot, 1546470000, found 1546470001',
    ],
    [
      'a session that begins in another one of its node',
      'sessions',
      cell(9, 2, '1546308000'),
      '9:2: start_epoch: expected a start after the session of line 6, which ends at 1546308000, found 1546308000',
    ],
    [
      'a snapshot that is not after the one before',
      'snapshots',
      cell(4, 1, '1546304400'),
      '4:1: epoch: expected a time after 1546304400, found 1546304400',
    ],
  ] satisfies [string, string, Edit, string][])('%s is refused at its line and cell', (_, name, edit, expected) => {
    const faults = faultsOf(variant({ [name]: edit }));
    expect(faults[0]).toContain(`${name}_2019-01.csv:${expected}`);
  });

  test('a column with a slip in its name is recognised', () => {
    expect(faultsOf(variant({ sessions: cell(1, 3, 'end_epock') }))[0]).toMatch(/; did you mean end_epock\?$/);
  });

  test('lines count on across a quoted cell with line ends of its own', () => {
    const folder = variant({ nodes: (lines) => cell(5, 3, 'many')(cell(3, 2, '"main\nnet"')(lines)) });
    expect(faultsOf(folder)).toEqual(['nodes_2019-01.csv:6:3: cpu_cores: expected a whole number from 0, found many']);
  });

  test('a quote that is never closed is refused at its line', () => {
    const [first] = faultsOf(variant({ nodes: cell(3, 2, '"mainnet') }));
    expect(first).toMatch(/^nodes_2019-01\.csv:3:1: expected cells of CSV, found Quoted field unterminated/);
  });

  test('faults of all files come at once, at most 20 lines a file and one that counts the others', () => {
    const folder = variant({
      sessions: cell(2, 4, '-1'),
      outcomes: (lines) => lines.map((line, row) => (row === 0 ? line : line.replace(/\d+$/, ''))),
    });
    const faults = faultsOf(folder);
    expect(faults).toHaveLength(1 + 20 + 1);
    expect(faults[0]).toMatch(/^sessions_2019-01\.csv:2:4: /);
    expect(faults[1]).toMatch(/^outcomes_2019-01\.csv:2:5: d_timeout: /);
    expect(faults[20]).toMatch(/^outcomes_2019-01\.csv:21:5: d_timeout: /);
    expect(faults[21]).toBe('outcomes_2019-01.csv: expected no more faults, found 47 more');
  });
});
