import { describe, expect, it } from 'vitest';
import { assignmentPolicies } from '../../../sim/mechanisms/assignment/index.js';
import { reputationModels } from '../../../sim/mechanisms/reputation/index.js';
import { rewardRules } from '../../../sim/mechanisms/rewards/index.js';
import { slashingRules } from '../../../sim/mechanisms/slashing/index.js';
import { verificationSchemes } from '../../../sim/mechanisms/verification/index.js';
import type { Definition } from '../../../sim/model/contract/definition.js';
import { runScenario } from '../../../sim/run.js';
import {
  buildLoaded,
  contextsOf,
  finalJobs,
  loadText,
  metricOf,
  records,
  tableNamed,
} from '../../support/scenarios.js';

const base = `
  horizon: 10h
  warmUp: 0
  network: single
  protocol: { assignment: central, checkIn: none }
  fleet:
    fair: { nodes: 3, hardware: reference-cpu, quality: 0.8 }
    best: { nodes: 2, hardware: reference-cpu, quality: 1, completion: 0.9 }
    good: { nodes: 2, hardware: reference-cpu, quality: 0.89 }
    liars: { nodes: 5, hardware: reference-cpu, quality: 1, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 100 }, work: 1s, deadline: none } }
`;

describe('central', () => {
  it('takes the node that is likeliest to answer right, by quality × completion, of equal ones the first', async () => {
    const jobs = finalJobs(await runScenario(loadText(base, 'workload.w.work=1ms'), { detail: true }));
    const first = jobs.filter(({ attempts }) => attempts === 1);
    expect(first.length).toBeGreaterThan(800);
    expect(new Set(first.map(({ node }) => node))).toEqual(new Set([3]));
  });

  it('never takes an attacker, even where nobody else is free', async () => {
    const result = await runScenario(
      loadText(base, 'workload.w.work=10m', 'workload.w.deadline={times: 1, atLeast: 12m}'),
      {
        detail: true,
      },
    );
    expect(finalJobs(result).every(({ node }) => node === null || Number(node) < 7)).toBe(true);
    expect(metricOf(result, 'jobsUnserved')).toBeGreaterThan(100);
    const onlyLiars = loadText(base, ...['fair', 'best', 'good'].map((name) => `fleet.${name}.joins={at: 20h}`));
    const rows = records(tableNamed(await runScenario(onlyLiars), 'unserved'));
    expect(rows.map(({ reason }) => reason)).toEqual(['noWeight']);
  });

  it('lets no more wrong results pass than any policy that goes by evidence', async () => {
    const wrongUnder = async (kind: string) =>
      metricOf(
        await runScenario(loadText(base, `protocol.assignment=${kind}`, 'workload.w.work=2m')),
        'wrongAcceptedRate',
      );
    const least = await wrongUnder('central');
    for (const { kind } of assignmentPolicies) {
      if (kind !== 'central') expect(await wrongUnder(kind), kind).toBeGreaterThan(least);
    }
  });

  it('is the only mechanism that uses the truth, and nobody else is given it', () => {
    const registries = [assignmentPolicies, reputationModels, rewardRules, slashingRules, verificationSchemes];
    const all = registries.flat() as readonly Pick<Definition<unknown, never>, 'kind' | 'usesTruth'>[];
    expect(all.filter(({ usesTruth }) => usesTruth === true).map(({ kind }) => kind)).toEqual(['central']);
    const contexts = contextsOf(buildLoaded(loadText(base)));
    for (const context of Object.values(contexts)) expect(Object.keys(context)).not.toContain('quality');
  });
});
