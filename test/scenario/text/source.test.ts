import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInput, nearest, toFound, toLine } from '../../../sim/scenario/text/faults.js';
import { readSource } from '../../../sim/scenario/text/source.js';
import { linesOf } from '../../support/refusals.js';
import { sourceOf } from '../../support/sources.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folder = temporaryFolder('source');

const refused: [title: string, text: string, ...lines: string[]][] = [
  ['an empty file', '', 'x.yaml:1:1: expected a map of settings, found an empty file'],
  ['a file of comments', '# nothing\n', 'x.yaml:1:1: expected a map of settings, found an empty file'],
  ['a document without content', '---\n', 'x.yaml:1:1: expected a map of settings, found an empty file'],
  ['a list at the top', '- a\n- b', 'x.yaml:1:1: expected a map of settings, found a list'],
  ['a word at the top', 'seed', 'x.yaml:1:1: expected a map of settings, found seed'],
  ['tabs as indentation', 'a:\n\tb: 1', 'x.yaml:2:1: expected spaces as indentation, found a tab'],
  ['two documents', 'a: 1\n---\nb: 1', 'x.yaml:2:1: expected one document, found a second one'],
  ['a tag', 'a: !ruby/object 1', 'x.yaml:1:4: expected no tag, found !ruby/object'],
  ['a standard tag', 'a: !!set {b}', 'x.yaml:1:4: expected no tag, found !!set'],
  [
    'anchors and aliases',
    'a: &x 1\nb: *x',
    'x.yaml:1:4: expected no anchor, found &x',
    'x.yaml:2:4: expected no alias, found *x',
  ],
  ['merge keys', 'a:\n  <<: {b: 1}', 'x.yaml:2:3: a.<<: expected no merge key, found <<'],
  ['directives', '%YAML 1.1\n---\na: yes', 'x.yaml:1:1: expected no directive, found %YAML 1.1'],
  [
    'duplicate keys',
    'a: {b: 1, b: 2}\nc: 1\na: 3',
    'x.yaml:1:11: a.b: expected each key once (line 1 has it), found it again',
    'x.yaml:3:1: a: expected each key once (line 1 has it), found it again',
  ],
  [
    'names of the object prototype',
    '__proto__: {a: 1}\nb: {constructor: {prototype: 1}}',
    'x.yaml:1:1: __proto__: expected another name (this one is reserved), found __proto__',
    'x.yaml:2:5: b.constructor: expected another name (this one is reserved), found constructor',
  ],
  [
    'keys that are no texts',
    '1: a\ntrue: b\n? [c]\n: d\n: e',
    'x.yaml:1:1: expected a text as key, found 1',
    'x.yaml:2:1: expected a text as key, found true',
    'x.yaml:3:3: expected a text as key, found a list',
    'x.yaml:5:1: expected a text as key, found nothing',
  ],
  [
    'integers that lose digits',
    'a: [9007199254740992]',
    'x.yaml:1:5: a.0: expected an integer of at most 9007199254740991, found 9007199254740992',
  ],
  ['NUL characters', 'a: 1\nb: \0', 'x.yaml:2:4: expected printable text, found the control character U+0000'],
  ['escape characters', 'a: \u001b[2J', 'x.yaml:1:4: expected printable text, found the control character U+001B'],
  [
    '10,000 nested brackets',
    `a: ${'['.repeat(10_000)}`,
    'x.yaml:1:67: expected at most 64 levels of nesting, found more',
  ],
  ['10,000 nested dashes', '- '.repeat(10_000), 'x.yaml:1:129: expected at most 64 levels of nesting, found more'],
  ['10,000 nested maps', '{a: '.repeat(10_000), 'x.yaml:1:257: expected at most 64 levels of nesting, found more'],
  [
    'two keys in a line',
    'a: b: c',
    'x.yaml:1:4: expected one key in a line, or quotes around a text with a colon, found a second key',
  ],
  [
    'an open list',
    'a: [1,2',
    'x.yaml:1:8: expected valid YAML (flow sequence in block collection must be sufficiently indented ' +
      'and end with a ]), found the end of the file',
  ],
  ['an open quote', 'a: "x', 'x.yaml:1:6: expected valid YAML (missing closing quote "), found the end of the file'],
  ['a text over 1 MiB', 'a'.repeat(1_048_577), 'x.yaml: expected a file of at most 1 MiB, found a larger one'],
];

