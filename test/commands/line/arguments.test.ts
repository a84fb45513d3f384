import { describe, expect, expectTypeOf, test } from 'vitest';
import type { RunArguments } from '../../../sim/commands/declarations/run.js';
import { commands } from '../../../sim/commands/index.js';
import { checkArguments } from '../../../sim/commands/line/arguments.js';
import type { ArgumentsOf, Declaration } from '../../../sim/commands/line/declaration.js';
import { linesOf } from '../../support/refusals.js';
import { perform } from '../captured.js';

/** One of each kind. */
const declaration = {
  name: 'try',
  summary: '',
  description: '',
  positional: { name: 'files', takes: 'values', meaning: 'Files', expected: 'some files' },
  options: [
    { name: 'by', takes: 'value', meaning: 'A column' },
    { name: 'seed', takes: 'value', meaning: 'A seed', mayBeEmpty: true },
    { name: 'kind', takes: 'value', meaning: 'A kind', standard: 'plain' },
    { name: 'allow-path', takes: 'values', meaning: 'A folder' },
    { name: 'top', takes: 'count', of: 'rows', meaning: 'So many' },
    { name: 'tone', takes: 'choice', choices: ['good', 'bad'], meaning: 'A tone' },
    { name: 'force', takes: 'nothing', meaning: 'At any price' },
  ],
  examples: [],
} as const satisfies Declaration;

const check = (parsed: object) => checkArguments(declaration, { files: ['a'], ...parsed });

describe('the arguments of a command', () => {
  test('are what was typed, numbers as numbers', () => {
    const typed = { by: 'score', seed: '', kind: 'x', 'allow-path': ['a', 'b'], tone: 'bad', force: true };
    expect(check({ ...typed, top: '12' })).toEqual({ files: ['a'], ...typed, top: 12 });
  });

  test('have what stands for an option that isn’t given, and nothing that wasn’t declared', () => {
    const parsed = { _: ['try'], $0: 'sim', help: false };
    expect(check(parsed)).toEqual({ files: ['a'], kind: 'plain', 'allow-path': [], force: false });
  });

  test.each([
    ['a value twice', { by: ['1', '2'] }, '--by: expected one value, found ["1", "2"]'],
    ['an empty value', { by: '' }, '--by: expected a value, found ""'],
    ['a value that is no text', { seed: Number.NaN }, '--seed: expected one value, found .nan'],
    ['a toggle with a value', { force: 'abc' }, '--force: expected no value, found abc'],
    ['a toggle twice', { force: [true, true] }, '--force: expected no value, found [true, true]'],
    ['one value for a list', { 'allow-path': 'a' }, '--allow-path: expected values, found a'],
    ['an empty value in a list', { 'allow-path': ['a', ''] }, '--allow-path: expected a value, found [a, ""]'],
    ['a count of 0', { top: '0' }, '--top: expected a number of rows from 1 on, found "0"'],
    ['a count that is none', { top: '1.5' }, '--top: expected a number of rows from 1 on, found "1.5"'],
    ['a count beyond all rows', { top: '10000000' }, '--top: expected a number of rows from 1 on, found "10000000"'],
    ['a count twice', { top: ['1', '2'] }, '--top: expected one number, found ["1", "2"]'],
    ['a word that isn’t a choice', { tone: 'god' }, '--tone: expected one of: good, bad, found god'],
    ['no positional', { files: [] }, 'files: expected some files, found []'],
  ])('refuse %s', (_title, parsed, line) => {
    expect(linesOf(() => check(parsed))).toEqual([line]);
  });

  test('refuse all that is wrong at once', () => {
    expect(linesOf(() => check({ top: '0', force: 1, files: [''] }))).toEqual([
      'files: expected a value, found [""]',
      '--top: expected a number of rows from 1 on, found "0"',
      '--force: expected no value, found 1',
    ]);
  });

  test('have the types of their declaration', () => {
    expectTypeOf<ArgumentsOf<typeof declaration>>().toEqualTypeOf<
      {
        readonly by: string | undefined;
        readonly seed: string | undefined;
        readonly kind: string;
        readonly 'allow-path': readonly string[];
        readonly top: number | undefined;
        readonly tone: 'good' | 'bad' | undefined;
        readonly force: boolean;
      } & { readonly files: readonly string[] }
    >();
    expectTypeOf<RunArguments['scenario']>().toEqualTypeOf<string>();
    expectTypeOf<RunArguments['out']>().toEqualTypeOf<string | undefined>();
  });
});

describe.each(commands)('sim $name', ({ name, positional, options }) => {
  const names = [...(positional === undefined ? [] : [positional.name]), ...options.map((option) => option.name)];

  test('declares each name once', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  test('refuses a map for any of its arguments, a line each', async () => {
    const { code, said, printed } = await perform(name, Object.fromEntries(names.map((one) => [one, {}])));
    expect([code, printed]).toEqual([2, []]);
    expect(said.map((line) => line.split(': expected ')[0])).toEqual(
      names.map((one) => (one === positional?.name ? one : `--${one}`)),
    );
  });
});
