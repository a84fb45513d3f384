import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadScenario } from '../../../sim/scenario/load.js';
import { jsonSchemaText } from '../../../sim/scenario/schema/json-schema.js';
import { temporaryFolder, writeScenario } from '../../commands/captured.js';
import { casesOf } from '../../support/effort.js';
import { anyScenario } from '../../support/random-scenarios.js';
import { loadText } from '../../support/scenarios.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const committed = join(root, 'scenarios/scenario.schema.json');
const accepts = new Ajv({ strict: true, strictRequired: false }).compile(JSON.parse(jsonSchemaText()));

/** Every YAML file of the package with nodes in it, or that is laid over one. */
const shipped = readdirSync(join(root, 'scenarios'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join(root, 'scenarios', name))
  .filter((file) => 'fleet' in parse(readFileSync(file, 'utf8')) || 'extends' in parse(readFileSync(file, 'utf8')));

const scenario = `
horizon: 1d
protocol: { extends: triangulated-mesh }
fleet:
  honest: { nodes: 30 }
  swarm: { nodes: 5, strategy: { kind: sybil-swarm, machines: 2 } }
workload:
  batch: { arrivals: { perHour: 60 } }
`;

describe('scenarios/scenario.schema.json', () => {
  test('is what the schemas say now; npm run update-docs writes it', () => {
    expect(readFileSync(committed, 'utf8')).toBe(jsonSchemaText());
  });

  test('accepts every scenario of the package', () => {
    expect(shipped.length).toBeGreaterThanOrEqual(5);
    for (const file of shipped) {
      expect(accepts(parse(readFileSync(file, 'utf8'))), `${file}: ${JSON.stringify(accepts.errors)}`).toBe(true);
    }
  });

  test('is what the editor’s line of a scenario leads to', () => {
    const lines = shipped.map((file) => ({
      file,
      path: /^# yaml-language-server: \$schema=(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1],
    }));
    const linked = lines.filter(({ path }) => path !== undefined);
    expect(linked.length).toBeGreaterThanOrEqual(5);
    for (const { file, path } of linked) expect(resolve(dirname(file), path!)).toBe(committed);
  });

  test('accepts what the check accepts, over scenarios of every mechanism', () => {
    fc.assert(
      fc.property(anyScenario, (text) => {
        loadText(text);
        expect(accepts(parse(text)), JSON.stringify(accepts.errors)).toBe(true);
      }),
      { numRuns: casesOf(200), seed: 1 },
    );
  });

  test.each([
    ['a bare name for a protocol', '{ extends: triangulated-mesh }', 'triangulated-mesh'],
    ['a file for a protocol', '{ extends: triangulated-mesh }', '{ extends: ./mine.yaml, stake: { minimum: 5 } }'],
    [
      'settings of an inherited mechanism',
      '{ extends: triangulated-mesh }',
      '{ extends: triangulated-mesh, slashing: { maxFraction: 0.5 } }',
    ],
    ['settings of a default mechanism', '{ extends: triangulated-mesh }', '{ rewards: { holdEpochs: 1 } }'],
    [
      'null for what has a default',
      'nodes: 30',
      'nodes: 30, leaves: null, wear: null, slots: null, joins: { at: null }',
    ],
    ['null for a protocol', '{ extends: triangulated-mesh }', 'null'],
    ['plain seconds', 'horizon: 1d', 'horizon: 86400'],
    ['a distribution', 'nodes: 30', 'nodes: 30, throughput: { lognormal: { median: 1, sigma: 0.3 } }'],
    ['shares', 'nodes: 30', 'nodes: 30, hardware: { t4: 0.5, v100: 0.5 }'],
    [
      'a list of mechanisms',
      '{ extends: triangulated-mesh }',
      '{ verification: [none, { kind: recompute, share: 1 }] }',
    ],
  ])('accepts %s', (_title, from, to) => {
    expect(() => loadText(scenario.replace(from, to.replace('./mine.yaml', 'triangulated-mesh')))).not.toThrow();
    expect(accepts(parse(scenario.replace(from, to))), JSON.stringify(accepts.errors)).toBe(true);
  });

  test('accepts in a file that extends another one what the check accepts there', () => {
    const folder = temporaryFolder();
    writeScenario(folder, `# Far?\n${scenario}`, 'far.yaml');
    const near = 'extends: far.yaml\nfleet: { swarm: null, honest: { stake: 50 } }\nworkload: { batch: { fee: 1 } }\n';
    const file = writeScenario(folder, near, 'near.yaml');
    expect(Object.keys(loadScenario(file).scenario.fleet)).toEqual(['honest']);
    expect(accepts(parse(near)), JSON.stringify(accepts.errors)).toBe(true);
    expect(accepts(parse(near.replace('extends: far.yaml', 'horizon: 1d')))).toBe(false);
  });

  test.each([
    ['an unknown key', 'horizon: 1d', 'horizn: 1d\nhorizon: 1d'],
    ['an unknown key of a cohort', 'nodes: 30', 'nodes: 30, node: 3'],
    ['no horizon', 'horizon: 1d', ''],
    ['no workload', /workload:[\s\S]*/, ''],
    ['no arrivals', '{ arrivals: { perHour: 60 } }', '{ fee: 1 }'],
    ['a removed cohort that nobody gave', '{ nodes: 30 }', 'null'],
    ['an unknown mechanism', '{ extends: triangulated-mesh }', '{ reputation: eigentruth }'],
    ['a mechanism without its kind', '{ extends: triangulated-mesh }', '{ reputation: { gain: 0.1 } }'],
    ['an end that is null', 'horizon: 1d', 'horizon: null'],
    ['a strategy without its kind', 'kind: sybil-swarm, ', ''],
    ['a setting of another mechanism', '{ extends: triangulated-mesh }', '{ reputation: { kind: ema, gain: 0.1 } }'],
    ['a protocol without its mechanism’s kind', '{ extends: triangulated-mesh }', '{ slashing: { maxFraction: 0.5 } }'],
    ['an unknown protocol', 'extends: triangulated-mesh', 'extends: triangulated-mash'],
    ['a mechanism without its kind in a list', '{ extends: triangulated-mesh }', '{ verification: [{ share: 1 }] }'],
    ['an unknown strategy', 'kind: sybil-swarm', 'kind: sybil-swarms'],
    ['a number out of range', 'nodes: 30', 'nodes: 0'],
    ['a fraction of an integer', 'nodes: 30', 'nodes: 3.5'],
    ['a duration in other words', 'horizon: 1d', 'horizon: 1 day'],
    ['a duration below the least', '{ extends: triangulated-mesh }', '{ epoch: 60 }'],
    ['a text for a number', 'perHour: 60', 'perHour: lots'],
    ['a distribution of another name', 'nodes: 30', 'nodes: 30, throughput: { normal: { mean: 1 } }'],
    ['a name of no hardware', 'nodes: 30', 'nodes: 30, hardware: abacus'],
    ['an expectation of no metric', /$/, 'expect: [{ metric: completedFractoin, above: 0 }]\n'],
    ['an expectation without a metric', /$/, 'expect: [{ above: 0 }]\n'],
  ])('refuses, as the check does, %s', (_title, from, to) => {
    const text = scenario.replace(from, to);
    expect(() => loadText(text)).toThrow(/expected/);
    expect(accepts(parse(text))).toBe(false);
  });
});
