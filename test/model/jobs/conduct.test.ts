import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handleStep } from '../../../sim/model/columns/rows/side-by-side.js';
import { oneEach } from '../../../sim/model/contract/cohorts/cohort-plan.js';
import { defineReputationModel, defineStrategy } from '../../../sim/model/contract/definition.js';
import { EvidenceKind } from '../../../sim/model/contract/evidence.js';
import type { Strategy } from '../../../sim/model/contract/roles.js';
import { Registry } from '../../../sim/scenario/schema/registry.js';
import { honest } from '../../../sim/strategies/honest.js';
import { buildLoaded, finalJobs, loadTextWith, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
seed: conduct
horizon: 1d
warmUp: 0
network: single
protocol: { assignment: uniform, verification: none, checkIn: none, attempts: 1, publish: { every: 0, delay: 0 } }
fleet:
  a: { nodes: 1, hardware: reference-cpu, quality: 1, strategy: odd }
workload:
  w: { class: task, arrivals: { perHour: 2 }, work: 10m, deadline: none }
`;

/** A registry with honest operators that behave oddly in one thing. */
function withOdd(odd: Partial<Strategy>): Registry {
  const strategy = defineStrategy({
    kind: 'odd',
    meaning: 'Honest but for one thing.',
    isAttacker: false,
    settings: z.strictObject({ kind: z.literal('odd') }),
    plan: (_settings, identities) => oneEach(identities),
    create: (_settings, context, attack) => ({
      ...honest.create(honest.settings.parse({ kind: 'honest' }), context, attack),
      ...odd,
    }),
  });
  return Registry.builtIn().with({ strategy: [strategy] });
}

const run = (odd: Partial<Strategy>, ...set: readonly string[]) =>
  runFinished(loadTextWith(withOdd(odd), base, ...set), { detail: true });

const waits = (result: Awaited<ReturnType<typeof run>>) =>
  finalJobs(result).map((job) => Number(job.deliveredSeconds) - Number(job.assignedSeconds));

describe('a request that the node lets wait', () => {
  it('is worked on that much later', async () => {
    const result = await run({ delaySeconds: () => 25 });
    const jobs = finalJobs(result);
    expect(jobs.length).toBeGreaterThan(20);
    expect(new Set(jobs.map(({ outcome }) => outcome))).toEqual(new Set(['completed']));
    for (const seconds of waits(result)) expect(seconds).toBeCloseTo(625, 6);
  });

  it('longer than the network waits for an acknowledgement, times out as soon as that is over', async () => {
    for (const delay of [31, Number.POSITIVE_INFINITY]) {
      const jobs = finalJobs(await run({ delaySeconds: () => delay }));
      expect(jobs.length).toBeGreaterThan(20);
      for (const { outcome, assignedSeconds, finalSeconds } of jobs) {
        expect(outcome).toBe('timedOut');
        expect(Number(finalSeconds) - Number(assignedSeconds)).toBeCloseTo(30, 6);
      }
    }
  });

  it('finds its machine down if that failed meanwhile', async () => {
    const down = 'fleet.a.outages={ up: 100s, down: 100s }';
    const result = await run({ delaySeconds: () => 100 }, down, 'protocol.acknowledgeWithin=5m', 'workload.w.work=1s');
    const jobs = finalJobs(result);
    expect(jobs.length).toBeGreaterThan(10);
    // whoever asks in a session is answered in the outage after it
    expect(new Set(jobs.map(({ outcome }) => outcome))).toEqual(new Set(['timedOut']));
  });

  it('is refused if it isn’t a time', async () => {
    for (const delay of [-1, Number.NaN]) {
      await expect(run({ delaySeconds: () => delay })).rejects.toThrow(
        /^strategy odd: delaySeconds: expected .*, found (-1|NaN)$/,
      );
    }
  });
});

describe('a job that the node drops', () => {
  it('ends as an absence after that share of its work, which keeps the machine busy', async () => {
    const result = await run({ abortsAfter: () => 0.25 });
    const jobs = finalJobs(result);
    expect(jobs.length).toBeGreaterThan(20);
    for (const { outcome, assignedSeconds, finalSeconds } of jobs) {
      expect(outcome).toBe('timedOut');
      expect(Number(finalSeconds) - Number(assignedSeconds)).toBeCloseTo(150, 6);
    }
    const { machines } = result.finished.world;
    expect(machines.busySeconds[0]).toBeCloseTo(150 * jobs.length, 6);
    expect(machines.savedSeconds[0]).toBe(0);
    expect(result.finished.recorder.whole.completed).toBe(0);
  });

  it('is a failure that a slashing rule can name, and that another node can make up for', async () => {
    const set = ['protocol.attempts=2', 'fleet.b={nodes: 1, hardware: reference-cpu, quality: 1}', 'seed=other'];
    const rule = 'protocol.slashing={kind: fixed, fraction: 0, byFinding: {absence: 0.01}}';
    const result = await run({ abortsAfter: () => 0.5 }, rule, ...set);
    const slashings = records(tableNamed(result, 'slashings'));
    expect(slashings.length).toBeGreaterThan(5);
    expect(new Set(slashings.map(({ cause, cohort }) => `${cause} ${cohort}`))).toEqual(new Set(['absence a']));
    expect(new Set(finalJobs(result).map(({ outcome }) => outcome))).toEqual(new Set(['completed']));
  });

  it('is finished where the share is 1, and there is nothing else to it', async () => {
    const plain = await run({});
    const finished = await run({ abortsAfter: () => 1, delaySeconds: () => 0 });
    expect(finished.trajectoryFingerprint).toBe(plain.trajectoryFingerprint);
  });
});

describe('what a node states of its answer', () => {
  /** Reads the confidence of each finding's attempt, and of all attempts that lie beside it. */
  function reading(seen: (confidence: number, kind: EvidenceKind, unrevealed: readonly number[]) => void): Registry {
    const model = defineReputationModel({
      kind: 'reading',
      meaning: 'Reads what was stated.',
      settings: z.strictObject({ kind: z.literal('reading') }),
      create: (_settings, { attempts, jobs }) => ({
        prior: () => 1,
        scoreAfter: ({ attempt, kind }, score) => {
          const open: number[] = [];
          jobs.eachOpen((job) => {
            let other = jobs.lastAttempt[job]!;
            for (; other >= 0; other = attempts.nextOfJob[other]!) {
              if (jobs.isSealed[job] === 1) open.push(attempts.confidence(other));
            }
          });
          if (attempt >= 0) seen(attempts.confidence(attempt), kind, open);
          return score;
        },
        scoreMoved: () => 1,
        historyReset: () => 1,
        lowest: () => 1,
        highest: () => 1,
      }),
    });
    const { registered } = withOdd({ confidence: (node) => (node === 0 ? 0.75 : Number.NaN) });
    const odd = registered.strategy.find(({ kind }) => kind === 'odd')!;
    return Registry.builtIn().with({ strategy: [odd], reputation: [model] });
  }
  const pair = 'protocol.verification={kind: redundancy, replicas: 2, quorum: 2}';

  it('is there for mechanisms with the verdict, and of nobody who states nothing', async () => {
    const stated: number[] = [];
    const registry = reading((confidence) => stated.push(confidence));
    const set = ['protocol.reputation=reading', 'fleet.a.nodes=2', pair];
    await runFinished(loadTextWith(registry, base, ...set));
    expect(stated.length).toBeGreaterThan(40);
    expect(stated.filter((value) => value === 0.75).length).toBe(stated.length / 2);
    expect(stated.filter(Number.isNaN).length).toBe(stated.length / 2);
  });

  it('is seen by nobody before the answer is revealed', async () => {
    const [stated, sealed]: [number[], number[]] = [[], []];
    const registry = reading((confidence, _kind, unrevealed) => {
      stated.push(confidence);
      sealed.push(...unrevealed);
    });
    const committee = '{kind: consensus, committee: 2, quorum: 2, commitReveal: 5m}';
    const set = [`protocol.verification=${committee}`, 'fleet.a.nodes=8', 'workload.w.arrivals.perHour=20'];
    await runFinished(loadTextWith(registry, base, 'protocol.reputation=reading', ...set));
    expect(stated.filter((value) => value === 0.75).length).toBeGreaterThan(20);
    expect(sealed.length).toBeGreaterThan(100);
    expect(sealed.every(Number.isNaN)).toBe(true);
  });

  it('outlives neither its row nor a growth of the rows', () => {
    const registry = withOdd({});
    const { attempts } = buildLoaded(loadTextWith(registry, base)).world;
    const handles = Array.from({ length: 20_000 }, () => attempts.take());
    attempts.publishConfidence(handles[3]!, 0.5);
    for (let more = 0; more < 20_000; more++) attempts.take();
    expect(attempts.confidence(handles[3]!)).toBe(0.5);
    attempts.recycle(handles[3]!);
    expect(attempts.take()).toBe(handles[3]);
    expect(attempts.confidence(handles[3]!)).toBeNaN();
    expect(handles[3]).toBe(3 * handleStep);
  });

  it('is refused beyond 0 and 1', async () => {
    await expect(run({ confidence: () => 1.5 })).rejects.toThrow(/confidence from 0 to 1/);
  });

  it('is the quality of the hardware where honest nodes state any', async () => {
    const stated = new Set<number>();
    const registry = reading((confidence) => stated.add(confidence));
    const set = ['protocol.reputation=reading', 'fleet.a.strategy={kind: honest, statesConfidence: true}'];
    await runFinished(loadTextWith(registry, base, ...set, 'fleet.a.quality=0.75'));
    expect([...stated]).toEqual([0.75]);
  });

  it('of an absence is nothing, as there is no answer', async () => {
    const kinds = new Set<EvidenceKind>();
    const registry = reading((confidence, kind) => {
      if (Number.isNaN(confidence)) kinds.add(kind);
    });
    const set = ['protocol.reputation=reading', 'fleet.a.completion=0.5'];
    await runFinished(loadTextWith(registry, base, ...set));
    expect(kinds).toEqual(new Set([EvidenceKind.timeout]));
  });
});
