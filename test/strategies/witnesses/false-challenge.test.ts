import { describe, expect, it } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

const base = `
  seed: quarrels
  horizon: 8d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: optimistic, window: 1h, checkers: 0, bond: 1, rounds: 2, round: 10m }
    slashing: { kind: fixed, fraction: 0.01 }
    slashedTo: { burn: 0, challenger: 1 }
    reputation: ema
    checkIn: none
  fleet:
    honest: { nodes: 20, hardware: reference-cpu, quality: 1, funds: 1000 }
    quarrelers:
      nodes: 5
      hardware: reference-cpu
      quality: 1
      funds: 5000
      strategy: { kind: false-challenge, probability: 0.3 }
  workload: { w: { class: task, arrivals: { perHour: 40 }, work: 1m, fee: 0.5 } }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set), { detail: true });
const disputes = (result: Awaited<ReturnType<typeof run>>) => records(tableNamed(result, 'disputes'));

describe('false-challenge', () => {
  it('disputes its share of others’ right results, and loses each time', async () => {
    const result = await run();
    const found = disputes(result);
    const nodes = records(tableNamed(result, 'nodes'));
    const theirs = nodes.slice(0, 20).reduce((sum, { attemptsAccepted }) => sum + Number(attemptsAccepted), 0);
    expect(Math.abs(binomialErrors(found.length, theirs, 0.3))).toBeLessThan(4);
    for (const { upheld, challenger, worker } of found) {
      expect(upheld).toBe(false);
      expect(Number(challenger)).toBeGreaterThanOrEqual(20);
      expect(Number(worker)).toBeLessThan(20);
    }
    // the bond of one fee each, to whom it challenged
    expect(metricOf(result, 'attackerSlashedUsd')).toBeGreaterThanOrEqual(0.5 * found.length);
    expect(metricOf(result, 'completedFraction')).toBe(1);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it('disputes what it is called to check, unless told not to; then it looks', async () => {
    const called = ['protocol.verification.checkers=1', 'protocol.verification.checkProbability=1'];
    const quiet = 'fleet.quarrelers.strategy={ kind: false-challenge, probability: 0, whenCalled: false }';
    expect(disputes(await run(...called, 'fleet.quarrelers.strategy.probability=0')).length).toBeGreaterThan(500);
    expect(disputes(await run(...called, quiet))).toEqual([]);
    const lies = disputes(await run(...called, quiet, 'fleet.honest.strategy=always-wrong'));
    expect(lies.some(({ challenger }) => Number(challenger) >= 20)).toBe(true);
  });

  it('lets members of its attack alone', async () => {
    const result = await run('fleet.honest.attack=raid', 'fleet.quarrelers.attack=raid');
    expect(disputes(result)).toEqual([]);
  });

  it('serves honestly beside', async () => {
    expect(metricOf(await run(), 'wrongAcceptedRate')).toBe(0);
  });

  it('is warned of where nothing can be disputed', () => {
    const { warnings } = loadText(base, 'protocol.verification=none', 'protocol.slashedTo={ burn: 1, challenger: 0 }');
    expect(warnings.map(({ expected }) => expected)).toContain('a verification scheme whose results can be challenged');
  });
});
