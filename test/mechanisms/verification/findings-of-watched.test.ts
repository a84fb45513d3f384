import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineReputationModel } from '../../../sim/model/contract/definition.js';
import { EvidenceRole } from '../../../sim/model/contract/evidence.js';
import { Registry } from '../../../sim/scenario/schema/registry.js';
import { buildLoaded, loadTextWith, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  seed: watched
  horizon: 5d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    reputation: { kind: beta, forgetting: 1 }
    verification: { kind: optimistic, window: 1h, checkProbability: 1, rounds: 2 }
    slashing: { kind: fixed, fraction: 0.0001 }
    rewards: { kind: fee-split, emission: 0 }
  fleet:
    honest: { nodes: 20, hardware: reference-cpu, quality: 1, stake: 100, funds: 1000 }
    liars: { nodes: 5, hardware: reference-cpu, quality: 1, stake: 100, funds: 1000, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m, fee: 0.2 } }
`;

interface Heard {
  readonly at: number;
  readonly job: string;
  readonly attempt: number;
  readonly kind: string;
  readonly assignedAt: number;
}

/** What a model hears of workers’ attempts and jobs, in order. */
function heardIn(...set: readonly string[]): readonly Heard[] {
  const heard: Heard[] = [];
  const listening = defineReputationModel({
    kind: 'listening',
    meaning: 'Hears, and says always the same.',
    settings: z.strictObject({ kind: z.literal('listening') }),
    create: (_settings, { attempts, jobs, kinds, now }) => ({
      lowest: () => 0,
      highest: () => 1,
      prior: () => 1,
      scoreAfter: ({ job, attempt, kind, role }, score) => {
        if (role !== EvidenceRole.worker) return score;
        const assignedAt = attempt < 0 ? Number.NaN : attempts.assignedAt[attempt]!;
        heard.push({ at: now(), job: `${jobs.number[job]}`, attempt, kind: kinds.nameOf(kind), assignedAt });
        return score;
      },
      scoreMoved: (_node, _change) => 1,
      historyReset: () => 1,
    }),
  });
  const registry = Registry.builtIn().with({ reputation: [listening] });
  const built = buildLoaded(loadTextWith(registry, base, 'protocol.reputation=listening', ...set));
  built.world.simulation.runUntil(5 * 86_400, built.handlers);
  return heard;
}

describe('a result that is looked at', () => {
  it('is refuted or a success, never both: scores count each attempt once', async () => {
    const result = await runFinished(loadTextWith(Registry.builtIn(), base), { detail: true });
    const jobs = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome !== 'open');
    const nodes = records(tableNamed(result, 'nodes'));
    let refuted = 0;
    for (const { node, score, cohort } of nodes) {
      const own = jobs.filter((job) => job.node === node);
      const failures = own.filter(({ outcome }) => outcome === 'rejected').length;
      refuted += failures;
      if (cohort === 'liars') expect(failures).toBe(own.length);
      expect(score).toBeCloseTo((own.length - failures + 1) / (own.length + 2), 12);
    }
    expect(refuted).toBeGreaterThan(500);
  });

  it.each(['referee', 'recheck', '{arbiter: jury, jurors: 3, jurorErrorProbability: 0.3}'])(
    'has one finding an attempt, whoever decides: %s',
    (arbiter) => {
      const heard = heardIn(`protocol.verification${arbiter.startsWith('{') ? '' : '.arbiter'}=${arbiter}`);
      const attempts = new Map<string, string[]>();
      for (const { job, attempt, kind, assignedAt } of heard) {
        const key = `${job} ${attempt} ${assignedAt}`;
        attempts.set(key, [...(attempts.get(key) ?? []), kind]);
      }
      expect([...attempts.values()].filter((kinds) => kinds.length > 1)).toEqual([]);
      expect(heard.filter(({ kind }) => kind === 'invalid').length).toBeGreaterThan(300);
    },
  );

  it('is no success before the window has closed, where who looks is slow', () => {
    const set = ['fleet.liars=null', 'fleet.honest.nodes=2', 'workload.w.arrivals.perHour=2'];
    // whoever looks has a machine of a thousandth of the speed, and is too late
    set.push('fleet.slow={nodes: 1, hardware: reference-cpu, quality: 1, throughput: 0.001, stake: 100, funds: 1000}');
    const watched = heardIn(...set).filter(({ assignedAt }) => Number.isFinite(assignedAt));
    expect(watched.length).toBeGreaterThan(50);
    // a minute for the work and one for the check at least, or an hour
    const after = watched.map(({ at, assignedAt }) => at - assignedAt);
    expect(after.some((seconds) => seconds > 3_600)).toBe(true);
    expect(Math.min(...after)).toBeGreaterThan(119.9);
  });

  it('has what else its scheme found filed behind the findings on its answers', () => {
    const committee = '{kind: consensus, committee: 3, quorum: 2}';
    const set = `protocol.verification=[${committee}, {kind: optimistic, checkProbability: 0.5, rounds: 1}]`;
    const heard = heardIn(set, 'workload.w.class=iot-oracle', 'workload.w.deadline=none');
    const judged = new Map<string, number>();
    const side = heard.filter(({ attempt }) => attempt < 0);
    expect(side.length).toBeGreaterThan(1_000);
    for (const { job, attempt } of heard) {
      if (attempt >= 0) {
        expect(judged.get(`${job} side`)).toBeUndefined();
        judged.set(job, (judged.get(job) ?? 0) + 1);
      } else judged.set(`${job} side`, 1);
    }
  });
});
