import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../sim/record/economics.js';
import { breaches } from '../../support/invariants.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

const base = `
  seed: griefing
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: recompute, share: 0.2 }
    slashing: { kind: fixed, fraction: 0.01 }
    checkIn: none
    directedJobs: true
  fleet:
    honest: { nodes: 10, hardware: reference-cpu, quality: 1 }
    clients:
      nodes: 2
      hardware: reference-cpu
      quality: 1
      funds: 100
      strategy: { kind: griefing-client, targets: 3 }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1m, fee: 0.1 } }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set));
const slashings = (result: Awaited<ReturnType<typeof run>>) => records(tableNamed(result, 'slashings'));

describe('griefing-client', () => {
  it('makes its targets fail in time, and nobody else', async () => {
    const result = await run();
    const found = slashings(result);
    // two clients with a job for each of three, at nine ends of epochs, of which a target has only one at a time
    expect(found.length).toBeGreaterThanOrEqual(27);
    expect(found.length).toBeLessThanOrEqual(54);
    expect(new Set(found.map(({ cause }) => cause))).toEqual(new Set(['timeout']));
    expect(new Set(found.map(({ node }) => node)).size).toBe(3);
    for (const { cohort } of found) expect(cohort).toBe('honest');
    expect(metricOf(result, 'ownJobs')).toBe(54);
    expect(metricOf(result, 'ownJobsCompleted')).toBe(0);
  });

  it('is refunded what came to nothing', async () => {
    const result = await run();
    expect(accountOf(result.finished, 1).ownJobsUsd).toBe(0);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it('pays like any client for jobs that take what they declare', async () => {
    const result = await run('fleet.clients.strategy.timesWork=1');
    expect(slashings(result)).toEqual([]);
    expect(metricOf(result, 'ownJobsCompleted')).toBe(54);
    expect(accountOf(result.finished, 1).ownJobsUsd).toBeCloseTo(5.4, 9);
  });

  it('harms whoever the policy says where it directs none', async () => {
    const result = await run('fleet.clients.strategy.directs=false', 'protocol.directedJobs=false');
    expect(new Set(slashings(result).map(({ node }) => node)).size).toBeGreaterThan(3);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
  });

  it.each([
    ['like: nothing', 'a workload: w'],
    ['timesWork: 1', 'above 1'],
    ['targets: 11', 'at most as many as there are others, 10'],
  ])('%s is told of', (settings, expected) => {
    const set = `fleet.clients.strategy={ kind: griefing-client, ${settings} }`;
    const told = () => loadText(base, set).warnings.map((warning) => warning.expected);
    if (!settings.startsWith('timesWork')) expect(told).toThrow(expected);
    else expect(told()).toContain(expected);
  });
});

describe('a submitted job', () => {
  it('takes so many times the work that it declares, whatever row it has, and no other does', () => {
    const built = buildLoaded(loadText(base, 'fleet.clients.strategy=honest', 'fleet.clients.attack=a'));
    const { jobKeys, jobs } = built.world;
    const actions = built.lives.hands.actionsOf(10, 1);
    runUntil(built, 3_600);
    expect(actions.submit(0, 0, 5)).toBe(true);
    const found: number[] = [];
    jobs.eachOpen((job) => found.push(jobKeys.timesWork(job)));
    expect(found.filter((times) => times === 5)).toHaveLength(1);
    expect(found.every((times) => times === 5 || times === 1)).toBe(true);
    runUntil(built, 2 * 86_400);
    // no row remembers it
    for (let job = 0; job < 80; job += 8) expect(jobKeys.timesWork(job)).toBe(1);
    expect(breaches(built)).toEqual([]);
    for (const times of [0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => actions.submit(0, 0, times)).toThrow(/finite number of times/);
    }
  });
});
