import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../../sim/scenario/load.js';
import { Registry } from '../../../sim/scenario/schema/registry.js';
import { type SettingNode, settingTree } from '../../../sim/scenario/schema/setting-tree.js';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { linesOf } from '../../support/refusals.js';
import { loadText } from '../../support/scenarios.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const base = [
  'horizon: 10d',
  // some strategies work against others
  'fleet: { honest: { nodes: 30 }, others: { nodes: 5 } }',
  'workload: { batch: { arrivals: { perHour: 5 } } }',
  'stress: { outages: { o: { region: europe, at: 1d, for: 1h } }, bugs: { b: { region: japan, at: 1d, for: 1h } } }',
].join('\n');

interface Optional {
  readonly path: string;
  /** Settings that must stand beside it, such as the kind of its mechanism. */
  readonly beside: readonly string[];
}

/** Paths of all that may be left out, with a name for each NAME. */
function optionalIn(node: SettingNode, path: string, beside: readonly string[]): Optional[] {
  const { properties = {}, required = [], anyOf = [], additionalProperties } = node;
  const names: Readonly<Record<string, string>> = { fleet: 'honest', workload: 'batch' };
  const own = Object.entries(properties).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const self = required.includes(name) || name === 'kind' ? [] : [{ path: at, beside }];
    return [...self, ...optionalIn(inner, at, beside)];
  });
  const options = anyOf.flatMap((option) => {
    // distributions and rates are given whole
    if (option.properties === undefined || option.title === undefined) return [];
    return optionalIn(option, path, [...beside, `${path}.kind=${option.title}`]);
  });
  const blocks = anyOf.filter((option) => option.title === undefined && option.properties !== undefined);
  const only = blocks.length === 1 ? optionalIn(blocks[0]!, path, beside) : [];
  const name = names[path];
  const entries = typeof additionalProperties === 'object' && name !== undefined;
  return [...own, ...options, ...only, ...(entries ? optionalIn(additionalProperties, `${path}.${name}`, beside) : [])];
}

const givenWhole = [
  'trace',
  'appeal',
  'suspension',
  'byProfit',
  'otherwise',
  'insurance',
  'places',
  'subsidy',
  'lendAgainstScore',
  'delegatorsFollow',
  'elasticity',
  'probation',
  'slow',
  'lowScore',
  'grace',
  'holdLowScores',
  'boosts',
  'maintenance',
  'wear',
  'newcomers',
  'deadline',
  'leaves',
  'outages',
  'sellsResourceTokens',
];
const isGivenWhole = new RegExp(`(${givenWhole.join('|')})\\.|trace|nodes$|per(Second|Hour|Day)$`);
const optional = optionalIn(settingTree(Registry.builtIn()), '', []).filter(
  ({ path }) => !isGivenWhole.test(path) && !path.startsWith('question.'),
);

/** Without the functions of distributions, which are others each time, and without all that could have been named. */
const plainOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, part) => (key === 'registry' ? undefined : part)));