describe('the text of a source', () => {
  test.each(refused)('refuses %s', (_, text, ...lines) => {
    expect(linesOf(() => sourceOf(text, 'x.yaml'))).toEqual(lines);
  });

  test('accepts 64 levels of nesting', () => {
    expect(linesOf(() => sourceOf(`a: ${'['.repeat(63)}${']'.repeat(63)}`, 'x.yaml'))).toEqual([]);
  });

  test('reads the core schema of YAML 1.2: dates and yes stay texts, .nan and .inf are numbers', () => {
    const text = 'a: 2001-01-01\nb: yes\nc: .nan\nd: -.inf\ne: 0x10\nf: 1e3\ng: ~\nh: true\ni: [30d, "1"]\nj: -0';
    expect(sourceOf(text, 'x.yaml').value).toStrictEqual({
      a: '2001-01-01',
      b: 'yes',
      c: Number.NaN,
      d: -Infinity,
      e: 16,
      f: 1000,
      g: null,
      h: true,
      i: ['30d', '1'],
      j: 0,
    });
  });

  test('a byte-order mark and CRLF change neither value nor positions', () => {
    const source = sourceOf('\uFEFF# Why?\r\na:\r\n  b: 1\r\n  c: |\r\n    x\r\n    y\r\n', 'x.yaml');
    expect(source.value).toEqual({ a: { b: 1, c: 'x\ny\n' } });
    expect(source.question).toBe('Why?');
    expect(source.position(['a', 'b'])).toEqual({ file: 'x.yaml', line: 3, column: 6 });
  });

  test('position is that of the key, of the value, or of the deepest parent that exists', () => {
    const source = sourceOf('a:\n  b: [1, {c: 2}]\n', 'x.yaml');
    const at = (...place: Parameters<typeof source.position>) => {
      const { line, column } = source.position(...place)!;
      return [line, column];
    };
    expect(at(['a', 'b', 1, 'c'])).toEqual([2, 14]);
    expect(at(['a', 'b', 1, 'c'], 'key')).toEqual([2, 11]);
    expect(at(['a', 'missing'])).toEqual([1, 1]);
    expect(at(['a', 'b', 7])).toEqual([2, 3]);
    expect(at(['toString'])).toEqual([1, 1]);
    expect(at([])).toEqual([1, 1]);
  });

  test('question is the first comment line that is not for the editor', () => {
    const head = '# yaml-language-server: $schema=x.json\n\n# Does it pay?\n# More.\nseed: a # no\n';
    expect(sourceOf(head, 'x.yaml').question).toBe('Does it pay?');
    expect(sourceOf('seed: a\n# no\n', 'x.yaml').question).toBe('');
  });

  test('any text is read or refused', () => {
    const piece = fc.constantFrom(
      ...['a', ': ', '\n', '  ', '- ', '[', ']', '{', '}', ',', '"', "'", '|', '>', '#', '&x', '*x', '!t', '? ', '\t'],
      ...['---', '...', '%Y', '<<', '\r', '\uFEFF', '\0', '1e999', '99999999999999999999', '__proto__', '\ud800'],
    );
    const garbage = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(piece, { maxLength: 200 }).map((pieces) => pieces.join('')),
    );
    const property = fc.property(garbage, (text) => {
      expect(linesOf(() => sourceOf(text, 'x.yaml'))).toBeInstanceOf(Array);
    });
    fc.assert(property, { numRuns: 2_000, seed: 1 });
  });

  test.each([']', '[', '? ', '}{', '"', '[a: ]', '---\n', '&a ', '#  ', 'a:\n'])(
    '128 KiB of %j are refused within seconds, as the time grows with the length alone',
    (piece) => {
      const text = piece.repeat(Math.floor(131_072 / piece.length));
      expect(linesOf(() => sourceOf(text, 'x.yaml')).length).toBeGreaterThan(0);
    },
    10_000,
  );

  test('20,000 keys are read within seconds', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `key${index}: 1`).join('\n');
    expect(Object.keys(sourceOf(text, 'x.yaml').value as object)).toHaveLength(20_000);
  }, 10_000);
});

