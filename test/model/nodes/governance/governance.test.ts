import { describe, expect, it } from 'vitest';
import { toMicroTokens } from '../../../../sim/model/contract/units.js';
import type { Cell } from '../../../../sim/record/tables/table.js';
import { runScenario } from '../../../../sim/run.js';
import { buildLoaded, loadText, records, runFinished, runUntil, tableNamed } from '../../../support/scenarios.js';

const hour = 3_600;

/** A network in which nothing happens of itself. */
const still = (protocol: string, set: string) => `
  horizon: 10h
  warmUp: 0
  network: single
  protocol: ${protocol}
  fleet: { a: { nodes: 3, hardware: reference-cpu, stake: 30 } }
  workload: { w: { class: task, arrivals: { perDay: 0 } } }
  changes: [{ at: 5h, set: ${set} }]
`;

describe('a change of rules', () => {
  it('binds jobs that are submitted later, and no job before', async () => {
    const text = `
      horizon: 10h
      warmUp: 0
      network: single
      protocol:
        epoch: 1h
        rewards: { kind: fee-split, operator: 0.9, verifiers: 0, treasury: 0.1, emission: 0 }
      fleet: { a: { nodes: 4, hardware: reference-cpu, quality: 1 } }
      workload: { w: { class: task, arrivals: { perHour: 2 }, work: 90m, fee: 1, deadline: none } }
      changes: [{ at: 5h, set: { protocol.rewards: { operator: 0.5, treasury: 0.5 } } }]
    `;
    const result = await runFinished(loadText(text), { detail: true });
    const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'completed');
    const before = jobs.filter(({ submittedSeconds }) => Number(submittedSeconds) < 5 * hour).length;
    const late = jobs.filter(({ finalSeconds }) => Number(finalSeconds) > 5 * hour).length;
    // some were open when the rules changed
    expect(before + late).toBeGreaterThan(jobs.length);
    expect(jobs.length).toBeGreaterThan(before);
    const { ledger } = result.finished.world;
    const paid = [...ledger.paid, ...ledger.due.flatMap((due) => [...due])].reduce((sum, amount) => sum + amount, 0);
    expect(paid).toBe(before * 900_000 + (jobs.length - before) * 500_000);
  });

  it('counts an attempt’s time by the rules of its job: how often it is tried, how long is waited', async () => {
    const tries = async (set: string) => {
      const result = await runScenario(
        loadText(
          still('{ attempts: 1, verification: none }', set),
          'fleet.a={ nodes: 3, hardware: reference-cpu, completion: 0 }',
          'workload.w={ class: task, arrivals: { perHour: 1 }, work: 30m, deadline: none }',
        ),
        { detail: true },
      );
      return records(tableNamed(result, 'jobs'))
        .filter(({ outcome }) => outcome !== 'open')
        .map(({ submittedSeconds, attempts }) => [Number(submittedSeconds) < 5 * hour, attempts]);
    };
    const found = await tries('{ protocol.attempts: 3 }');
    expect(new Set(found.map(([isBefore, attempts]) => `${isBefore} ${attempts}`))).toEqual(
      new Set(['true 1', 'false 3']),
    );
  });

  it('puts a higher minimum stake into force at once, and a lower one lets nodes work again', () => {
    const built = buildLoaded(loadText(still('{ stake: { minimum: 10 } }', '{ protocol.stake.minimum: 31 }')));
    const { nodes, rules } = built.world;
    runUntil(built, 5 * hour - 1);
    expect([...nodes.isActive]).toEqual([1, 1, 1]);
    runUntil(built, 5 * hour);
    expect([...nodes.isActive]).toEqual([0, 0, 0]);
    expect(rules.now.minimumStake).toBe(toMicroTokens(31));
    const freed = buildLoaded(loadText(still('{ stake: { minimum: 31 } }', '{ protocol.stake.minimum: 30 }')));
    runUntil(freed, 5 * hour);
    expect([...freed.world.nodes.isActive]).toEqual([1, 1, 1]);
  });

  it('serves the jobs that wait at once, in their order, where it makes room for them', async () => {
    const result = await runScenario(
      loadText(
        still('{ queueLimit: 0, verification: none }', '{ protocol.queueLimit: 1 }'),
        'workload.w={ class: task, arrivals: { perHour: 3 }, work: 20h, deadline: none }',
      ),
      { detail: true },
    );
    const jobs = records(tableNamed(result, 'jobs'))
      .map(({ submittedSeconds, assignedSeconds }) => [Number(submittedSeconds), assignedSeconds] as const)
      .sort(([a], [b]) => a - b);
    const waited = jobs.filter(([submitted]) => submitted < 5 * hour).slice(3);
    expect(waited.length).toBeGreaterThan(3);
    expect(waited.slice(0, 3).map(([, assigned]) => assigned)).toEqual([5 * hour, 5 * hour, 5 * hour]);
    expect(waited.slice(3).map(([, assigned]) => assigned)).toEqual(waited.slice(3).map(() => null));
  });

  it('keeps every score within the range that the model has from then on', () => {
    const built = buildLoaded(
      loadText(
        still(
          '{ reputation: { kind: step, initial: 1 }, publish: { every: 0 } }',
          '{ protocol.reputation: { highest: 0.5, initial: 0.5 } }',
        ),
      ),
    );
    runUntil(built, 5 * hour);
    expect([...built.world.nodes.score]).toEqual([0.5, 0.5, 0.5]);
    expect([...built.world.nodes.publishedScore]).toEqual([0.5, 0.5, 0.5]);
  });

  it('counts check-ins by the interval that is in force, each once', () => {
    const checkIns = (set: string) => {
      const built = buildLoaded(
        loadText(still('{ checkIn: { every: 1h }, reputation: { kind: step, checkInGain: 0.0001 } }', set)),
      );
      runUntil(built, 10 * hour);
      built.lives.availability.accountAll();
      return built.lives.availability.checkInsMade[0];
    };
    // at 1 h to 5 h, then at 5 h 20 m and so on
    expect(checkIns('{ protocol.checkIn.every: 20m }')).toBe(5 + 15);
    expect(checkIns('{ protocol.checkIn: none }')).toBe(5);
    expect(checkIns('{ protocol.checkIn.every: 3h }')).toBe(5 + 2);
  });

  it('pays emission by the rate of its time', async () => {
    const minted = async (set: string) => {
      const text = still('{ epoch: 10h, rewards: { kind: fee-split, emission: 1 } }', set);
      return (await runFinished(loadText(text))).finished.world.ledger.minted;
    };
    const half = 3 * Math.floor((30e6 * 5 * hour) / (365.25 * 24 * hour));
    const year = await minted('{ protocol.attempts: 2 }');
    expect(Math.abs(year - 2 * half)).toBeLessThan(0.01 * half);
    expect(await minted('{ protocol.rewards.emission: 0 }')).toBe(year / 2);
    // of each part whole micro-tokens
    expect(Math.abs((await minted('{ protocol.rewards.emission: 3 }')) - 2 * year)).toBeLessThanOrEqual(3);
  });

  it('makes room for more witnesses than any attempt had before', async () => {
    const text = `
      horizon: 10h
      warmUp: 0
      network: world
      protocol: { verification: { kind: peer-attestation, peers: 1, threshold: 1, replyDelay: 20m, replyWithin: 2h } }
      fleet: { a: { nodes: 12, hardware: reference-cpu } }
      workload: { w: { class: task, arrivals: { perHour: 20 }, work: 20m, deadline: none } }
      changes: [{ at: 5h, set: { protocol.verification.peers: 7 } }]
    `;
    const result = await runScenario(loadText(text), { detail: true });
    const submitted = new Map<Cell | undefined, number>(
      records(tableNamed(result, 'jobs'))
        .filter(({ outcome }) => outcome === 'completed')
        .map(({ ordinal, submittedSeconds }) => [ordinal, Number(submittedSeconds)]),
    );
    const asked = new Map<Cell | undefined, number>();
    for (const { ordinal, attempt, reply } of records(tableNamed(result, 'attestations'))) {
      if (!submitted.has(ordinal!)) continue;
      expect(reply).toBe('signed');
      if (attempt === 0) asked.set(ordinal!, (asked.get(ordinal!) ?? 0) + 1);
    }
    for (const [ordinal, count] of asked) expect(count).toBe(submitted.get(ordinal)! < 5 * hour ? 1 : 7);
    expect(new Set(asked.values())).toEqual(new Set([1, 7]));
  });

  it('is marked in the table of episodes, with what becomes what', async () => {
    const set = '{ protocol.stake.minimum: 20, protocol.attempts: 2, protocol.queueLimit: 1, protocol.checkIn: none }';
    const result = await runScenario(loadText(still('{}', set)));
    expect(records(tableNamed(result, 'episodes'))).toEqual([
      {
        kind: 'change',
        scope: 'all',
        startDays: 5 / 24,
        endDays: 5 / 24,
        label: 'stake.minimum becomes 20, attempts 2, queueLimit 1, 1 more',
      },
    ]);
  });
});