describe('null', () => {
  test('is tried on more than a hundred settings', () => {
    expect(optional.length).toBeGreaterThan(100);
  });

  test.each(optional)('$path=null is as if nothing was said', ({ path, beside }) => {
    if (/^stress(\.outages|\.bugs)?$/.test(path)) return;
    const plain = loadText(base, ...beside).scenario;
    expect(plainOf(loadText(base, ...beside, `${path}=null`).scenario)).toEqual(plainOf(plain));
  });

  test.each([
    ['fleet.honest.leaves={after: 2d}', 'fleet.honest.leaves=null'],
    ['fleet.honest.maintenance={every: 7d, for: 1h, at: 1d}', 'fleet.honest.maintenance=null'],
    ['fleet.honest.wear={every: 7d, loss: 0.1}', 'fleet.honest.wear=null'],
    ['fleet.honest.slots=3', 'fleet.honest.slots=null'],
    ['fleet.honest.throughput={constant: 3}', 'fleet.honest.throughput='],
    ['fleet.honest.quality=0.5', 'fleet.honest.quality=~'],
    ['fleet.honest.regions=japan', 'fleet.honest.regions=null'],
    ['fleet.honest.providers={acme: 1}', 'fleet.honest.providers=null'],
    ['fleet.honest.joins={at: 1d, newcomers: {perDay: 1}}', 'fleet.honest.joins={at: null, newcomers: null}'],
    ['workload.batch.jobs=5', 'workload.batch.jobs=null'],
    ['workload.batch.work=5m', 'workload.batch.work=null'],
    ['workload.batch.fee=5', 'workload.batch.fee=null'],
    ['workload.batch.deadline={times: 3}', 'workload.batch.deadline=null'],
    ['workload.batch.deadline={times: 3}', 'workload.batch={deadline: {times: null}, arrivals: {diurnal: null}}'],
    ['warmUp=1d', 'warmUp=null'],
    ['question={ask: Why?, yesIf: {metric: jobsFinal, above: 0}}', 'question=null'],
    ['protocol.reputation={kind: step, gain: 0.1}', 'protocol.reputation=null'],
    ['protocol.reputation={alpha: 0.1}', 'protocol.reputation.alpha=null'],
    ['protocol.rewards.holdEpochs=3', 'protocol={rewards: {holdEpochs: null}, epoch: null}'],
    ['fleet.honest.strategy={kind: always-wrong, wrongProbability: 0.1}', 'fleet.honest.strategy={kind: null}'],
  ])('%s and then %s leaves the default', (given, taken) => {
    const { scenario } = loadText(base);
    const laid = loadText(base, given, taken).scenario;
    const { deadline, ...batch } = laid.workload.batch!;
    // what a block holds beside is what its own defaults would be
    if (taken.includes('times')) expect(deadline).toEqual({ times: 6, atLeast: 60 });
    else expect(deadline).toBeUndefined();
    expect(plainOf({ ...laid, workload: { batch } })).toEqual(plainOf(scenario));
  });

  test.each([
    ['horizon=null', 'horizon'],
    ['fleet.honest.nodes=null', 'fleet.honest'],
    ['fleet=null', 'fleet'],
    ['workload.batch.arrivals=null', 'workload.batch.arrivals'],
    ['stress.outages.o.for=null', 'stress.outages.o.for'],
  ])('%s is refused, as there is no default', (setting, path) => {
    expect(() => loadText(base, setting)).toThrow(InvalidInput);
    expect(() => loadText(base, setting)).toThrow(`${path}: expected `);
  });

  test('is placed where it is written', () => {
    expect(() => loadText(base.replace('10d', 'null'))).toThrow(/:1:10: horizon: expected .*, found an empty value$/);
  });

  test.each([
    ['horizn=null', 'horizn', 'horizon'],
    ['fleet.honest.leavs=null', 'fleet.honest.leavs', 'leaves'],
    ['fleet={honest: {leavs: ~}}', 'fleet.honest.leavs', 'leaves'],
    ['money.tokenPrce=', 'money.tokenPrce', 'tokenPrice'],
    ['protocol={attemps: null}', 'protocol.attemps', 'attempts'],
    ['protocol.reputation={kind: ema, alpah: null}', 'protocol.reputation.alpah', 'alpha'],
    ['protocol.verification=[{kind: redundancy, replcas: null}]', 'protocol.verification.0.replcas', 'replicas'],
    ['protocol.checkIn={evry: null}', 'protocol.checkIn.evry', 'every'],
    ['workload.batch.arrivals={diurnl: null}', 'workload.batch.arrivals.diurnl', 'diurnal'],
    ['workload.batch.deadline={tims: null}', 'workload.batch.deadline.tims', 'times'],
    ['fleet.honest.regions={jpan: null, europe: 1}', 'fleet.honest.regions.jpan', 'japan'],
    ['fleet.honest.outages={patern: null, up: 1d, down: 1h}', 'fleet.honest.outages.patern', 'pattern'],
    ['stress.outages.o.regin=null', 'stress.outages.o.regin', 'region'],
    ['expect=[{metric: jobsFinal, above: 1, atMst: null}]', 'expect.0.atMst', 'atMost'],
    [
      'expect=[{metric: jobsFinal, above: 1, at: {from: 1d, to: 2d, lastDay: null}}]',
      'expect.0.at.lastDay',
      'lastDays',
    ],
  ])('%s is refused as an unknown key', (setting, path, meant) => {
    const found = path.split('.').at(-1);
    expect(() => loadText(base, setting)).toThrow(
      new RegExp(`^--set:1:\\d+: ${path}: expected a known setting, found ${found}; did you mean ${meant}\\?$`),
    );
  });

  test.each([
    ['protocol.foo=null', 'protocol.foo'],
    ['protocol.reputation={kind: ema, gain: null}', 'protocol.reputation.gain'],
    ['extends=null', 'extends'],
  ])('%s gives nothing back, as there is no such setting', (setting, path) => {
    expect(() => loadText(base, setting)).toThrow(new RegExp(`^--set:1:\\d+: ${path}: expected one of: `));
  });

  test('an unknown key is told in its place among the other faults', () => {
    const text = base.replace('nodes: 30', 'nodes: -1, leavs: null').replace('10d', '10d\nhorizn: null');
    const places = (message: string) => message.split('\n').map((line) => /:(\d+:\d+): (.*?):/.exec(line)?.slice(1));
    try {
      loadText(text);
      expect.unreachable();
    } catch (error) {
      expect(places((error as InvalidInput).message)).toEqual([
        ['2:1', 'horizn'],
        ['3:27', 'fleet.honest.nodes'],
        ['3:31', 'fleet.honest.leavs'],
      ]);
    }
  });

  test.each([
    'workload.batch.work={constant: 2, lognormal: null}',
    'workload.batch.arrivals={perHour: 2, perDay: null}',
    'fleet.honest.regions={europe: 1, japan: null}',
    'expect=[{metric: jobsFinal, above: 1, below: null, at: {from: 1d, to: 2d, lastDays: null}}]',
  ])('%s is taken, as another choice has that key', (setting) => {
    expect(() => loadText(base, setting)).not.toThrow();
  });

  test('leaves what a manifest holds as checked without it', () => {
    expect(loadText(base, 'fleet.honest.leaves=null').written).not.toHaveProperty('fleet.honest.leaves');
  });

  describe('of a part by name', () => {
    const parent = [
      'horizon: 10d',
      'fleet: { honest: { nodes: 30, hardware: { h100: 0.5, t4: 0.5 }, providers: { acme: 0.5 } } }',
      'workload: { batch: { arrivals: { perHour: 5, surges: { lunch: { at: 2d, for: 1h, factor: 2 } } } } }',
      'stress: { outages: { cut: { region: europe, at: 1d, for: 1h } } }',
    ].join('\n');
    const folder = temporaryFolder('nulls');
    writeFileSync(join(folder, 'parent.yaml'), parent);

    /** What a null says in a child's file, as a setting's value and by a path: faults without their place. */
    function readings(path: string, name: string): readonly string[][] {
      const names = path.split('.');
      const value = `{${name}: null}`;
      const nested = names.slice(1).reduceRight((inner, key) => `{${key}: ${inner}}`, value);
      writeFileSync(join(folder, 'child.yaml'), `extends: parent.yaml\n${names[0]}: ${nested}\n`);
      const file = join(folder, 'parent.yaml');
      return [
        linesOf(() => loadScenario(join(folder, 'child.yaml'))),
        linesOf(() => loadScenario(file, { set: [`${path}=${value}`] })),
        linesOf(() => loadScenario(file, { set: [`${path}.${name}=`] })),
      ].map((lines, index) => {
        const place = index === 0 ? /child\.yaml:2:\d+: / : /^--set:1:\d+: /;
        for (const line of lines) expect(line).toMatch(place);
        return lines.map((line) => line.replace(/^.*?:\d+:\d+: /, ''));
      });
    }

    test.each([
      ['fleet', 'honst', 'honest'],
      ['workload', 'btch', 'batch'],
      ['workload.batch.arrivals.surges', 'lnch', 'lunch'],
      ['stress.outages', 'cat', 'cut'],
      ['fleet.honest.providers', 'acne', 'acme'],
      ['fleet.honest.hardware', 'h10', 'h100'],
    ])('%s: {%s: null} is refused with the names that there are, however it is written', (path, name, meant) => {
      const known = path.endsWith('hardware') ? 'h100, t4' : meant;
      const line = `${path}: expected one of: ${known}, found ${name}, which null would take away`;
      const told = [`${line}; did you mean ${meant}?`];
      expect(readings(path, name)).toEqual([told, told, told]);
    });

    test('a share is taken away by its name, however it is written', () => {
      const told = ['fleet.honest.hardware: expected shares that sum to 1, found {t4: 0.5}'];
      expect(readings('fleet.honest.hardware', 'h100')).toEqual([told, told, told]);
      writeFileSync(
        join(folder, 'child.yaml'),
        'extends: parent.yaml\nfleet: {honest: {hardware: {h100: null, t4: 1}}}',
      );
      expect(loadScenario(join(folder, 'child.yaml')).scenario.fleet.honest!.hardware).toEqual({ t4: 1 });
    });

    test('a name without a value where nothing is inherited is yet to be filled in', () => {
      const text = parent.replace('honest: {', 'ghost: null, honest: {');
      expect(linesOf(() => loadText(text))[0]).toMatch(/: fleet\.ghost: expected a map, found an empty value$/);
    });
  });
});
