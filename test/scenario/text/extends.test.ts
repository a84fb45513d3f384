import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadWithExtends } from '../../../sim/scenario/text/extends.js';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const root = temporaryFolder('ext');
let folder = '';
let ordinal = 0;
beforeEach(() => {
  folder = join(root, String(ordinal++));
  mkdirSync(join(folder, 'protocols'), { recursive: true });
});

/** Writes the files and loads the first one; protocols are looked for in their own folder. */
function load(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const extended = loadWithExtends(join(folder, Object.keys(files)[0]!), {
    resolve: (name, from, what) => {
      if (what === 'scenario') return join(dirname(from), name);
      if (name.startsWith('no-')) {
        throw new InvalidInput([{ path: '', expected: 'one of: mesh, market', found: name, suggestion: 'mesh' }]);
      }
      return join(folder, 'protocols', `${name}.yaml`);
    },
  });
  return extended.withProtocol(extended);
}

function linesOf(files: Record<string, string>): string[] {
  const toLines = (faults: InvalidInput) => faults.message.replaceAll(`${folder}/`, '').split('\n');
  try {
    const { faults } = load(files);
    return faults.length === 0 ? [] : toLines(new InvalidInput(faults));
  } catch (error) {
    if (error instanceof InvalidInput) return toLines(error);
    throw error;
  }
}

