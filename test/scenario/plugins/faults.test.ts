import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario, runScenario } from '../../../sim/index.js';
import { sim } from '../../commands/command-line.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folder = temporaryFolder('plugin-faults');
let files = 0;

/** A kind of each role that works, built on one of the package; `fault` replaces one of its answers. */
const roles = {
  assignment: { like: 'uniform', setting: 'protocol.assignment' },
  verification: { like: 'none', setting: 'protocol.verification' },
  reputation: { like: 'ema', setting: 'protocol.reputation' },
  slashing: { like: 'fixed', setting: 'protocol.slashing' },
  rewards: { like: 'fee-split', setting: 'protocol.rewards' },
  strategy: { like: 'honest', setting: 'fleet.honest.strategy' },
} as const;
type Role = keyof typeof roles;

const ofRole = (role: Role, fault: string) => `export default ({ z, builtIn }) => {
  const like = builtIn('${role}', '${roles[role].like}');
  const settings = like.settings.parse({ kind: '${roles[role].like}' });
  const live = { now: settings, of: () => settings, map: (f) => ({ now: f(settings), of: () => f(settings) }) };
  return { ${role}: [{
    kind: 'own', meaning: 'Own.', settings: z.strictObject({ kind: z.literal('own') }),
    isAttacker: false, plan: (_settings, identities) => like.plan(settings, identities),
    create: (_settings, context, attack) => ({
      ...like.create(${role === 'strategy' ? 'settings' : 'live'}, context, attack), ${fault}
    }),
  }] };
};`;
const metric = (value: string) => `export default { metrics: [
  { name: 'own', unit: 'fraction', window: 'whole run', meaning: 'Own', value: ${value} },
] };`;

function scenarioWith(code: string, settings: readonly string[] = [], ending = 'js') {
  const own = join(folder, String(++files));
  mkdirSync(own);
  writeFileSync(join(own, `own.${ending}`), code);
  const file = join(own, 'scenario.yaml');
  writeFileSync(
    file,
    `plugins: [./own.${ending}]
seed: faults
horizon: 1d
protocol: { epoch: 6h, verification: { kind: recompute, share: 0.5 } }
fleet: { honest: { nodes: 5, quality: 0.7 } }
workload: { w: { class: simulation, arrivals: { perHour: 10 } } }
`,
  );
  return { own, file, settings };
}

/** What the command says of it, and that nothing is written. */
function toldOf({ own, file, settings }: ReturnType<typeof scenarioWith>): string {
  const { code, out, err } = sim(['run', file, '--no-charts', ...settings.flatMap((one) => ['--set', one])], own);
  expect(out).toBe('');
  expect(code, err).toBe(2);
  expect(existsSync(join(own, 'out', 'scenario'))).toBe(false);
  return err;
}

const load = ({ file, settings }: ReturnType<typeof scenarioWith>) => loadScenario(file, { set: settings });
const answersOf = (role: Role, fault: string) => scenarioWith(ofRole(role, fault), [`${roles[role].setting}=own`]);

