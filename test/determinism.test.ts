import { describe, expect, it } from 'vitest';
import type { RunResult } from '../sim/run.js';
import { buildLoaded, csvText, loadText, numbers, runFinished, runUntil, tableNamed } from './support/scenarios.js';

const scenario = `
  seed: same
  horizon: 3d
  protocol: { extends: triangulated-mesh }
  fleet:
    honest:
      nodes: 40
      outages: { up: { exponential: { mean: 8h } }, down: 20m }
      throughput: { lognormal: { median: 1, sigma: 0.3 } }
      maintenance: { every: 1d, for: 1h }
      providers: { acme: 0.5 }
      wear: { every: 1d, loss: 0.1, share: 0.5 }
      joins: { newcomers: { perDay: 5 } }
      leaves: { after: { exponential: { mean: 10d } } }
    swarm:
      nodes: 15
      stake: 10
      funds: 200
      joins: { at: 1d, over: 6h }
      strategy: { kind: sybil-swarm, machines: 3, replacesEjected: true, identitiesMost: 30 }
    liars: { nodes: 5, strategy: { kind: always-wrong, wrongProbability: 0.5 }, leaves: { at: 2d, over: 6h } }
  workload:
    batch:
      class: simulation
      arrivals: { perHour: 60, diurnal: 0.4, surges: { viral: { between: 12h, for: 2h, factor: 3 } } }
      work: { lognormal: { median: 10m, sigma: 1 } }
    links: { class: tunnel, arrivals: { perHour: 20 }, work: { exponential: { mean: 10m } } }
  stress:
    outages:
      acme: { provider: acme, between: { exponential: { mean: 12h } }, for: 1h, share: 0.7 }
      blackout: { region: europe, at: 30h, for: 4h }
    bugs: { driver: { hardware: consumer-gpu, at: 2d, for: 6h, share: 0.5 } }
`;

const run = (...set: readonly string[]) => runFinished(loadText(scenario, ...set), { detail: true });

/** Everything that a run leaves, as text. */
function trace(result: RunResult) {
  return {
    trajectory: result.trajectoryFingerprint,
    accounting: result.accountingFingerprint,
    events: result.events,
    tables: Object.fromEntries(result.tables.map((table) => [table.name, csvText(table)])),
  };
}

