import { renameSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { baselineOf, readBaseline, writeBaseline } from '../../../sim/experiment/check/baseline.js';
import { changesSince } from '../../../sim/experiment/check/changes.js';
import { type CheckOptions, checkScenarios } from '../../../sim/experiment/check/check.js';
import { looksOf } from '../../../sim/experiment/check/looks.js';
import type { Outcome } from '../../../sim/experiment/work/outcome.js';
import { metricNames } from '../../../sim/record/metrics/index.js';
import type { LoadedScenario } from '../../../sim/scenario/load.js';
import { temporaryFolder } from '../../commands/captured.js';
import { loadText } from '../../support/scenarios.js';

const small = `
  horizon: 1d
  warmUp: 2h
  seed: checked
  fleet: { honest: { nodes: 8 }, wrong: { nodes: 2, strategy: always-wrong } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m } }
`;
const expecting = (...expectations: readonly string[]) => loadText(small, `expect=[${expectations.join(', ')}]`);
const check = (loaded: LoadedScenario, options: CheckOptions = {}) =>
  checkScenarios([loaded], { workers: 2, replicationsMost: 16, ...options });

test('looks double, and the last is the most', () => {
  expect(looksOf(4, 64)).toEqual([4, 8, 16, 32, 64]);
  expect(looksOf(3, 10)).toEqual([3, 6, 10]);
  expect(looksOf(5, 5)).toEqual([5]);
});

describe('a verdict', () => {
  test('falls by the interval: holds, fails, or is undecided after the most replications', async () => {
    const loaded = expecting(
      '{metric: completedFraction, above: 0.5}',
      '{metric: attackerWorkShare, above: 0.9}',
      // its mean is about 430 with a deviation of about 20
      '{metric: jobsFinal, above: 440}',
    );
    const { scenarios, looks } = await check(loaded);
    expect(looks).toEqual([4, 8, 16]);
    const [first] = scenarios;
    expect(first!.expectations.map(({ verdict, replications }) => [verdict, replications])).toEqual([
      ['holds', 4],
      ['fails', 4],
      ['undecided', 16],
    ]);
    expect(first!.runs).toBe(16);
    // always the same, on however many threads
    const again = await check(loaded, { workers: 1 });
    expect(again.scenarios[0]!.expectations).toEqual(first!.expectations);
  });

  test('takes what the bounds are on', async () => {
    const { scenarios } = await check(
      expecting(
        '{metric: completedFraction, atLeast: 0.5, over: {share: 0.5}}',
        '{metric: completedFraction, atLeast: 1.1, over: {share: 0.9}}',
        '{metric: jobsFinal, above: 100, over: {quantile: 0.5}}',
        '{metric: jobsFinal, above: 100, over: low95}',
        '{metric: attackerWorkShare, equals: 0.5, within: 0.1}',
      ),
      { replicationsMost: 32 },
    );
    const { expectations } = scenarios[0]!;
    expect(expectations.map(({ verdict }) => verdict)).toEqual(['holds', 'fails', 'holds', 'holds', 'fails']);
    // half of the runs at least: of 16, all within, 1 − (α/2)^(1/16) with α = 0.05 / 5 / 4
    expect(expectations[0]!.replications).toBe(16);
    expect(expectations[0]!.text).toContain('in at least 50 % of the replications');
    expect(expectations[3]!.replications).toBe(4);
  });

  test('is of both sides of an expectation of the worst epoch', async () => {
    const { scenarios } = await check(
      expecting('{metric: attackerWorkShare, at: worstEpoch, above: 0.0001, below: 0.0002}'),
    );
    expect(scenarios[0]!.expectations).toMatchObject([{ expectation: 1, verdict: 'fails' }]);
    expect(scenarios[0]!.expectations[0]!.text).toMatch(/above.* and .*below/);
  });
});

describe('a baseline', () => {
  const folder = () => temporaryFolder();
  const loaded = expecting(
    '{metric: completedFraction, above: 0.5}',
    '{metric: jobsFinal, against: baseline, atLeast: -60, atMost: 60}',
  );
  const made = async (scenario: LoadedScenario, seed?: string) => {
    const seeded = seed === undefined ? scenario : loadText(small, `seed=${seed}`);
    const { scenarios } = await check(seeded, { baselineReplications: 8 });
    return scenarios[0]!.baseline!;
  };

  test('of the same program and scenario costs one run, and its verdicts hold', async () => {
    const baseline = await made(loaded);
    expect(baseline.replications).toBe(8);
    const place = folder();
    writeBaseline(place, baseline);
    const read = readBaseline(place, 'scenario');
    expect(read).toEqual(baseline);
    // the change since a baseline was undecided while there was none
    const known = {
      ...read,
      expectations: Object.fromEntries(Object.keys(read.expectations).map((one) => [one, 'holds'])),
    };
    const { scenarios } = await check(loaded, { baselines: new Map([['scenario', known as typeof read]]) });
    expect(scenarios[0]).toMatchObject({ sinceBaseline: 'unchanged', runs: 1, changes: [] });
    expect(scenarios[0]!.expectations.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
  });

  test('of another number of attackers differs, and says in what', async () => {
    const baselines = new Map([['scenario', await made(loaded)]]);
    const twice = loadText(small, 'fleet.wrong.nodes=4', 'expect=[{metric: jobsFinal, against: baseline, atMost: 60}]');
    const [one] = (await check(twice, { baselines })).scenarios;
    expect(one!.sinceBaseline).toBe('changed');
    const changed = one!.changes.filter(({ isChanged }) => isChanged).map(({ metric }) => metric);
    expect(changed).toContain('attackerWorkShare');
    expect(changed).not.toContain('jobsFinal');
    expect(one!.expectations[0]).toMatchObject({ verdict: 'holds' });
    // a margin that is wide enough lets it pass
    const lax = await check(twice, { baselines, margin: 100 });
    expect(lax.scenarios[0]!.sinceBaseline).toBe('same');
  });

  test('of other seeds is the same but for chance', async () => {
    const baseline = await made(loaded);
    const other = loadText(small, 'seed=other');
    const [one] = (await check(other, { baselines: new Map([['scenario', baseline]]) })).scenarios;
    expect(one).toMatchObject({ sinceBaseline: 'same', runs: 8 });
    expect(one!.changes.length).toBeGreaterThan(40);
  });

  test('tells what could be told before and can’t now', () => {
    const others = Object.fromEntries(metricNames.map((name) => [name, Number.NaN]));
    const outcome = (value: number): Outcome => ({
      ...{ seed: 's', values: { ...others, scoreAuc: value }, held: [], compared: [], twin: null, events: 1, jobs: 1 },
      ...{ trajectoryFingerprint: '0'.repeat(16), accountingFingerprint: '0'.repeat(16) },
    });
    const named = { name: 'n', question: '', seed: 's' };
    const before = baselineOf(named, [0.5, 0.6].map(outcome), {});
    const changes = (values: readonly number[]) =>
      changesSince(before, values.map(outcome), 0.95, 0).filter(({ metric }) => metric === 'scoreAuc');
    expect(changes([Number.NaN, Number.NaN])).toMatchObject([{ isChanged: true }]);
    expect(changes([0.5, 0.6])).toMatchObject([{ isChanged: false, before: 0.55, now: 0.55 }]);
    // the same change in each is no chance
    expect(changes([0.500_01, 0.600_01])).toMatchObject([{ isChanged: true }]);
    // but digits that a baseline doesn't keep are none
    expect(changes([0.500_000_01, 0.6])).toMatchObject([{ isChanged: false }]);
  });

  test('of another scenario, or what is none, is refused', async () => {
    const place = folder();
    const path = writeBaseline(place, { ...(await made(loaded)), scenario: 'other' });
    expect(path.endsWith('other.json')).toBe(true);
    expect(() => readBaseline(place, 'scenario')).toThrow(/no such file/);
    renameSync(path, path.replace('other.json', 'scenario.json'));
    expect(() => readBaseline(place, 'scenario')).toThrow(/the baseline of scenario.*found that of other/);
    writeFileSync(path.replace('other.json', 'scenario.json'), '{"format": 1}');
    expect(() => readBaseline(place, 'scenario')).toThrow(/scenario\.json/);
    writeFileSync(path.replace('other.json', 'scenario.json'), '{');
    expect(() => readBaseline(place, 'scenario')).toThrow(/isn’t JSON/);
  });
});
