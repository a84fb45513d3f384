import { describe, expect, it } from 'vitest';
import { accountOf } from '../../sim/record/economics.js';
import { breaches } from '../support/invariants.js';
import { buildLoaded, loadText, metricOf, records, runFinished, runUntil, tableNamed } from '../support/scenarios.js';
import { binomialErrors } from '../support/statistics.js';

const hour = 3_600;
const base = `
seed: strikes
horizon: 10d
warmUp: 0
network: single
protocol: { assignment: uniform, verification: none, slashing: none, rewards: { kind: fee-split, emission: 0 } }
fleet:
  honest: { nodes: 6, hardware: reference-cpu, quality: 1 }
  raiders: { nodes: 3, hardware: reference-cpu, quality: 1, strategy: { kind: sabotage, targets: 2, for: 6h } }
workload:
  w: { class: task, arrivals: { perHour: 10 }, work: 10m, fee: 0.1 }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });

/** Hours that each machine was up. */
const hoursUp = ({ finished }: Awaited<ReturnType<typeof run>>) =>
  Array.from({ length: 9 }, (_, machine) => finished.world.machines.upSeconds[machine * 8]! / hour);

describe('sabotage', () => {
  it('takes its targets down at the end of each epoch for so long, and nobody else', async () => {
    const result = await run('protocol.reputation={kind: step, checkInLoss: 0, checkInGain: 0, loss: 0, gain: 0}');
    // of equal scores the first two, at nine ends of epochs before the horizon
    expect(hoursUp(result)).toEqual([240 - 54, 240 - 54, 240, 240, 240, 240, 240, 240, 240]);
    const raiders = accountOf(result.finished, 1);
    // nobody strikes at the horizon, where it would be in vain
    expect(raiders.attackCostsUsd).toBe(9 * 2 * 50);
    expect(raiders.outlayUsd).toBeCloseTo(raiders.computeUsd + raiders.identityFeesUsd + 900, 9);
    expect(accountOf(result.finished, 0).attackCostsUsd).toBe(0);
  });

  it('is felt as outages are: missed check-ins, lost jobs, a lower score', async () => {
    const struck = await run('protocol.slashing={kind: fixed, fraction: 0.1}', 'fleet.raiders.strategy.targets=1');
    const scores = records(tableNamed(struck, 'nodes')).map(({ score }) => Number(score));
    const [target, ...others] = hoursUp(struck).flatMap((hours, node) => (hours < 240 ? [node] : []));
    expect(others).toEqual([]);
    expect(scores[target!]).toBe(Math.min(...scores));
    const causes = new Set(records(tableNamed(struck, 'slashings')).map(({ cause, node }) => `${cause} ${node}`));
    expect(causes).toEqual(new Set([`timeout ${target}`]));
  });

  it('strikes with its probability', async () => {
    const result = await run('fleet.raiders.strategy={ targets: 6, probability: 0.3 }', 'horizon=40d');
    const strikes = result.finished.world.operators.strikes.reduce((sum, count) => sum + count, 0);
    expect(Math.abs(binomialErrors(strikes, 6 * 40, 0.3))).toBeLessThan(4);
  });

  it('shares its targets with whoever is in its attack', async () => {
    const second = 'fleet.others={nodes: 1, hardware: reference-cpu, strategy: {kind: sabotage, targets: 2}}';
    const allies = await run(second, 'fleet.raiders.attack=raid', 'fleet.others.attack=raid');
    const down = hoursUp(allies).filter((hours) => hours < 240).length;
    expect(down).toBe(2);
    const strangers = await run(second);
    // who isn't in it is a rival, too
    expect(hoursUp(strangers).filter((hours) => hours < 240).length).toBeGreaterThanOrEqual(2);
  });

  it('is left out of the honest twin, and of a run without attackers', async () => {
    const idle = await run('fleet.raiders.strategy=honest');
    expect(hoursUp(idle)).toEqual(new Array(9).fill(240));
    expect(metricOf(idle, 'jobsCompleted')).toBeGreaterThan(2_000);
  });
});

describe('a forced outage', () => {
  it('is one more reason for being down beside those that there are', () => {
    const built = buildLoaded(loadText(base, 'fleet.honest.outages={ up: 5h, down: 2h }'));
    const { machines } = built.world;
    const actions = built.lives.hands.actionsOf(6, 1);
    runUntil(built, 4 * hour);
    expect(actions.forceOutage(0, 2 * hour)).toBe(true);
    expect([machines.isUp[0], machines.downReasons[0]]).toEqual([0, 1]);
    expect(actions.forceOutage(0, 4 * hour)).toBe(true);
    runUntil(built, 5.5 * hour);
    expect(machines.downReasons[0]).toBe(3);
    expect(breaches(built)).toEqual([]);
    runUntil(built, 7.5 * hour);
    expect([machines.isUp[0], machines.downReasons[0]]).toEqual([0, 1]);
    runUntil(built, 8 * hour);
    expect([machines.isUp[0], machines.downReasons[0]]).toEqual([1, 0]);
    expect(breaches(built)).toEqual([]);
  });

  it('lasts for a time above 0, and strikes nobody who isn’t there', () => {
    const { lives, world } = buildLoaded(loadText(base, 'fleet.honest.joins={ at: 1h }'));
    const actions = lives.hands.actionsOf(6, 1);
    expect(actions.forceOutage(0, hour)).toBe(false);
    expect(world.operators.strikes[6]).toBe(0);
    for (const seconds of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => actions.forceOutage(6, seconds)).toThrow(/finite time above 0/);
    }
  });
});
