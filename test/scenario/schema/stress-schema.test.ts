import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { loadText } from '../../support/scenarios.js';

const base = `
horizon: 20d
fleet:
  honest: { nodes: 10, providers: { acme: 0.4 } }
workload:
  batch: { arrivals: { perHour: 10 } }
stress:
  outages:
    blackout: { region: europe, at: 1d, for: 6h }
`;

/** The faults of the scenario with a setting, without the place of the setting. */
function faultsOf(setting: string): string[] {
  try {
    loadText(base, setting);
  } catch (error) {
    if (error instanceof InvalidInput)
      return error.message.split('\n').map((line) => line.replace(/^--set:1:\d+: /, ''));
    throw error;
  }
  return [];
}

const blackout = 'stress.outages.blackout';
const regions = 'north-america, europe, south-america, asia-pacific, japan, australia';
const duration = 'expected a duration';

describe('a fault of stress is said with its place, what was expected and what was found', () => {
  it.each([
    // an unknown name, with the one that was meant
    [`${blackout}.region=europ`, `expected one of: ${regions}, here, chain, found europ; did you mean europe?`],
    [`${blackout}.region=here`, `expected a region of the network world: ${regions}, found here`],
    [`${blackout}.provider=acne`, 'expected a provider that a cohort names: acme, found acne; did you mean acme?'],
    [`${blackout}.hardware=h100`, 'expected a hardware class that a cohort has: consumer-gpu, found h100'],
    [`${blackout}.pattern=power-failur`, 'found power-failur; did you mean power-failure?'],
    [`${blackout}.regoin=japan`, 'expected a known setting, found regoin; did you mean region?'],
    ['stress.outage={}', 'expected a known setting, found outage; did you mean outages?'],
    // a span that can't be
    [`${blackout}.at=-1d`, `${duration} such as 30d, 20m or 300ms, found -1d`],
    [`${blackout}.for=0`, 'expected a time above 0, found 0'],
    [`${blackout}.for=-3`, 'found -3'],
    [`${blackout}.at=[]`, 'expected at least one time, found []'],
    [`${blackout}.at=[2d, 1d]`, 'expected times that rise, found [2d, 1d]'],
    [`${blackout}.at=[1d, 25h]`, 'expected times at least as far apart as each lasts, found [1d, 25h]'],
    ['stress.outages.x={region: japan, between: 2s, for: 1h}', 'expected a mean of at least 1m between two, found 2s'],
    // keys that are missing, or too many
    ['stress.outages.x={at: 1d, for: 1h}', 'expected at least one of region, provider, hardware'],
    ['stress.outages.x={region: japan, for: 1h}', 'expected at (set times) or between (random), or a pattern'],
    ['stress.outages.x={region: japan, at: 1d}', 'expected how long it lasts, such as 6h, found nothing'],
    ['stress.outages.x={region: japan, at: 1d, between: 1d, for: 1h}', 'expected either at or between, not both'],
    ['stress.bugs.x={hardware: consumer-gpu, for: 1h}', 'expected at (set times) or between (random), found'],
    ['stress.bugs.x={hardware: consumer-gpu, at: 1d, for: 1h, announced: true}', 'found announced'],
    ['stress.outages.0x={region: japan, at: 1d, for: 1h}', 'expected a name of at most 40 letters, digits, - and _'],
    [`${blackout}.share=1.5`, 'expected a fraction from 0 to 1, found 1.5'],
    // surges
    ['workload.batch.arrivals.surges.x={at: 1d, for: 1h}', 'expected a number from 0 to 1000, found nothing'],
    ['workload.batch.arrivals.surges.x={at: 1d, for: 1h, factor: -1}', 'expected a number from 0 to 1000, found -1'],
    ['workload.batch.arrivals.surges.x={for: 1h, factor: 2}', 'expected at (set times) or between (random)'],
    ['workload.batch.arrivals.peakAt=24h', 'found 24h'],
    // a cohort's own
    ['fleet.honest.maintenance={every: 1d, for: 1d}', 'expected windows shorter than every, found 1d'],
    ['fleet.honest.maintenance={every: 1d, for: 0}', `${duration} above 0`],
    ['fleet.honest.maintenance={every: 1d, for: 1h, over: 2d}', 'expected at most every, found 2d'],
    ['fleet.honest.maintenance={for: 1h}', 'found nothing'],
    ['fleet.honest.providers={acme: 0.8, bolt: 0.3}', 'expected shares that sum to at most 1'],
    ['fleet.honest.outages={pattern: exponential, up: 1h}', 'expected either up and down, or a pattern'],
    ['fleet.honest.outages={up: 1h}', 'expected either up and down, or a pattern'],
    ['fleet.honest.wear={every: 1d, loss: 1}', 'expected a fraction from 0 to 0.99, found 1'],
    ['fleet.honest.joins.newcomers={perDay: 1, perHour: 1}', 'expected exactly one of perSecond, perHour, perDay'],
    ['fleet.honest.joins.newcomers={perDay: -1}', 'expected a number from 0 to 1000000000, found -1'],
    ['fleet.honest.joins.newcomers={perDay: 1, most: 0}', 'expected an integer from 1 to 2000000, found 0'],
    ['fleet.honest.joins.newcomers={perSecond: 10}', 'expected at most 2000000 identities in all cohorts'],
    ['fleet.honest.leaves={after: 0}', 'expected a time above 0, found 0'],
    ['fleet.honest.leaves={after: 1d, at: 2d}', 'expected either at and over, or after'],
    ['fleet.honest.leaves={}', 'expected either at and over, or after'],
    ['fleet.honest.leaves={after: {exponential: {mean: 0}}}', 'expected a duration above 0'],
    [
      'fleet.honest={nodes: 1, joins: {at: 2d, over: 1d}, leaves: {at: 60h}}',
      'expected departures only once all have joined, found {at: 60h}',
    ],
    [
      'fleet.honest={nodes: 1, joins: {at: 1d}, leaves: {over: 5d}}',
      'expected departures only once all have joined, found {over: 5d}',
    ],
    [
      'fleet.honest={nodes: 1, joins: {at: 1d}, leaves: {at: 1d}}',
      'expected departures only once all have joined, found {at: 1d}',
    ],
    [
      'fleet.honest={nodes: 1, joins: {newcomers: {perDay: 1}}, leaves: {at: 9d}}',
      'expected after, because newcomers keep coming, found {at: 9d}',
    ],
  ])('%s', (setting, words) => {
    const faults = faultsOf(setting);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(words);
  });

  it('names the place of a fault in the file', () => {
    expect(() => loadText(base.replace('region: europe', 'region: japn'))).toThrow(
      /scenario\.yaml:9:25: stress\.outages\.blackout\.region: expected one of: .* found japn; did you mean japan\?/,
    );
  });

  it('refuses departures at a time beside a trace, which says who comes when', () => {
    const trace = '{format: golem-2019, path: x, month: 2019-01}';
    expect(faultsOf(`fleet.honest={trace: ${trace}, leaves: {at: 1d}}`)).toEqual([
      'fleet.honest.leaves: expected after, because the trace says who comes when, found {at: 1d}',
    ]);
  });

  it('refuses newcomers beside a trace, which says who comes', () => {
    const trace = '{format: golem-2019, path: x, month: 2019-01}';
    expect(faultsOf(`fleet.honest={trace: ${trace}, joins: {newcomers: {perDay: 1}}}`)).toEqual([
      'fleet.honest.joins.newcomers: expected no newcomers beside a trace, which says who comes, found {perDay: 1}',
    ]);
  });
});

describe('what stress may be written as', () => {
  it.each([
    [`${blackout}=null`],
    ['stress.outages.x={region: japan, provider: acme, at: [1d, 3d], for: {exponential: {mean: 1d}}}'],
    ['stress.outages.x={region: japan, pattern: power-failure}'],
    ['stress.outages.x={region: japan, pattern: isp-failure, at: 3d, share: 1}'],
    [`${blackout}.between=3d`],
    ['fleet.honest.outages={pattern: none, running: finish}'],
    ['fleet.honest.leaves={after: {lognormal: {median: 10d, sigma: 1}}}'],
  ])('%s', (setting) => {
    expect(faultsOf(setting)).toEqual([]);
  });

  it('has one of two ways to say when: the nearer one takes the place of the other', () => {
    const { scenario } = loadText(base, `${blackout}.between=3d`);
    expect(scenario.stress.outages.blackout!.at).toBeUndefined();
    expect(scenario.stress.outages.blackout!.between!.mean).toBe(259_200);
  });
});
