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

test.each([
  ['workload.batch.fee=10m', '10m'],
  ['workload.batch.fee=10 mtokens', '10 mtokens'],
  ['money.electricity=15 cents', '15 cents'],
  ['money.savedHour=2h', '2h'],
  ['fleet.honest.nodes=10m', '10m'],
  ['fleet.honest.slots=300ms', '300ms'],
  ['fleet.honest.throughput=10m', '10m'],
  ['protocol.queueLimit=10m', '10m'],
  ['workload.batch.arrivals.perHour=5/h', '5/h'],
  ['expect=[{metric: jobsFinal, above: 2h}]', '2h'],
])('%s has another unit, of which nobody knows the number', (setting, written) => {
  expect(told(setting)).toBe(`${written}, a number with a unit`);
});

test.each([
  ['fleet.honest.nodes=2M', '2M; did you mean 2000000?'],
  ['money.electricity=0.2 USD', '0.2 USD, a number with its unit; did you mean 0.2?'],
  ['money.electricity=$2', '"$2", a number with its unit; did you mean 2?'],
  ['workload.batch.fee=50%', '50%, a number of percent'],
  ['expect=[{metric: jobsFinal, above: 0, at: {lastDays: 2w}}]', '2w, a duration; did you mean 14?'],
  ['expect=[{metric: jobsFinal, above: 0, at: {lastDays: 12h}}]', '12h, a duration; did you mean 0.5?'],
  ['expect=[{metric: latencyP50Seconds, below: 20 min}]', '20 min, a number with a unit; did you mean 20m?'],
])('%s is told as %s', (setting, expected) => {
  expect(told(setting)).toBe(expected);
});

test.each([
  ['latencyP50Seconds', '10m', 600],
  ['latencyP50Seconds', '2h', 7_200],
  ['latencyP50Seconds', '300ms', 0.3],
  ['outageRecoveryMedianHours', '90m', 1.5],
  ['newcomerParityMedianDays', '2w', 14],
])('a bound on %s may be the duration %s', (metric, written, bound) => {
  const { expect: stated, question } = loadText(
    base,
    `expect=[{metric: ${metric}, atMost: ${written}}]`,
    `question={yesIf: {metric: ${metric}, above: ${written}}}`,
  ).scenario;
  expect(stated[0]!.atMost).toBe(bound);
  expect(question!.yesIf.above).toBe(bound);
});

test('a bound on a figure that is no time can’t be a duration, and says so', () => {
  expect(messageOf(() => loadText(base, 'expect=[{metric: giniWork, atMost: 10m}]'))).toMatch(
    /: expect\.0\.atMost: expected a number, as giniWork isn’t a time, found 10m, a number with a unit$/,
  );
});

test('a comma that cuts a number in a map is told, too', () => {
  const text = base.replace('nodes: 30', 'nodes: 1,000');
  expect(messageOf(() => loadText(text))).toMatch(
    /:2:29: fleet\.honest: expected a text as key, found 000, the end of a number with a comma; did you mean 1000\?$/,
  );
});

test.each([
  ['attackersWorkShare', 'attackerWorkShare'],
  ['attackWorkShare', 'attackerWorkShare'],
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

test.each([
  ['workload.batch.deadline=5m', 'none or {times: …, atLeast: …}, found 5m'],
  ['workload.batch.deadline=non', 'none or {times: …, atLeast: …}, found non; did you mean none?'],
  ['protocol.checkIn=1h', 'none or {every: …}, found 1h'],
  ['protocol.checkIn=3600', 'none or {every: …}, found 3600'],
  ['protocol.queueLimit=unlimted', 'an integer of at least 0, or unlimited, found unlimted; did you mean unlimited?'],
  [
    'protocol.acknowledgeWithin=unlimted',
    'a duration such as 30s, or unlimited, found unlimted; did you mean unlimited?',
  ],
  [
    'expect=[{metric: jobsFinal, above: 1, at: 5d}]',
    'whole, end, worstEpoch, {from: …, to: …} or {lastDays: …}, found 5d',
  ],
])('%s is told every form that there is', (setting, expected) => {
  expect(messageOf(() => loadText(base, setting)).replace(/^.*?: expected /, '')).toBe(expected);
});
