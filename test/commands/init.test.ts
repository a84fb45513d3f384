import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { protocolNames } from '../../sim/scenario/schema/protocols.js';
import { temporaryFolder } from './captured.js';
import { root, sim } from './command-line.js';

describe('sim init', () => {
  test('writes scenario.yaml, whose question comes first and whose second line leads editors to the schema', () => {
    const folder = temporaryFolder();
    expect(sim(['init'], folder)).toEqual({
      code: 0,
      out: 'wrote scenario.yaml\nrun it with: sim run scenario.yaml\n',
      err: '',
    });
    const [first, second] = readFileSync(join(folder, 'scenario.yaml'), 'utf8').split('\n');
    expect(first).toMatch(/^# .+\?$/);
    const path = /^# yaml-language-server: \$schema=(.+)$/.exec(second!)?.[1];
    expect(resolve(folder, path!)).toBe(join(root, 'scenarios/scenario.schema.json'));
  });

  test.each(protocolNames())(
    'writes a scenario of %s that is valid and runs, with a question and expectations',
    (name) => {
      const folder = temporaryFolder();
      expect(sim(['init', 'mine.yaml', '--protocol', name], folder).code).toBe(0);
      const text = readFileSync(join(folder, 'mine.yaml'), 'utf8');
      expect(text).toContain(`extends: ${name}\n`);
      expect(sim(['validate', 'mine.yaml'], folder)).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^ok mine: .+\?\n$/),
      });
      const run = sim(['run', 'mine.yaml', '--no-charts', '--json', '--quiet'], folder);
      expect([run.code, run.err]).toEqual([0, '']);
      const { metrics, expectations } = JSON.parse(run.out);
      expect(metrics.completedFraction).toBeGreaterThan(0.5);
      expect(expectations).toHaveLength(2);
    },
  );

  test('has lines to uncomment that are valid', () => {
    const folder = temporaryFolder();
    sim(['init', 'mine.yaml'], folder);
    const file = join(folder, 'mine.yaml');
    const text = readFileSync(file, 'utf8');
    const uncommented = text.replace(/^( +)# (\w+: )/gm, '$1$2');
    expect(uncommented).not.toBe(text);
    writeFileSync(file, uncommented);
    expect(sim(['validate', 'mine.yaml'], folder)).toMatchObject({ code: 0, err: '' });
  });

  test('leaves a file that is there, and replaces it with --force', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'mine.yaml');
    writeFileSync(file, 'mine\n');
    expect(sim(['init', 'mine.yaml'], folder)).toEqual({
      code: 2,
      out: '',
      err: 'mine.yaml: expected a new file (--force replaces one), found a file of that name\n',
    });
    expect(readFileSync(file, 'utf8')).toBe('mine\n');
    expect(sim(['init', 'mine.yaml', '--force', '--quiet'], folder)).toEqual({
      code: 0,
      out: 'wrote mine.yaml\n',
      err: '',
    });
    expect(readFileSync(file, 'utf8')).toContain('fleet:');
  });

  test('prints one JSON object with --json', () => {
    const { code, out } = sim(['init', 'mine.yaml', '--json'], temporaryFolder());
    expect([code, JSON.parse(out)]).toEqual([0, { file: 'mine.yaml', protocol: 'triangulated-mesh' }]);
  });

  test('refuses what it can’t write, in one line, and writes nothing', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub.yaml'));
    const known = protocolNames().join(', ');
    const refusals: readonly [string[], string][] = [
      [['notes.txt'], 'notes.txt: expected a name that ends in .yaml, found another one'],
      [['sub.yaml', '--force'], 'sub.yaml: expected a file, found something else of that name'],
      [['none/mine.yaml'], 'none/mine.yaml: expected a file in a folder that is there, found no folder none'],
      [
        ['a.yaml', '--protocol', 'triangulated'],
        `--protocol: expected one of: ${known}, found triangulated; did you mean triangulated-mesh?`,
      ],
      [['a.yaml', '--protocol'], 'sim init: expected a value after --protocol, found nothing'],
      [['a.yaml', '--forse'], 'sim init: expected a known option, found --forse; did you mean --force?'],
    ];
    for (const [words, line] of refusals) {
      expect(sim(['init', ...words], folder)).toEqual({ code: 2, out: '', err: `${line}\n` });
    }
    expect(dirname(join(folder, 'a.yaml'))).toBe(folder);
  });
});

describe('sim schema', () => {
  test('prints the file that the package brings', () => {
    const committed = readFileSync(join(root, 'scenarios/scenario.schema.json'), 'utf8');
    expect(sim(['schema'], temporaryFolder())).toEqual({ code: 0, out: committed, err: '' });
    const line = sim(['schema', '--json']).out;
    expect(line.trimEnd()).not.toContain('\n');
    expect(JSON.parse(line)).toEqual(JSON.parse(committed));
  });
});