describe('a plugin of each role', () => {
  it.each(Object.keys(roles) as Role[])(
    '%s: does as what it is built on while nothing is wrong with it',
    async (role) => {
      const own = await runScenario(load(answersOf(role, '')));
      const plain = await runScenario(
        load({ ...answersOf(role, ''), settings: [`${roles[role].setting}=${roles[role].like}`] }),
      );
      expect(own.row.values).toEqual(plain.row.values);
    },
  );

  it.each<[Role, string, string]>([
    ['assignment', 'assign: () => 99', 'assign: expected a node that is there, or NONE, found 99'],
    [
      'assignment',
      'assign: () => { throw new Error("lost"); }',
      'assign: expected an answer, found an exception, Error: lost',
    ],
    ['assignment', 'assign: async () => 1', 'assign: expected a node that is there, or NONE, found a promise'],
    ['assignment', 'hasCandidate: () => 1', 'hasCandidate: expected true or false, found 1'],
    [
      'verification',
      'attemptsAtSubmission: () => 0',
      'attemptsAtSubmission: expected a whole number of at least 1, found 0',
    ],
    [
      'verification',
      'attemptEnded: () => { throw 1; }',
      'attemptEnded: expected an answer, found an exception, it threw 1',
    ],
    ['verification', 'verdict: () => 4711', 'verdict: expected a kind of finding, or null, found 4711'],
    ['verification', 'verdict: async () => null', 'verdict: expected a kind of finding, or null, found a promise'],
    ['reputation', 'scoreAfter: () => NaN', 'scoreAfter: expected a finite number, found NaN'],
    ['reputation', 'prior: () => undefined', 'prior: expected a finite number, found nothing'],
    [
      'reputation',
      'evidenceArrived: async () => {}',
      'evidenceArrived: expected nothing that is waited for, found a promise',
    ],
    [
      'slashing',
      'penalize: (e, s, p) => { p.stakeFraction = NaN; }',
      'penalize: stakeFraction: expected a number from 0 to 1, found NaN',
    ],
    [
      'slashing',
      'penalize: async () => { throw new Error("late"); }',
      'penalize: expected nothing that is waited for, found a promise',
    ],
    ['slashing', 'penalize: () => { null.x; }', 'penalize: expected an answer, found an exception, TypeError'],
    ['rewards', 'price: () => 0.5', 'price: expected a whole number of at least 0, found 0.5'],
    ['rewards', 'price: () => NaN', 'price: expected a whole number of at least 0, found NaN'],
    [
      'rewards',
      'settle: (j, a, p) => p.payWorker(0, -1, 0)',
      'settle: payWorker: expected a whole number of micro-tokens',
    ],
    [
      'rewards',
      'settle: () => { throw new Error("broke"); }',
      'settle: expected an answer, found an exception, Error: broke',
    ],
    ['strategy', 'answer: () => NaN', 'answer: expected a finite number, found NaN'],
    ['strategy', 'workFraction: () => 2', 'workFraction: expected a number from 0 to 1, found 2'],
    ['strategy', 'watches: () => 99', 'watches: expected a node that is there, or NONE, found 99'],
    [
      'strategy',
      'wake: async () => { throw new Error("asleep"); }',
      'wake: expected nothing that is waited for, found a promise',
    ],
    [
      'strategy',
      'accepts: () => { throw new Error("no"); }',
      'accepts: expected an answer, found an exception, Error: no',
    ],
    ['strategy', 'votes: 1', 'votes: expected a function, found 1'],
    ['strategy', 'wakes: () => {}', 'wakes: expected a question of its role, such as wake, found a function'],
    [
      'strategy',
      'wake: (a) => { a.leave(99); }',
      'wake: expected an answer, found an exception, Error: hands: expected a node below 5, found 99',
    ],
    [
      'strategy',
      'wake: (a) => { a.forceOutage(NaN, 60); }',
      'wake: expected an answer, found an exception, Error: hands: expected a node below 5, found NaN',
    ],
    [
      'strategy',
      'wake: (a) => { a.submit(7, -1); }',
      'wake: expected an answer, found an exception, Error: submit: expected a workload below 1, found 7',
    ],
  ])('%s: %s is told with file, role and question', async (role, fault, told) => {
    const optimistic = ['protocol.verification={ kind: optimistic }', 'protocol.rewards.holdEpochs=1'];
    const one = answersOf(role, fault);
    const settings = fault.startsWith('watches') ? [...one.settings, optimistic[0]!] : one.settings;
    const running = async () => runScenario(load({ ...one, settings }));
    await expect(running()).rejects.toThrow(`plugin ./own.js: ${role} own: ${told}`);
  });

  it.each(['NaN', '-1', 'Infinity'])('a weight of %s is told with file, role and question', async (weight) => {
    const code = `export default ({ z, drawnByWeight }) => ({ assignment: [{
      kind: 'own', meaning: 'Own.', settings: z.strictObject({ kind: z.literal('own') }),
      create: (_settings, context) => drawnByWeight(context, () => ${weight}),
    }] });`;
    const running = async () => runScenario(load(scenarioWith(code, ['protocol.assignment=own'])));
    await expect(running()).rejects.toThrow(
      'plugin ./own.js: assignment own: nodeChanged: expected an answer, found an exception, Error: ' +
        `weight of node 0: expected a finite number of at least 0, found ${weight}`,
    );
  });

  it('what helps it may have any other name', async () => {
    const run = await runScenario(load(answersOf('strategy', 'purseOfFriends: () => 3, wakefulness: 1')));
    expect(run.jobs).toBeGreaterThan(0);
  });

  it.each([
    ['() => null', 'plan: expected an object, found null'],
    [
      '(_s, n) => ({ ...like.plan(settings, n), machines: NaN })',
      'plan: machines: expected a whole number from 1 to 5',
    ],
    [
      '(_s, n) => ({ ...like.plan(settings, n), operators: 0 })',
      'plan: operators: expected a whole number from 1 to 5',
    ],
    ['(_s, n) => ({ ...like.plan(settings, n), operatorOf: 0 })', 'plan: operatorOf: expected a function, found 0'],
    [
      '(_s, n) => ({ ...like.plan(settings, n), identitiesMost: 1e9 })',
      'plan: identitiesMost: expected a whole number',
    ],
  ])('strategy: a plan %s is refused', (plan, told) => {
    const code = ofRole('strategy', '').replace(/plan: .*,\n/, `plan: ${plan},\n`);
    expect(() => load(scenarioWith(code, ['fleet.honest.strategy=own']))).toThrow(`strategy own: ${told}`);
  });

  it.each<[Role, string]>([
    ['assignment', 'assign'],
    ['verification', 'verdict'],
    ['reputation', 'historyReset'],
    ['slashing', 'penalize'],
    ['rewards', 'unbondingSeconds'],
    ['strategy', 'attests'],
  ])('%s: one that doesn’t answer %s is refused before the first event', async (role, question) => {
    const running = async () => runScenario(load(answersOf(role, `${question}: undefined`)));
    await expect(running()).rejects.toThrow(`${role} own: ${question}: expected a function, found nothing`);
  });

  it('is told of by the command, which writes nothing', () => {
    expect(toldOf(answersOf('slashing', 'penalize: async () => { throw new Error("late"); }'))).toMatch(
      /plugin \.\/own\.js: slashing own: penalize: expected nothing that is waited for, found a promise\n$/,
    );
    expect(toldOf(scenarioWith(metric('() => 2')))).toMatch(
      /plugin \.\/own\.js: metric own: value: expected a number from 0 to 1 \[fraction\], found 2\n$/,
    );
  });
});

