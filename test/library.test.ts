import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as library from '../sim/index.js';
import { root, temporaryFolder } from './commands/command-line.js';

test('the program in the library’s document runs, and its settings stand in the manifest’s command', () => {
  const [, program] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs/library.md'), 'utf8'))!;
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/reputation-sim'));
  cpSync(join(root, 'scenarios'), join(folder, 'scenarios'), { recursive: true });
  writeFileSync(join(folder, 'program.mjs'), program!);
  const ended = spawnSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  expect(ended.stdout).toMatch(/^simulated\n7 \d+ [0-9a-f]{16}\nruns 1\n/);
  expect(ended.stdout).toMatch(/\n\d+ charts 0 that could not be drawn\n$/);
  const manifest = JSON.parse(readFileSync(join(folder, 'out/first-steps/manifest.json'), 'utf8'));
  expect(manifest.overrides).toEqual(['seed=7', 'horizon=2d']);
  expect(manifest.command).toBe('sim run scenarios/first-steps.yaml --set seed=7 --set horizon=2d');
});

const file = join(root, 'scenarios/first-steps.yaml');
type Anything = (...given: unknown[]) => unknown;
const { loadScenario, runScenario, writeRunFolder } = library as unknown as Readonly<Record<string, Anything>>;

test.each([
  [() => loadScenario!(file, { set: 'seed=7' }), 'loadScenario: options.set: expected a list of texts, found "seed=7"'],
  [() => loadScenario!(file, { set: [7] }), 'loadScenario: options.set.0: expected a text, found 7'],
  [
    () => loadScenario!(file, { sets: ['seed=7'] }),
    'loadScenario: options: expected one of the options set, allowPaths, withTraces, registry, ' +
      'withPlugins, onPlugin, pluginFiles, found sets; did you ' +
      'mean set?',
  ],
  [() => loadScenario!(file, ['seed=7']), /^loadScenario: options: expected an object with options: set, /],
  [() => loadScenario!(null), 'loadScenario: file: expected a text, found an empty value'],
  [() => runScenario!(file), /^runScenario: loaded: expected what loadScenario returns, found .*first-steps.yaml$/],
  [
    () => runScenario!(library.loadScenario(file), { detail: 1 }),
    'runScenario: options.detail: expected true or false, found 1',
  ],
  [
    () => writeRunFolder!(7, {}, { force: 'yes' }),
    /folder: expected a text, found 7\n.*\n.*options.force: .*found yes$/,
  ],
])('a plain mistake is told by the name of what was given: %s', async (call, expected) => {
  const thrown = await Promise.resolve()
    .then(call)
    .catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(library.InvalidInput);
  if (typeof expected === 'string') expect((thrown as Error).message).toBe(expected);
  else expect((thrown as Error).message).toMatch(expected);
});

test('no public function that takes anything answers a mistake with an error of its own insides', async () => {
  const functions = Object.entries(library).filter(
    ([name, value]) => typeof value === 'function' && /^[a-z]/.test(name),
  );
  expect(functions.length).toBeGreaterThan(15);
  for (const [name, value] of functions) {
    for (const given of [null, 'x', {}, [7]]) {
      const thrown = await Promise.resolve()
        .then(() => (value as Anything)(given, given))
        .catch((error: unknown) => error);
      expect(thrown instanceof TypeError, `${name}(${JSON.stringify(given)})`).toBe(false);
    }
  }
});

test('replications that can’t be are told by their names', async () => {
  const loaded = library.loadScenario(file);
  const given = { replications: 1.5, precision: [{ metric: 'nope', halfWidth: 0 }] };
  await expect(library.replicate(loaded, given)).rejects.toThrow(
    [
      'replicate: options.replications: expected a whole number from 1 on, found 1.5',
      'replicate: options.precision.0.halfWidth: expected a number above 0, found 0',
    ].join('\n'),
  );
  // which metrics there are is the scenario's to say
  const unknown = { replications: 2, precision: [{ metric: 'nope', halfWidth: 1 }] };
  await expect(library.replicate(loaded, unknown)).rejects.toThrow(
    'precision.metric: expected the name of a metric, found nope',
  );
});