describe('a change of how scores are published', () => {
  /** Published scores of node 0, at the times at which they became so [s]. */
  const published = (publish: string, set: string) => {
    const built = buildLoaded(loadText(still(`{ publish: ${publish}, reputation: { kind: ema, initial: 0.5 } }`, set)));
    const { nodes } = built.world;
    const seen: (readonly [number, number])[] = [];
    let last = nodes.publishedScore[0]!;
    for (let at = 4 * hour; at <= 7 * hour; at += 60) {
      runUntil(built, at);
      if (nodes.publishedScore[0] !== last) seen.push([at / 60, nodes.publishedScore[0]!]);
      last = nodes.publishedScore[0]!;
      // the score is the minute that it was given in
      built.lives.nodeLife.scoreChanged(0, at / 60 / 1_000);
    }
    return seen;
  };

  it('reads them at multiples of the new interval, and no more at those of the old', () => {
    const times = published('{ every: 30m, delay: 2m }', '{ protocol.publish.every: 40m }').map(([at]) => at);
    expect(times.filter((at) => at > 302)).toEqual([322, 362, 402]);
    expect(times.filter((at) => at < 300)).toEqual([272]);
  });

  it('makes all of them public at once where the interval ends, and nothing older later', () => {
    const seen = published('{ every: 7m, delay: 20m }', '{ protocol.publish.every: 0 }');
    const after = seen.filter(([at]) => at >= 300);
    expect(after[0]).toEqual([300, 0.299]);
    for (const [at, score] of after) expect(score).toBe((at - 1) / 1_000 === score ? score : at / 1_000);
    expect(after).toHaveLength(121);
  });

  it('lets no report pass those before it where the delay becomes shorter', () => {
    const seen = published('{ every: 10m, delay: 35m }', '{ protocol.publish.delay: 1m }');
    const scores = seen.map(([, score]) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(seen.at(-1)![0]).toBe(411);
  });
});
