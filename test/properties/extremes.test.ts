import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../sim/run.js';
import type { LoadedScenario } from '../../sim/scenario/load.js';
import { estimateRun } from '../../sim/scenario/plan/estimate.js';
import { Registry } from '../../sim/scenario/schema/registry.js';
import {
  isDistributionNode,
  isDurationNode,
  type SettingNode,
  settingTree,
} from '../../sim/scenario/schema/setting-tree.js';
import { InvalidInput } from '../../sim/scenario/text/faults.js';
import { casesOf, isLong } from '../support/effort.js';
import { buildLoaded, loadText, records, tableNamed } from '../support/scenarios.js';

/** A small scenario in which every optional part is there, so that each of its settings can be changed. */
const base = `
horizon: 2h
sampleEvery: 30m
protocol: { epoch: 1h, checkIn: { every: 10m }, publish: { every: 10m, delay: 1m } }
fleet:
  honest:
    nodes: 6
    hardware: { consumer-gpu: 1 }
    regions: { europe: 1 }
    outages: { up: { exponential: { mean: 1h } }, down: 10m }
    maintenance: { every: 1h, for: 5m }
    wear: { every: 1h, loss: 0.1 }
    providers: { acme: 0.5 }
    joins: { newcomers: { perHour: 1, most: 3 } }
    leaves: { after: 90m }
    throughput: 1
  swarm: { nodes: 3, strategy: sybil-swarm }
workload:
  batch:
    arrivals: { perHour: 30, surges: { launch: { at: 30m, for: 10m, factor: 2 } } }
    jobs: 200
    work: 2m
    regions: { europe: 1 }
    deadline: { times: 6, atLeast: 60s }
stress:
  outages: { blackout: { region: europe, at: 1h, for: 10m, share: 0.5 } }
  bugs: { release: { region: europe, at: 1h, for: 10m, share: 0.5 } }
expect: [{ metric: completedFraction, above: 0.1 }]
question: { yesIf: { metric: completedFraction, above: 0.1 } }
`;

interface Leaf {
  readonly path: string;
  /** Settings that have to come before, such as the kind that has it. */
  readonly before: readonly string[];
  readonly takes: 'number' | 'duration' | 'distribution';
}

/** The names that the small scenario gives its parts, by the path of the collection. */
const given: Readonly<Record<string, readonly string[]>> = {
  fleet: ['honest', 'swarm'],
  workload: ['batch'],
  'stress.outages': ['blackout'],
  'stress.bugs': ['release'],
  'workload.batch.arrivals.surges': ['launch'],
  'fleet.honest.providers': ['acme'],
};

/** Every setting that takes a number, a duration or a distribution. */
function leavesOf(node: SettingNode, path: string, before: readonly string[]): Leaf[] {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  if (isDistributionNode(node)) return [{ path, before, takes: 'distribution' }];
  if (isDurationNode(node)) return [{ path, before, takes: 'duration' }];
  if (node.type === 'number' || node.type === 'integer') return [{ path, before, takes: 'number' }];
  const options = (node.anyOf ?? []).flatMap((option) => {
    return leavesOf(option, path, option.title === undefined ? before : [...before, `${path}={kind: ${option.title}}`]);
  });
  const named = Object.entries(node.properties ?? {}).flatMap(([name, inner]) => leavesOf(inner, below(name), before));
  const { additionalProperties: entry, items } = node;
  const names =
    typeof entry === 'object' ? (given[path] ?? node.propertyNames?.enum?.slice(0, 1).map(String) ?? []) : [];
  const entries = names.flatMap((name) => leavesOf(entry as SettingNode, below(name), before));
  return [...options, ...named, ...entries, ...(items === undefined ? [] : leavesOf(items, below('0'), before))];
}

const leaves = leavesOf(settingTree(Registry.builtIn()), '', []);

