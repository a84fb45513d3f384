import { expect, test } from 'vitest';
import { changedSettings } from '../sim/changed-settings.js';
import { loadScenario } from '../sim/scenario/load.js';
import { temporaryFolder, writeScenario } from './commands/captured.js';

const bare = 'horizon: 12h\nfleet: { honest: { nodes: 30 } }\nworkload: { batch: { arrivals: { perHour: 60 } } }\n';

/** The settings of a bare scenario with some added. */
function changed(...set: string[]): (readonly [string, string, string])[] {
  const loaded = loadScenario(writeScenario(temporaryFolder(), bare), { set });
  return changedSettings(loaded).map(({ path, value, standard }) => [path, value, standard] as const);
}

test('what has no default isn’t listed, nor is the seed', () => {
  expect(changed('seed=7')).toEqual([]);
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