describe('a run', () => {
  it('is the same to the byte for the same scenario and seed', async () => {
    const first = trace(await run());
    expect(first.tables.jobs!.length).toBeGreaterThan(100_000);
    expect(trace(await run())).toEqual(first);
  });

  it('has another fingerprint where only answers or only verdicts differ', async () => {
    const plain = `
      horizon: 1d
      network: single
      protocol: { verification: none, publish: { every: 0 }, slashing: { kind: fixed, fraction: 0 } }
      fleet: { a: { nodes: 5, hardware: reference-cpu, strategy: { kind: always-wrong } } }
      workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m, deadline: none } }
    `;
    const right = 'fleet.a.strategy.wrongProbability=0';
    const doubted = 'protocol.verification={kind: peer-attestation, peers: 1, threshold: 1, errorProbability: PART}';
    const cases = [[], [right], [right, doubted.replace('PART', '0')], [right, doubted.replace('PART', '1')]];
    const results = await Promise.all(cases.map((set) => runFinished(loadText(plain, ...set))));
    const events = results.map((result) => result.events);
    expect([events[0], events[2]]).toEqual([events[1], events[3]]);
    const fingerprints = results.map((result) => result.trajectoryFingerprint);
    expect(fingerprints[0]).not.toBe(fingerprints[1]);
    expect(fingerprints[2]).not.toBe(fingerprints[3]);
  });

  it('is another one for another seed', async () => {
    const first = trace(await run());
    const other = trace(await run('seed=other'));
    expect(other.trajectory).not.toBe(first.trajectory);
    expect(other.accounting).not.toBe(first.accounting);
    for (const name of ['runs', 'timeseries', 'nodes', 'jobs', 'attestations']) {
      expect(other.tables[name]).not.toBe(first.tables[name]);
    }
  });

  it.each([
    'protocol.verification.0.errorProbability=0',
    'protocol.assignment.proximityExponents.rendering=3',
    'fleet.honest.funds=0',
    'money.savedHour=0.3',
  ])('isn’t changed by a setting that nothing uses: %s', async (set) => {
    expect(trace(await run(set))).toEqual(trace(await run()));
  });

  it.each([
    'expect=[{ metric: giniWork, below: 2 }]',
    'expect=[{ metric: latencyP95Seconds, at: { from: 20h, to: 47h }, below: 2 }]',
    'expect=[{ metric: attackerWorkShare, at: worstEpoch, cohort: swarm, after: outage blackout ends, below: 0.1 }]',
  ])('is changed by what is expected of it in the table of that alone: %s', async (set) => {
    const [plain, other] = [trace(await run()), trace(await run(set))];
    expect(other.tables.expectations).not.toBe(plain.tables.expectations);
    const { expectations } = plain.tables;
    expect({ ...other, tables: { ...other.tables, expectations } }).toEqual(plain);
  });

  it('has the same trajectory whatever is sampled', async () => {
    const often = await run('sampleEvery=7m', 'warmUp=1h');
    const seldom = await run('sampleEvery=1d', 'warmUp=2d');
    expect(often.trajectoryFingerprint).toBe(seldom.trajectoryFingerprint);
    expect(often.accountingFingerprint).toBe(seldom.accountingFingerprint);
    expect(csvText(tableNamed(often, 'jobs'))).toBe(csvText(tableNamed(seldom, 'jobs')));
    expect(numbers(tableNamed(often, 'timeseries'), 'timeDays').length).toBeGreaterThan(
      numbers(tableNamed(seldom, 'timeseries'), 'timeDays').length,
    );
  });

  it('has the same trajectory without detail', async () => {
    const plain = await runFinished(loadText(scenario));
    expect(plain.trajectoryFingerprint).toBe((await run()).trajectoryFingerprint);
  });

  it('is the same in however many slices its time is cut', async () => {
    const whole = await run();
    const loaded = loadText(scenario);
    const built = buildLoaded(loaded);
    const { world } = built;
    for (let now = 0; now < loaded.scenario.horizon; now += 1_234.5) runUntil(built, now);
    runUntil(built, loaded.scenario.horizon);
    expect(world.simulation.fingerprint).toBe(whole.trajectoryFingerprint);
    expect(world.simulation.delivered).toBe(whole.events);
    expect([...world.ledger.balance]).toEqual([...whole.finished.world.ledger.balance]);
    expect([...world.nodes.score]).toEqual([...whole.finished.world.nodes.score]);
  });

  it('tells its progress, and stops when it is told to', async () => {
    const seen: number[] = [];
    const stop = new AbortController();
    const options = {
      onProgress: ({ simulatedSeconds }: { simulatedSeconds: number }) => {
        seen.push(simulatedSeconds);
        if (seen.length === 3) stop.abort(new Error('enough'));
      },
      signal: stop.signal,
    };
    await expect(runFinished(loadText(scenario), options)).rejects.toThrow('enough');
    expect(seen).toHaveLength(3);
  });

  it('stops when it is told to though the clock hardly moves', async () => {
    const stop = new AbortController();
    let events = 0;
    const onProgress = (progress: { events: number; simulatedSeconds: number }) => {
      expect(progress.events - events).toBeLessThanOrEqual(50_000);
      events = progress.events;
      // a slice is 43 s, in which two million jobs arrive
      expect(progress.simulatedSeconds).toBeLessThan(43);
      if (events > 200_000) stop.abort(new Error('enough'));
    };
    const busy = loadText(scenario, 'horizon=1d', 'workload={batch: {arrivals: {perSecond: 50000}}}');
    await expect(runFinished(busy, { onProgress, signal: stop.signal })).rejects.toThrow('enough');
    expect(events).toBeLessThan(300_000);
  });
});