describe('loadWithExtends', () => {
  test('the nearer file wins key by key, and the extends key is consumed', () => {
    const source = load({
      'near.yaml': '# Mine?\nextends: middle.yaml\nseed: b\nfleet: {honest: {nodes: 5}}\nexpect: [1]\n',
      'middle.yaml': 'extends: far.yaml\nseed: a\nfleet: {honest: {stake: 2}}\n',
      'far.yaml': '# Base?\nhorizon: 30d\nfleet: {honest: {nodes: 1, stake: 1, hardware: gpu}}\nexpect: [2, 3]\n',
    });
    expect(source.value).toEqual({
      horizon: '30d',
      seed: 'b',
      fleet: { honest: { nodes: 5, stake: 2, hardware: 'gpu' } },
      expect: [1],
    });
    expect(source.question).toBe('Mine?');
    expect(source.files).toEqual(['near.yaml', 'middle.yaml', 'far.yaml'].map((name) => join(folder, name)));
  });

  test('positions point into the file that a value came from', () => {
    const source = load({ 'near.yaml': 'extends: far.yaml\na: {b: 1}\n', 'far.yaml': 'a:\n  c: 2\n' });
    expect(source.position(['a', 'b'])).toEqual({ file: join(folder, 'near.yaml'), line: 2, column: 8 });
    expect(source.position(['a', 'c'])).toEqual({ file: join(folder, 'far.yaml'), line: 2, column: 6 });
    expect(source.position(['a', 'missing'])?.file).toBe(join(folder, 'near.yaml'));
  });

  test('a block of another kind replaces the inherited one whole, one of the same kind is merged', () => {
    const far = 'a: {kind: ema, x: 1}\nb: {kind: ema, x: 1}\nc: {kind: ema, x: 1}\nd: ema\ne: {kind: ema, x: 1}\n';
    const near = 'extends: far.yaml\na: {kind: step}\nb: {kind: ema, y: 2}\nc: step\nd: {y: 2}\ne: ema\n';
    expect(load({ 'near.yaml': near, 'far.yaml': far }).value).toEqual({
      a: { kind: 'step' },
      b: { kind: 'ema', x: 1, y: 2 },
      c: 'step',
      d: { kind: 'ema', y: 2 },
      e: { kind: 'ema', x: 1 },
    });
  });

  test('a distribution or rate of another form takes the place of the inherited one', () => {
    const far =
      'work: {uniform: {low: 1, high: 2}}\narrivals: {perHour: 3, diurnal: 0.4}\n' +
      'same: {weibull: {shape: 1, scale: 2}}\n';
    const near =
      'extends: far.yaml\nwork: {exponential: {mean: 1}}\narrivals: {perDay: 5}\nsame: {weibull: {scale: 3}}\n';
    expect(load({ 'near.yaml': near, 'far.yaml': far }).value).toEqual({
      work: { exponential: { mean: 1 } },
      arrivals: { perDay: 5, diurnal: 0.4 },
      same: { weibull: { shape: 1, scale: 3 } },
    });
  });

  test('null removes an inherited cohort or workload and nothing else', () => {
    const far = 'fleet: {uniform: {n: 1}, constant: {n: 2}}\nworkload: {a: 1, b: 2}\nhorizon: 1d\n';
    const near = 'extends: far.yaml\nfleet: {uniform: null, other: null}\nworkload: {b: ~}\nhorizon:\n';
    expect(load({ 'near.yaml': near, 'far.yaml': far }).value).toEqual({
      fleet: { constant: { n: 2 }, other: null },
      workload: { a: 1 },
      horizon: null,
    });
  });

  test('cohorts named like distributions do not displace each other', () => {
    const source = load({
      'near.yaml': 'extends: far.yaml\nfleet: {uniform: 1}\n',
      'far.yaml': 'fleet: {constant: 2}\n',
    });
    expect(source.value).toEqual({ fleet: { constant: 2, uniform: 1 } });
  });

  test('a protocol is completed from the one it names, through several files', () => {
    const files = {
      'x.yaml': 'protocol: {extends: mesh, slashing: {maxFraction: 0.1}}\n',
      'protocols/mesh.yaml': 'extends: base\nslashing: {kind: flat, maxFraction: 0.5}\n',
      'protocols/base.yaml': 'reputation: ema\nslashing: {kind: none}\n',
    };
    const source = load(files);
    expect(source.value).toEqual({ protocol: { reputation: 'ema', slashing: { kind: 'flat', maxFraction: 0.1 } } });
    expect(source.position(['protocol', 'reputation'])?.file).toBe(join(folder, 'protocols/base.yaml'));
    expect(load({ ...files, 'x.yaml': 'protocol: mesh\n' }).value).toEqual({
      protocol: { reputation: 'ema', slashing: { kind: 'flat', maxFraction: 0.5 } },
    });
  });

  test('a scenario changes the protocol that it inherits, and one that names another starts from that', () => {
    const files = {
      'near.yaml': 'extends: far.yaml\nprotocol: {a: 3}\n',
      'far.yaml': 'protocol: {extends: mesh, b: 2}\n',
      'protocols/mesh.yaml': 'a: 1\nb: 1\n',
      'protocols/market.yaml': 'c: 1\n',
    };
    expect(load(files).value).toEqual({ protocol: { a: 3, b: 2 } });
    const other = { ...files, 'near.yaml': 'extends: far.yaml\nprotocol: market\n' };
    expect(load(other).value).toEqual({ protocol: { c: 1 } });
  });

  test('refuses files that extend themselves and shows the circle', () => {
    const circle = { 'a.yaml': 'extends: b.yaml', 'b.yaml': 'extends: c.yaml', 'c.yaml': 'x: 1\nextends: b.yaml' };
    expect(linesOf(circle)).toEqual([
      'c.yaml:2:10: extends: expected files that do not extend themselves (b.yaml → c.yaml → b.yaml), found b.yaml',
    ]);
    expect(linesOf({ 'x.yaml': 'protocol: mesh', 'protocols/mesh.yaml': 'extends: mesh' })).toEqual([
      'protocols/mesh.yaml:1:10: protocol.extends: expected files that do not extend themselves ' +
        '(protocols/mesh.yaml → protocols/mesh.yaml), found mesh',
    ]);
  });

  test('refuses a missing file, a directory and an unknown protocol where they are named', () => {
    expect(linesOf({ 'a.yaml': 'x: 1\nextends: nowhere.yaml' })[0]).toMatch(
      /^a\.yaml:2:10: extends: expected a file, found nothing there \(nowhere\.yaml\)/,
    );
    expect(linesOf({ 'a.yaml': 'extends: protocols' })).toEqual([
      'a.yaml:1:10: extends: expected a file, found a directory (protocols)',
    ]);
    expect(linesOf({ 'a.yaml': 'protocol: no-mesh', 'protocols/mesh.yaml': 'b: 2' })).toEqual([
      'a.yaml:1:11: protocol.extends: expected one of: mesh, market, found no-mesh; did you mean mesh?',
    ]);
  });

  test('goes on with the protocol that a mistyped name was meant for, and without one that nobody could mean', () => {
    const mesh = { 'protocols/mesh.yaml': 'b: 2' };
    const mistyped = load({ 'a.yaml': 'x: 1\nprotocol: {extends: no-mesh, c: 3}', ...mesh });
    expect(mistyped.value).toEqual({ x: 1, protocol: { b: 2, c: 3 } });
    expect(mistyped.faults).toHaveLength(1);
    const unknown = load({ 'b.yaml': 'x: 1\nprotocol: {extends: nothing, c: 3}' });
    expect(unknown.value).toEqual({ x: 1 });
    expect(unknown.faults).toHaveLength(1);
  });

  test('refuses an extends that is no name', () => {
    expect(linesOf({ 'a.yaml': 'extends: [b.yaml, c.yaml]' })).toEqual([
      'a.yaml:1:10: extends: expected the name of a scenario, found [b.yaml, c.yaml]',
    ]);
    expect(linesOf({ 'a.yaml': 'protocol: {extends: 3}' })).toEqual([
      'a.yaml:1:21: protocol.extends: expected the name of a protocol, found 3',
    ]);
  });

  test('null takes an inherited name of a protocol back, and asks for nothing in place of another setting', () => {
    const far = 'protocol: {extends: mesh}\na: {perHour: 3}\n';
    writeFileSync(join(folder, 'protocols', 'mesh.yaml'), 'epoch: 1h\n');
    expect(
      load({ 'near.yaml': 'extends: far.yaml\nprotocol: {extends: null}\na: {perDay: null}', 'far.yaml': far }),
    ).toMatchObject({
      protocol: null,
      value: { protocol: {}, a: { perHour: 3, perDay: null } },
    });
  });

  test.each([
    ['{extends: mesh, b: 2, c: {kind: x, n: 1}}', '{extends: null, a: 3}', { b: 2, c: { kind: 'x', n: 1 }, a: 3 }],
    ['{extends: mesh, b: 2}', '{extends: null, b: null}', { b: null }],
    ['mesh', '{extends: null, a: 3}', { a: 3 }],
    ['{b: 2}', '{extends: null}', { b: 2 }],
  ])('of %s, %s takes the protocol that is named, and leaves what stands beside it', (far, near, left) => {
    writeFileSync(join(folder, 'protocols', 'mesh.yaml'), 'epoch: 1h\n');
    const source = load({ 'near.yaml': `extends: far.yaml\nprotocol: ${near}`, 'far.yaml': `protocol: ${far}` });
    expect(source).toMatchObject({ protocol: null, value: { protocol: left } });
    expect(source.value).toEqual({ protocol: left });
    expect(source.files).toHaveLength(2);
  });

  test('faults in an extended file are placed in that file', () => {
    expect(linesOf({ 'a.yaml': 'extends: b.yaml', 'b.yaml': '- 1' })).toEqual([
      'b.yaml:1:1: expected a map of settings, found a list',
    ]);
  });
});