describe('readSource', () => {
  const write = (name: string, content: string | Uint8Array): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };

  test('refuses a missing file and names the one that was probably meant', () => {
    const file = write('sybil.yaml', 'a: 1');
    const missing = join(folder, 'sibyl.yaml');
    const line = `${missing}: expected a file, found nothing there; did you mean ${file}?`;
    expect(linesOf(() => readSource(missing))).toEqual([line]);
    expect(linesOf(() => readSource('no/such/folder/x.yaml'))).toEqual([
      'no/such/folder/x.yaml: expected a file, found nothing there',
    ]);
  });

  test('refuses a directory', () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    expect(linesOf(() => readSource(inner))).toEqual([`${inner}: expected a file, found a directory`]);
  });

  test('refuses a file of 2 MiB and accepts one of 1 MiB', () => {
    const large = write('large.yaml', ' '.repeat(2_097_152));
    expect(linesOf(() => readSource(large))).toEqual([
      `${large}: expected a file of at most 1 MiB, found a larger one`,
    ]);
    const fits = write('fits.yaml', `a: 1\n#${'x'.repeat(1_048_576 - 6)}`);
    expect(readSource(fits).value).toEqual({ a: 1 });
  });

  test('refuses bytes that are not UTF-8', () => {
    const binary = write('binary.yaml', Uint8Array.of(0x61, 0xff, 0xfe, 0x00));
    expect(linesOf(() => readSource(binary))).toEqual([`${binary}: expected a text in UTF-8, found other bytes`]);
  });

  test('reads through the function that is handed in', () => {
    expect(readSource('x.yaml', () => new TextEncoder().encode('a: ä')).value).toEqual({ a: 'ä' });
  });
});

describe('faults', () => {
  test('toLine strips control characters and cuts what was found to 60 characters', () => {
    const fault = { path: 'a.b\u001b[2J', expected: 'x', found: `\u0007\u202e${'é'.repeat(70)}` };
    expect(toLine(fault)).toBe(`a.b[2J: expected x, found ${'é'.repeat(59)}…`);
    expect(toLine({ path: '', expected: 'x', found: 'a\nb', suggestion: 'c' })).toBe(
      'expected x, found a b; did you mean c?',
    );
  });

  test('toFound writes YAML, with quotes where a text would be read as something else', () => {
    const value = { a: ['3', 3, 'x y', '', 'true', 0.5], b: { c: null, d: Number.NaN, e: -Infinity } };
    expect(toFound(value)).toBe('{a: ["3", 3, x y, "", "true", 0.5], b: {c: null, d: .nan, e…');
    expect([undefined, null, '.nan', '30d', '#', 'a: b'].map(toFound)).toEqual([
      ...['nothing', 'an empty value', '".nan"', '30d', '"#"', '"a: b"'],
    ]);
  });

  test('InvalidInput says the first hundred faults and counts the rest', () => {
    const error = new InvalidInput(Array.from({ length: 103 }, () => ({ path: 'a', expected: 'x', found: 'y' })));
    expect(error.message.split('\n')).toHaveLength(101);
    expect(error.message).toMatch(/\n… and 3 more$/);
    expect(error.faults).toHaveLength(103);
  });

  test('nearest forgives a slip, a swap, another case and a cut word, and nothing else', () => {
    const known = ['nodes', 'stake', 'reputation', 'outages', 'perHour'];
    expect(['nods', 'ndoes', 'Stake', 'reput', 'perhour', 'nodesCount'].map((word) => nearest(word, known))).toEqual([
      ...['nodes', 'nodes', 'stake', 'reputation', 'perHour', 'nodes'],
    ]);
    expect(['xyz', '', 'nodes'.repeat(40), 'fleet'].map((word) => nearest(word, known))).toEqual(
      Array(4).fill(undefined),
    );
  });
});
