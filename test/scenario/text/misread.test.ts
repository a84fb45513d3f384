import { expect, test } from 'vitest';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { loadText } from '../../support/scenarios.js';

const base = 'horizon: 10d\nfleet: { honest: { nodes: 30 } }\nworkload: { batch: { arrivals: { perHour: 5 } } }\n';

function messageOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  return 'accepted';
}

const told = (setting: string) => messageOf(() => loadText(base, setting)).replace(/^.*?, found /, '');

test.each([
  ['.5h', '0.5h'],
  ['1,5h', '1.5h'],
  ['5 hours', '5h'],
  ['5 h', '5h'],
  ['1h30m', '90m'],
  ['1h 30m', '90m'],
  ['1 hour 30 minutes', '90m'],
  ['1d12h', '36h'],
  ['PT1H30M', '90m'],
  ['5H', '5h'],
  ['20 min', '20m'],
])('the duration %s is refused with %s to write instead', (written, meant) => {
  expect(told(`horizon="${written}"`)).toMatch(new RegExp(`; did you mean ${meant.replace('.', '\\.')}\\?$`));
});

test.each(['1:30', '1,000s', '1month', '-5h', 'h', '5 hours ago'])('the duration %s has no one reading', (written) => {
  expect(told(`horizon="${written}"`)).not.toContain('did you mean');
});

test.each([
  ['1,000', '"1,000", a number with a comma; did you mean 1000?'],
  ['12,345,678', '"12,345,678", a number with a comma; did you mean 12345678?'],
  ['1 000', '1 000, a number with gaps; did you mean 1000?'],
  ['1_000', '"1_000"; did you mean 1000?'],
  ['2k', '2k; did you mean 2000?'],
  ['30 nodes', '30 nodes, a number with its unit; did you mean 30?'],
  ['50%', '50%, a number of percent'],
])('nodes: %s is told as a number', (written, expected) => {
  expect(told(`fleet.honest.nodes=${written}`)).toBe(expected);
});

test.each([
  ['money.capitalCost=8%', '8%, a number of percent; did you mean 0.08?'],
  ['fleet.honest.stake=0,5', '"0,5", a number with a comma; did you mean 0.5?'],
  ['fleet.honest.stake=10 tokens', '10 tokens, a number with its unit; did you mean 10?'],
  ['protocol.queueLimit=1,000', '"1,000", a number with a comma; did you mean 1000?'],
])('%s is told as a number', (setting, expected) => {
  expect(told(setting)).toBe(expected);
});

test('a comma that cuts a number in a map is told, too', () => {
  const text = base.replace('nodes: 30', 'nodes: 1,000');
  expect(messageOf(() => loadText(text))).toMatch(
    /:2:29: fleet\.honest: expected a text as key, found 000, the end of a number with a comma; did you mean 1000\?$/,
  );
});

test.each([
  ['attackersWorkShare', 'attackerWorkShare'],
  ['workShare', 'attackerWorkShare'],
  ['latency95', 'latencyP95Seconds'],
  ['completed', 'completedFraction'],
  ['utilization', 'utilisation'],
])('the metric %s was meant as %s', (written, meant) => {
  expect(told(`expect=[{metric: ${written}, above: 0}]`)).toBe(`${written}; did you mean ${meant}?`);
});

test('a lowest score above the highest names both', () => {
  const message = messageOf(() => loadText(base, 'protocol.reputation={kind: step, lowest: 2, highest: 1}'));
  expect(message).toMatch(/: protocol\.reputation\.highest: expected highest to be at least lowest, 2, found 1$/);
});