test('an object of options may lack any of them', () => {
  expect(library.loadScenario(file, {}).scenario.seed).toBe(library.loadScenario(file).scenario.seed);
  expect(library.gini(Float64Array.of(1, 1))).toBe(0);
  expect(library.quantileSorted([1, 2, 3], 0.5)).toBe(2);
});

test('algorithms say what of their input can’t be', () => {
  const { betaReputation, committeeCapture, credibility, eigenTrust, subjectiveLogic } = library;
  expect(() => betaReputation({ positive: -1, negative: 0 })).toThrow(
    'betaReputation: evidence.positive: expected a number of at least 0, found -1',
  );
  expect(() => committeeCapture(10, 11, 3, 2)).toThrow(
    'committeeCapture: colluders: expected a whole number from 0 to 10',
  );
  const edges = { peers: 2, from: [0, 1], to: [1, 2], value: [1, 1] };
  const options = { preTrust: [0, 0], preTrustWeight: 0.5, epsilon: 1e-9, stepsMost: 10 };
  expect(() => eigenTrust(edges, options)).toThrow(
    /^eigenTrust: local\.to: expected 2 numbers of peers, from 0 to 1, .*\n.*preTrust: expected pre-trust, not all 0/,
  );
  const certain = { belief: 1, disbelief: 1, uncertainty: 0, baseRate: 0.5 };
  expect(() => subjectiveLogic.expectation(certain)).toThrow('with a sum of 1');
  expect(() => credibility.ofAnswer([[2]], 0)).toThrow('expected a number from 0 to 1, found 2');
  expect(credibility.ofAnswer([[0.9, 0.9], [0.8]], 0)).toBeCloseTo(0.162 / (0.162 + 0.008 + 0.002), 12);
  expect(credibility.ofNode(10, 0.2, false)).toBeCloseTo(0.98, 12);
});

const definers = Object.entries(library).filter(([name]) => /^define[A-Z]/.test(name) && name !== 'defineMetric') as [
  string,
  Anything,
][];

test('there is a function for each role that defines a kind of it, and gives it back as it is', () => {
  expect(definers).toHaveLength(Object.keys(library.Registry.builtIn().registered).length);
  const roles: Readonly<Record<string, string>> = {
    ...{ defineAssignmentPolicy: 'assignment', defineVerificationScheme: 'verification', defineStrategy: 'strategy' },
    ...{ defineReputationModel: 'reputation', defineSlashingRule: 'slashing', defineRewardRule: 'rewards' },
  };
  const { registered } = library.Registry.builtIn();
  for (const [name, define] of definers) {
    const entries = registered[roles[name] as keyof typeof registered];
    for (const entry of entries) expect(define(entry)).toBe(entry);
  }
});

test('defineMetric gives a metric back as it is, and says what it lacks', () => {
  const metric = { name: 'two', unit: 'jobs', window: 'whole run', meaning: 'Two', value: () => 2 } as const;
  expect(library.defineMetric(metric)).toBe(metric);
  expect(() => library.defineMetric({ ...metric, name: 'Two jobs' })).toThrow('defineMetric: metric.name: expected');
});

test.each(definers)('%s says what a definition lacks', (name, define) => {
  expect(() => define(null)).toThrow(
    `${name}: definition: expected an object that defines a kind, found an empty value`,
  );
  expect(() => define({ kind: 'My Kind', meaning: '', settings: {}, create: 'later' })).toThrow(
    new RegExp(
      [
        `^${name}: definition.kind: expected a name of small letters, .*, found My Kind`,
        `${name}: definition.meaning: .*`,
        `${name}: definition.settings: expected a zod schema of its settings, kind included, found an object`,
        `${name}: definition.create: expected a function that makes it of its settings, found later`,
      ].join('\n'),
    ),
  );
});
