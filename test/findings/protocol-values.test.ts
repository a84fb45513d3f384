import { expect, test } from 'vitest';
import { protocolValues } from '../../sim/findings/protocol-values.js';
import { resolvedProtocol } from '../../sim/scenario/plan/resolved-protocol.js';
import { loadText } from '../support/scenarios.js';

const bare = 'horizon: 12h\nfleet: { honest: { nodes: 30 } }\nworkload: { batch: { arrivals: { perHour: 60 } } }\n';

/** The values of the scenario's protocol by path; a star marks those that aren't the default. */
function valuesOf(changed: readonly string[], ...set: string[]): ReadonlyMap<string, string> {
  const { scenario, written } = loadText(bare, ...set);
  const values = protocolValues(resolvedProtocol(scenario, written), new Set(changed), scenario.registry);
  return new Map(values.map(({ path, value, isDefault }) => [path, `${value}${isDefault ? '' : '*'}`]));
}

test('every value in force is listed, defaults included, times as durations', () => {
  const values = valuesOf(['protocol.epoch'], 'protocol.epoch=12h', 'protocol.attempts=3');
  expect(values.get('protocol.epoch')).toBe('12h*');
  expect(values.get('protocol.attempts')).toBe('3');
  expect(values.get('protocol.giveUpAfter')).toBe('1w');
  expect(values.get('protocol.reputation')).toBe('ema');
  expect(values.get('protocol.stake.minimum')).toBe('10');
  expect(values.get('protocol.rewards.unbonding')).toBe('2w');
  expect(values.get('protocol.slashedTo.burn')).toBe('1');
});

test('a list of schemes is told scheme by scheme, a distribution as written, else by its kind and mean', () => {
  const scheme = '{kind: peer-attestation, replyDelay: {exponential: {mean: 2s}}}';
  const values = valuesOf([], `protocol.verification=[${scheme}, {kind: recompute, share: 0.25}]`);
  expect(values.get('protocol.verification.0')).toBe('peer-attestation');
  expect(values.get('protocol.verification.0.replyWithin')).toBe('30s');
  expect(values.get('protocol.verification.0.replyDelay.exponential.mean')).toBe('2s');
  expect(values.get('protocol.verification.1.share')).toBe('0.25');
  const byDefault = valuesOf([], 'protocol.verification=peer-attestation');
  expect([...byDefault.keys()].filter((path) => path.startsWith('protocol.verification.replyDelay'))).not.toEqual([]);
});

test('what is without end, and what is switched off, say so', () => {
  const values = valuesOf([], 'protocol.checkIn=none', 'protocol.giveUpAfter=unlimited');
  expect(values.get('protocol.checkIn')).toBe('none');
  expect(values.get('protocol.giveUpAfter')).toBe('unlimited');
});

test('a value in a block that was given as a whole isn’t the default', () => {
  const values = valuesOf(['protocol.slashedTo'], 'protocol.slashedTo={burn: 0.5, treasury: 0.5}');
  expect(values.get('protocol.slashedTo.burn')).toBe('0.5*');
  expect(values.get('protocol.attempts')).not.toContain('*');
});
