import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answerOf } from '../sim/findings/answer/answer.js';
import { checkExpectations } from '../sim/findings/checked-expectations.js';
import { listScenarios } from '../sim/reference/scenario-list.js';
import { runScenario } from '../sim/run.js';
import { loadScenario } from '../sim/scenario/load.js';
import { catalogue } from '../sim/scenario/schema/catalogue.js';
import { tableNamed } from './support/scenarios.js';

const load = (name: string) => loadScenario(fileURLToPath(new URL(`../scenarios/${name}.yaml`, import.meta.url)));

describe('scenarios/mm-c.yaml', () => {
  it('answers first how long jobs wait: as long as its comment says that Erlang C says', async () => {
    const loaded = load('mm-c');
    const result = await runScenario(loaded);
    expect(
      answerOf({
        ...loaded,
        values: result.row.values,
        replications: [result.row.values],
        table: (name) => tableNamed(result, name),
      }).reasons[0],
    ).toMatch(/^6\d(\.\d)? % of the jobs that ended had to wait for a first node; the mean wait/);
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
    // the others are the load, the share that waits, the mean latency and the 95 % quantile of the wait
    const held = checkExpectations(tableNamed(result, 'expectations'));
    expect(held.map(({ met }) => met)).toEqual(loaded.scenario.expect.map(() => true));
  });
});

describe('the job classes of scenarios/workloads.yaml', () => {
  it('are each of some scenario, so that none is there untried', () => {
    const folder = fileURLToPath(new URL('../scenarios/', import.meta.url));
    const used = listScenarios(folder).flatMap(({ file }) => {
      const { workload } = loadScenario(file, { withTraces: false }).scenario;
      return Object.values(workload).map((entry) => entry.class);
    });
    const unused = Object.keys(catalogue().jobClasses).filter((name) => !used.includes(name));
    expect(unused).toEqual([]);
  });
});
