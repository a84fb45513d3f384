import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { changedSettings } from '../../sim/findings/changed-settings.js';
import { loadScenario } from '../../sim/scenario/load.js';
import { temporaryFolder, writeScenario } from '../commands/captured.js';

const bare = 'horizon: 12h\nfleet: { honest: { nodes: 30 } }\nworkload: { batch: { arrivals: { perHour: 60 } } }\n';

const needed = ['horizon', 'fleet.honest.nodes', 'workload.batch.arrivals.perHour'];

function listed(...set: string[]): (readonly [string, string, string])[] {
  const loaded = loadScenario(writeScenario(temporaryFolder(), bare), { set });
  return changedSettings(loaded).map(({ path, value, standard }) => [path, value, standard] as const);
}

/** The settings of a bare scenario with some added, but for those that a bare one can't do without. */
function changed(...set: string[]): (readonly [string, string, string])[] {
  return listed(...set).filter(([path]) => !needed.includes(path));
}

test('what has no default is listed with a dash, the seed isn’t', () => {
  expect(listed('seed=7')).toEqual([
    ['horizon', '12h', '–'],
    ['fleet.honest.nodes', '30', '–'],
    ['workload.batch.arrivals.perHour', '60', '–'],
  ]);
});

test('a setting that is written at its default isn’t listed', () => {
  expect(changed('protocol.epoch=1d', 'money.tokenPrice=1', 'fleet.honest.strategy=honest')).toEqual([]);
});

test('a duration’s default is written as a duration, and a dash stands for none', () => {
  expect(changed('protocol.epoch=12h', 'warmUp=2h')).toEqual([
    ['protocol.epoch', '12h', '1d'],
    ['warmUp', '2h', '72m'],
  ]);
  expect(changed('warmUp=72m')).toEqual([]);
});

test('a mechanism is named by its kind, its settings by the defaults of that kind', () => {
  expect(
    changed('protocol.reputation={kind: step, gain: 0.5}', 'protocol.slashing={kind: fixed, fraction: 0.5}'),
  ).toEqual([
    ['protocol.reputation', 'step', 'ema'],
    ['protocol.reputation.gain', '0.5', expect.any(String)],
    ['protocol.slashing.fraction', '0.5', '0.01'],
  ]);
});

test('a list of mechanisms is one setting, followed by those of its members', () => {
  expect(changed('protocol.verification=[{kind: peer-attestation, peers: 6}, recompute]')).toEqual([
    ['protocol.verification', 'peer-attestation, recompute', 'none'],
    ['protocol.verification.0.peers', '6', '4'],
  ]);
});

test('shares that sum to 1 are held against all of their defaults together', () => {
  expect(changed('protocol.slashedTo={burn: 0.5, treasury: 0.5}')).toEqual([
    ['protocol.slashedTo.burn', '0.5', '1'],
    ['protocol.slashedTo.treasury', '0.5', '0'],
  ]);
});

test('an outage’s default is its pattern’s, and all of the machines without one', () => {
  const outage = (settings: string) => changed(`+stress.outages.grid={region: europe, ${settings}}`).slice(-1);
  const same = changed('+stress.outages.grid={region: europe, pattern: power-failure, share: 0.2}');
  expect(same.map(([path]) => path)).not.toContain('stress.outages.grid.share');
  expect(outage('pattern: power-failure, share: 0.5')).toEqual([['stress.outages.grid.share', '0.5', '0.2']]);
  expect(outage('pattern: power-failure, between: {exponential: {mean: 10d}}')).toEqual([
    ['stress.outages.grid.between', '{exponential: {mean: 10d}}', 'exponential, mean 60 d'],
  ]);
  expect(outage('at: 1h, for: 1h, share: 0.5')).toEqual([['stress.outages.grid.share', '0.5', '1']]);
});

test('a workload’s default is its job class’s', () => {
  const same = ['work={lognormal: {median: 20m, sigma: 1}}', 'fee=0.2', 'deadline={times: 6, atLeast: 60s}'];
  expect(changed(...same.map((setting) => `workload.batch.${setting}`))).toEqual([]);
  expect(
    changed(
      'workload.batch.class=inference',
      'workload.batch.fee=0.2',
      'workload.batch.work={constant: 1s}',
      'workload.batch.deadline={times: 6}',
    ),
  ).toEqual([
    ['workload.batch.class', 'inference', 'simulation'],
    ['workload.batch.fee', '0.2', '0.0001'],
    ['workload.batch.work', '{constant: 1s}', 'lognormal, mean 113 ms'],
    ['workload.batch.deadline', '{times: 6}', '{times: 6, atLeast: 2}'],
  ]);
});

test.each([
  ['sybil', []],
  ['collusion', [['workload.batch.fee', '0.6', '0.2']]],
])('of %s’s workload only what its class doesn’t say is listed', (name, expected) => {
  const file = fileURLToPath(new URL(`../../scenarios/${name}.yaml`, import.meta.url));
  const ofClass = /^workload\.batch\.(work|fee|deadline)/;
  const listed = changedSettings(loadScenario(file, {})).filter(({ path }) => ofClass.test(path));
  expect(listed.map(({ path, value, standard }) => [path, value, standard])).toEqual(expected);
});

test('what strikes many machines has the defaults of its own entry, whatever others strike', () => {
  const outage = (name: string) => `+stress.outages.${name}={region: europe, pattern: isp-failure, share: 0.1}`;
  expect(changed(outage('x'), outage('y'), '+stress.bugs.b={region: europe, at: 1h, for: 1h, share: 0.5}')).toEqual([
    ['stress.outages.x.region', 'europe', '–'],
    ['stress.outages.x.pattern', 'isp-failure', '–'],
    ['stress.outages.y.region', 'europe', '–'],
    ['stress.outages.y.pattern', 'isp-failure', '–'],
    ['stress.bugs.b.region', 'europe', '–'],
    ['stress.bugs.b.at', '1h', '–'],
    ['stress.bugs.b.for', '1h', '–'],
    ['stress.bugs.b.share', '0.5', '1'],
  ]);
});