describe('a plugin’s metric', () => {
  it.each([
    ['() => { throw new Error("uncounted"); }', 'value: expected an answer, found an exception, Error: uncounted'],
    ['async () => 1', 'value: expected a number, or NaN where it doesn’t apply, found a promise'],
    ['() => "1"', 'value: expected a number, or NaN where it doesn’t apply, found 1'],
    ['() => 1.5', 'value: expected a number from 0 to 1 [fraction], found 1.5'],
  ])('%s is told with file and name', async (value, told) => {
    const running = async () => runScenario(load(scenarioWith(metric(value))));
    await expect(running()).rejects.toThrow(`plugin ./own.js: metric own: ${told}`);
  });
});

describe('a module that is no plugin', () => {
  const own = ofRole('reputation', '');
  const early = 'export default () => { throw new Error("early"); };';
  it.each([
    ['without a default export', 'export const reputation = [];', /expected a default export such as .* found none/],
    ['a promise', 'export default async () => ({ metrics: [] });', 'definitions are there at once, found a promise'],
    ['no list', 'export default { reputation: 5 };', 'reputation: expected a list of definitions, found 5'],
    ['no role', 'export default { oracles: [] };', 'oracles: expected metrics or one of the roles'],
    ['an exception', early, /definitions, found an exception, .*Error: early/],
    ['no code', 'export default {', /a module that can be loaded, found an exception, .*SyntaxError/],
    ['an import of nothing', 'import "./gone.js"; export default {};', /a module that can be loaded.*gone\.js/],
    ['a kind that there is', own.replaceAll("'own'", "'beta'"), 'expected a kind of its own, found beta'],
    ['a metric that there is', metric('() => 1').replace("'own'", "'jobsFinal'"), 'of its own, found jobsFinal'],
    ['a kind without a meaning', own.replace("meaning: 'Own.',", ''), /reputation\.0\.meaning: .*found nothing/],
    ['a strategy of no side', ofRole('strategy', '').replace('isAttacker: false,', ''), 'strategy.0.isAttacker'],
  ])('%s is refused at its place', (_what, code, told) => {
    const one = scenarioWith(code);
    expect(() => load(one)).toThrow(/scenario\.yaml:1:11: plugins\.0/);
    expect(() => load(one)).toThrow(told);
  });

  it('one that isn’t there is told with the folders that were looked in', () => {
    const { own, file } = scenarioWith('export default {};');
    const told = sim(['validate', file, '--set', 'plugins=[./gone.js]'], own);
    expect(told.code).toBe(2);
    expect(told.err).toContain('plugins.0: expected a module in the scenario’s folder');
    expect(told.err).toContain('found ./gone.js');
  });

  it('TypeScript is loaded where Node strips types, and told where it doesn’t', async () => {
    const code = `const name: string = 'own';\n${metric('() => 1').replace("'own'", 'name')}`;
    const one = scenarioWith(code, [], 'ts');
    const strips = (process.features as { readonly typescript?: unknown }).typescript;
    if (strips) expect((await runScenario(load(one))).row.values.own).toBe(1);
    else expect(() => load(one)).toThrow('plugins.0: expected a module in JavaScript, found one in TypeScript');
  });
});
