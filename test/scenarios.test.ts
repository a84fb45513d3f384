import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { factsOf } from '../sim/commands/run/outcome.js';
import { answerOf } from '../sim/findings/answer.js';
import { checkExpectations } from '../sim/findings/expectations.js';
import { type RunResult, runScenario } from '../sim/run.js';
import { loadScenario } from '../sim/scenario/load.js';
import { metricOf, records, tableNamed } from './support/scenarios.js';

const load = (name: string) => loadScenario(fileURLToPath(new URL(`../scenarios/${name}.yaml`, import.meta.url)));

describe.each(['outages', 'churn'])('scenarios/%s.yaml', (name) => {
  it('meets its expectations', async () => {
    const loaded = load(name);
    const { row } = await runScenario(loaded);
    const checked = checkExpectations(loaded.scenario.expect, row.values);
    expect(checked.length).toBeGreaterThan(3);
    expect(checked.filter(({ met }) => met !== true)).toEqual([]);
  });
});

describe('scenarios/mm-c.yaml', () => {
  it('answers first how long jobs wait: as long as its comment says that Erlang C says', async () => {
    const loaded = load('mm-c');
    const result = await runScenario(loaded);
    expect(answerOf(factsOf(result))[0]).toMatch(
      /^6\d(\.\d)? % of the jobs had to wait for a first node; the mean wait/,
    );
    // by the recursion of Erlang B for four servers, each busy for four minutes with 48 jobs an hour in all
    const [servers, offered] = [4, (48 / 3_600) * 240];
    let blocked = 1;
    for (let server = 1; server <= servers; server++) blocked = (offered * blocked) / (server + offered * blocked);
    const waits = blocked / (1 - (offered / servers) * (1 - blocked));
    const mean = (waits * 240) / (servers - offered);
    expect(waits).toBeCloseTo(0.6, 2);
    expect(mean.toFixed(0)).toBe('179');
    const { above, below } = loaded.scenario.expect[0]!;
    expect((above! + below!) / 2).toBeCloseTo(mean, 0);
    expect(checkExpectations(loaded.scenario.expect, result.row.values).map(({ met }) => met)).toEqual([true]);
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
