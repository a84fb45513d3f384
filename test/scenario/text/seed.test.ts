import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadScenario, loadWritten } from '../../../sim/scenario/load.js';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { plainSource } from '../../../sim/scenario/text/plain-source.js';
import { toWrittenSeed } from '../../../sim/scenario/text/seed.js';
import { casesOf } from '../../support/effort.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const rest = 'horizon: 1d\nfleet: { a: { nodes: 3 } }\nworkload: { w: { arrivals: { perHour: 5 } } }\n';
const file = join(temporaryFolder('seed'), 'scenario.yaml');

/** The seed, or what is wrong with it, as a file has it and as `--set` has it: the same but for the place. */
function readBoth(written: string): string {
  const ways: readonly [text: string, set: readonly string[]][] = [
    [`seed: ${written}\n${rest}`, []],
    [rest, [`seed=${written}`]],
  ];
  const [inFile, bySetting] = ways.map(([text, set]) => {
    try {
      writeFileSync(file, text);
      return `seed ${loadScenario(file, { set }).scenario.seed}`;
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return error.message.replace(/^.*?seed: /, '');
    }
  });
  expect(bySetting).toBe(inFile);
  return inFile!;
}

describe('a seed', () => {
  test.each([
    ['7', '7'],
    ['"7"', '7'],
    ["'7'", '7'],
    ['0', '0'],
    ['9007199254740991', '9007199254740991'],
    ['sybil-1', 'sybil-1'],
    ['v1.0', 'v1.0'],
    ['2026-01-01', '2026-01-01'],
    ['"a b"', 'a b'],
    ['null', '1'],
  ])('%s is %s', (written, seed) => {
    expect(readBoth(written)).toBe(`seed ${seed}`);
  });

  test.each([
    ['012', '012', '12', '012'],
    ['1e3', '1e3', '1000', '1e3'],
    ['1.0', '1.0', '1', '1.0'],
    ['1.5', '1.5', 'the number 1.5', '1.5'],
    ['0x10', '0x10', '16', '0x10'],
    ['0o17', '0o17', '15', '0o17'],
    ['+7', '+7', '7', '+7'],
    ['-7', '-7', 'the number -7', '-7'],
    ['.5', '.5', '0.5', '.5'],
    ['1_000', '1_000', '1000', '1_000'],
    ['"012"', '012', '12', '012'],
    ['"1e3"', '1e3', '1000', '1e3'],
    ['"7 "', '"7 "', '7', '7 '],
    ['" 7 "', '" 7 "', '7', ' 7 '],
    ['.inf', '.inf', 'the number .inf', '.inf'],
    ['"true"', 'true', 'the value true', 'true'],
    ['" a"', '" a"', '"a"', ' a'],
  ])('%s is refused with its two readings', (written, found, number, text) => {
    expect(readBoth(written)).toBe(
      `expected a plain integer or a text, found ${found}, which could be read as ${number} ` +
        `or as the text ${JSON.stringify(text)}`,
    );
  });

  test('9007199254740992 loses digits and is refused', () => {
    expect(readBoth('9007199254740992')).toMatch(/^expected an integer of at most 9007199254740991, found/);
    expect(readBoth('"9007199254740992"')).toMatch(/^expected a plain integer or a text, found 9007199254740992/);
  });

  test('is the same seed as a number and as a text in a manifest', () => {
    const manifest = (seed: unknown) => ({
      seed,
      horizon: '1d',
      fleet: { a: { nodes: 3 } },
      workload: { w: { arrivals: { perHour: 5 } } },
    });
    for (const seed of [7, '7']) {
      expect(loadWritten(plainSource(manifest(seed), 'manifest.json', '')).scenario.seed).toBe('7');
    }
  });

  test.each(['7', '0', 'abc', 'a b', 'abc #x', 'a: b', '[7]', '{a: 1}', '&x', '!x', '"', "it's", '"7"', '- a', '# a'])(
    'the seed %s is read back as it is written in a command',
    (seed) => {
      expect(readBoth(toWrittenSeed(seed))).toBe(`seed ${seed}`);
    },
  );

  test('any text is the same seed, or the same fault, in a file and on the command line', () => {
    const piece = fc.constantFrom('0', '1', '7', 'e', '.', '-', '+', '_', 'x', 'a', ' ', ',');
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
        const text = pieces.join('');
        const quoted = readBoth(JSON.stringify(text));
        const expected = quoted.startsWith('seed ') ? `seed ${text}` : quoted;
        expect(quoted).toBe(expected);
        if (/^[\da-z]/.test(text) && !/[ ,]/.test(text)) expect(readBoth(text)).toBe(quoted);
      }),
      { numRuns: casesOf(300), seed: 1 },
    );
  });
});
