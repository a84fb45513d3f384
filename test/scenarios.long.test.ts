import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkExpectations } from '../sim/findings/checked-expectations.js';
import { type RunResult, runScenario } from '../sim/run.js';
import { loadScenario } from '../sim/scenario/load.js';
import { metricOf, records, tableNamed } from './support/scenarios.js';

const load = (name: string) => loadScenario(fileURLToPath(new URL(`../scenarios/${name}.yaml`, import.meta.url)));

function expectMet(result: RunResult): void {
  const checked = checkExpectations(tableNamed(result, 'expectations'));
  expect(checked.length).toBeGreaterThan(3);
  expect(checked.filter(({ met }) => met !== true)).toEqual([]);
}

describe('scenarios/churn.yaml', () => {
  it('meets its expectations', async () => {
    expectMet(await runScenario(load('churn')));
  });
});

describe('scenarios/outages.yaml', () => {
  let result: RunResult;
  let nodes: ReturnType<typeof records>;
  const sum = (cohort: string, column: string) =>
    nodes.filter((node) => node.cohort === cohort).reduce((total, node) => total + Number(node[column]), 0);
  beforeAll(async () => {
    result = await runScenario(load('outages'));
    nodes = records(tableNamed(result, 'nodes'));
  });

  it('meets its expectations', () => {
    expectMet(result);
  });

  it('has unsteady machines lose about the share of jobs that theory says, and next to none lost by the others', () => {
    const lost = (cohort: string) =>
      sum(cohort, 'attemptsFailed') / (sum(cohort, 'attemptsFailed') + sum(cohort, 'attemptsAccepted'));
    // 1 − E[exp(−work / 2 h)]; a little more, as a job that was lost is a long one, and tried again
    expect(lost('unsteady')).toBeGreaterThan(0.208);
    expect(lost('unsteady')).toBeLessThan(0.26);
    expect(lost('home')).toBeLessThan(0.04);
    expect(lost('hosted')).toBeLessThan(0.01);
  });

  it('slashes for being unsteady, not for a day and a half without the provider', () => {
    expect(sum('unsteady', 'slashedTokens') / 50).toBeGreaterThan(20);
    expect(sum('hosted', 'slashedTokens') / 250).toBeLessThan(0.1);
    expect(metricOf(result, 'honestSlashedPer1000NodeMonths')).toBeGreaterThan(10);
  });
});