const numbers = [
  '0',
  '5e-324',
  '1e-310',
  '1e-300',
  '1e-9',
  '1e-6',
  '0.5',
  '0.99',
  '1',
  '30',
  '1e3',
  '1e5',
  '1e6',
  '1e9',
];
const huge = ['1e12', '1e15', '1e30', '1e99', '1e100', '1e300', '1e308', '1.7976931348623157e308'];
const number = fc.constantFrom(...numbers, ...huge);
const duration = fc.oneof(
  number,
  fc.constantFrom('0.000001ms', '1ms', '1s', '1h', '3650d', '9999999d', '999999999999999w'),
);
const distributionOf = (value: fc.Arbitrary<string>) =>
  fc.oneof(
    value,
    fc.tuple(value, value).map(([low, high]) => `{uniform: {low: ${low}, high: ${high}}}`),
    fc.tuple(value, value).map((values) => `{empirical: [${values.join(', ')}]}`),
    value.map((mean) => `{exponential: {mean: ${mean}}}`),
    fc.tuple(number, value).map(([shape, scale]) => `{weibull: {shape: ${shape}, scale: ${scale}}}`),
    fc
      .tuple(fc.constantFrom('0.02', '0.1', '0.3'), value)
      .map(([shape, scale]) => `{weibull: {shape: ${shape}, scale: ${scale}}}`),
    fc.tuple(value, number).map(([median, sigma]) => `{lognormal: {median: ${median}, sigma: ${sigma}}}`),
    fc.tuple(value, number).map(([minimum, shape]) => `{pareto: {minimum: ${minimum}, shape: ${shape}}}`),
  );

const changeOf = ({ path, before, takes }: Leaf) => {
  const value = takes === 'number' ? number : takes === 'duration' ? duration : distributionOf(duration);
  return value.map((written) => [...before, `${path}=${written}`]);
};
const change = fc.constantFrom(...leaves).chain(changeOf);

/** Null if it is refused, which is as well. */
function loaded(settings: readonly string[]): LoadedScenario | null {
  try {
    return loadText(base, ...settings);
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}

const eventsMost = 20_000;

/** Runs it, or its first events if there are many, and returns the figures that are no numbers anybody can read. */
async function endless(scenario: LoadedScenario): Promise<readonly string[]> {
  const estimate = estimateRun(scenario);
  if (estimate.nodes > 2_000) return [];
  if (estimate.events > eventsMost) {
    const { world, handlers } = buildLoaded(scenario);
    world.simulation.runUntil(scenario.scenario.horizon, handlers, eventsMost);
    return [];
  }
  const result = await runScenario(scenario, {
    onProgress: ({ events }) => {
      if (events > 10 * eventsMost)
        throw new Error(`expected about ${estimate.events} events, found more than ${events}`);
    },
  });
  const rows = [
    result.row.values,
    ...['cohorts', 'nodes', 'timeseries'].flatMap((name) => records(tableNamed(result, name))),
  ];
  const isEndless = (value: unknown) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
  return [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => isEndless(row[name]))))];
}

describe('any setting at any value, however small or large,', () => {
  it('is among those looked at', () => {
    expect(leaves.length).toBeGreaterThan(100);
    const wrong = leaves.filter(({ path }) => !/^[a-z][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*$/.test(path));
    expect(wrong).toEqual([]);
    expect(loaded([])).not.toBeNull();
  });

  it('is refused, or the run comes to its end with finite figures', async () => {
    const settings = fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => changes.flat());
    await fc.assert(
      fc.asyncProperty(settings, async (set) => {
        const scenario = loaded(set);
        if (scenario !== null) expect(await endless(scenario)).toEqual([]);
      }),
      { numRuns: casesOf(600), seed: 1 },
    );
  });

  it.each([
    ['fleet.honest.throughput=1e-6'],
    ['fleet.honest.throughput={exponential: {mean: 1e-6}}'],
    ['horizon=10d', 'fleet.honest.wear={every: 1h, loss: 0.99}', 'workload.batch.deadline=none'],
    ['workload.batch.work=10000000d', 'workload.batch.deadline.times=1e6', 'fleet.honest.throughput=1e-6'],
    ['workload.batch.work={pareto: {minimum: 1d, shape: 0.2}}', 'workload.batch.deadline.times=1e6'],
  ])('work that takes for ever is only never done: %s', async (...set) => {
    const scenario = loaded(set);
    expect(scenario).not.toBeNull();
    expect(await endless(scenario!)).toEqual([]);
  });

  it.each([
    'fleet.honest.throughput=0',
    'fleet.honest.throughput={empirical: [0, 1]}',
    'fleet.honest.throughput={uniform: {low: 0, high: 0}}',
    'fleet.honest.throughput=1e-310',
    'workload.batch.work=1e308',
    'money.electricity=1e308',
    'protocol.publish.every=0.1ms',
    'protocol.publish.every=1e-300',
  ])('%s is refused', (setting) => {
    expect(loaded([setting])).toBeNull();
  });

  it.runIf(isLong)(
    'is so for each setting by itself',
    async () => {
      for (const leaf of leaves) {
        await fc.assert(
          fc.asyncProperty(changeOf(leaf), async (set) => {
            const scenario = loaded(set);
            if (scenario !== null) expect(await endless(scenario)).toEqual([]);
          }),
          { numRuns: 40, seed: 1 },
        );
      }
    },
    1_500_000,
  );
});
