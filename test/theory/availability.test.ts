import { describe, expect, it } from 'vitest';
import { exponential, lognormal } from '../../sim/engine/distributions.js';
import { buildLoaded, loadText, runUntil } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

const horizonDays = 60;

/** Mean share of their time that the machines of a seed were up. */
function availability(seed: string, ...set: readonly string[]): number {
  const built = buildLoaded(
    loadText(
      `
      seed: ${seed}
      horizon: ${horizonDays}d
      network: single
      protocol: { checkIn: none, epoch: 7d, publish: { every: 0 } }
      sampleEvery: 30d
      fleet: { a: { nodes: 40, hardware: reference-cpu, providers: { acme: 0.5 } } }
      workload: { w: { class: task, arrivals: { perDay: 0 } } }
      `,
      ...set,
    ),
  );
  const { machines } = built.world;
  runUntil(built, horizonDays * 86_400);
  let share = 0;
  for (let machine = 0; machine < machines.end; machine += 8) {
    built.lives.availability.account(machine);
    share += machines.upSeconds[machine]! / machines.usedSeconds[machine]!;
  }
  return share / machines.count;
}

const overSeeds = (...set: readonly string[]) => twentySeeds.map((seed) => availability(seed, ...set));

// mean up over mean cycle, each
const own = { setting: 'fleet.a.outages={up: {exponential: {mean: 9h}}, down: {exponential: {mean: 1h}}}', up: 0.9 };
const maintained = { setting: 'fleet.a.maintenance={every: 2d, for: 6h, over: 1d}', up: 42 / 48 };
const regional = {
  setting: 'stress.outages.r={region: here, between: {exponential: {mean: 20h}}, for: {exponential: {mean: 5h}}}',
  up: 0.8,
};
const shared = {
  setting:
    'stress.outages.s={region: here, share: 0.5, ' +
    'between: {exponential: {mean: 9h}}, for: {lognormal: {median: 1h, sigma: 1}}}',
  up: 1 - (0.5 * lognormal(1, 1).mean) / (exponential(9).mean + lognormal(1, 1).mean),
};

describe('availability', () => {
  it.each([
    ['own outages', [own]],
    ['a regional outage', [regional]],
    ['an outage of a share of the machines', [shared]],
    ['all of them, as if they were independent, for they are', [own, maintained, regional, shared]],
  ])('is mean time up over mean cycle: %s', (_title, reasons) => {
    const expected = reasons.reduce((product, { up }) => product * up, 1);
    const found = overSeeds(...reasons.map(({ setting }) => setting));
    expect(Math.abs(errorsFrom(found, expected))).toBeLessThan(4);
  });

  it('is the share of time between windows of maintenance, exactly', () => {
    for (const found of overSeeds(maintained.setting)) expect(found).toBeCloseTo(maintained.up, 9);
  });

  it('suffers from a provider’s outage as far as machines are with it', () => {
    const outage =
      'stress.outages.p={provider: acme, between: {exponential: {mean: 10h}}, for: {exponential: {mean: 10h}}}';
    expect(Math.abs(errorsFrom(overSeeds(outage), 1 - 0.5 * 0.5))).toBeLessThan(4);
  });
});
