import { describe, expect, it } from 'vitest';
import { type RunResult, runScenario } from '../../sim/run.js';
import { rowsOf } from '../support/effort.js';
import { finalJobs, loadText, metricOf, records, tableNamed } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

const serviceMean = 60;
const jobsMean = 12_000;

/** One queue before `servers` equal servers: zero latency and overhead, first come, first served. */
function queue(seed: string, servers: number, load: number, work: string, ...set: readonly string[]) {
  const perSecond = (servers * load) / serviceMean;
  const horizon = Math.round(jobsMean / perSecond);
  return loadText(
    `
    seed: ${seed}
    horizon: ${horizon}
    warmUp: ${horizon / 10}
    network: single
    protocol:
      assignment: uniform
      verification: none
      reputation: ema
      slashing: { kind: fixed, fraction: 0 }
      acknowledgeWithin: unlimited
      checkIn: none
      publish: { every: 0, delay: 0 }
    fleet: { servers: { nodes: ${servers}, hardware: reference-cpu, quality: 1 } }
    workload: { customers: { class: task, arrivals: { perSecond: ${perSecond} }, work: ${work}, deadline: none } }
    `,
    ...set,
  );
}

const exponential = `{ exponential: { mean: ${serviceMean} } }`;

async function overSeeds(metrics: readonly string[], load: (seed: string) => ReturnType<typeof queue>) {
  const found = metrics.map((): number[] => []);
  for (const seed of twentySeeds) {
    const result = await runScenario(load(seed));
    for (const [place, name] of metrics.entries()) found[place]!.push(metricOf(result, name));
  }
  return found;
}

/** Probability that an arriving customer waits, by the recursion of Erlang B. */
function erlangC(servers: number, load: number): number {
  let blocked = 1;
  for (let server = 1; server <= servers; server++) {
    blocked = (servers * load * blocked) / (server + servers * load * blocked);
  }
  return blocked / (1 - load * (1 - blocked));
}

describe('M/M/c', () => {
  // mean wait in service times
  it.each(
    rowsOf([
      [1, 0.5, 1],
      [1, 0.8, 4.000000000000001],
      [2, 0.5, 0.33333333333333337],
      [2, 0.8, 1.7777777777777783],
      [4, 0.5, 0.08695652173913042],
      [4, 0.8, 0.7455405897342559],
      [8, 0.5, 0.014760998673816528],
      [8, 0.8, 0.2860280784012602],
      [16, 0.5, 0.0011273512177689968],
      [16, 0.8, 0.09527622279063029],
    ]),
  )('with c = %d at load %d waits as long and as often as Erlang C says', async (servers, load, wait) => {
    const waitProbability = erlangC(servers, load);
    expect(waitProbability / (servers * (1 - load))).toBeCloseTo(wait, 9);
    const metrics = ['waitingMeanSeconds', 'waitedFraction', 'utilisation'];
    const [waits, waited, busy] = await overSeeds(metrics, (seed) => queue(seed, servers, load, exponential));
    expect(Math.abs(errorsFrom(waits!, wait * serviceMean)), 'mean wait').toBeLessThan(4);
    expect(Math.abs(errorsFrom(waited!, waitProbability)), 'share that waits').toBeLessThan(4);
    expect(Math.abs(errorsFrom(busy!, load)), 'utilisation').toBeLessThan(4);
  });
});

describe('M/G/1', () => {
  const works: Record<number, string> = {
    0: `{ constant: ${serviceMean} }`,
    1: exponential,
    // squared coefficient of variation e^σ² − 1 = 4, mean = median · √5
    4: `{ lognormal: { median: ${serviceMean / Math.sqrt(5)}, sigma: ${Math.sqrt(Math.log(5))} } }`,
  };

  it.each(
    rowsOf([
      [0.5, 0, 0.5],
      [0.5, 1, 1],
      [0.5, 4, 2.5],
      [0.8, 0, 2.0000000000000004],
      [0.8, 1, 4.000000000000001],
      [0.8, 4, 10.000000000000002],
    ]),
  )(
    'at load %d with squared variation %d waits as long as Pollaczek and Khinchine say',
    async (load, variation, wait) => {
      expect((load * (1 + variation)) / (2 * (1 - load))).toBeCloseTo(wait, 9);
      const [waits, waited] = await overSeeds(['waitingMeanSeconds', 'waitedFraction'], (seed) =>
        queue(`${seed}-g`, 1, load, works[variation]!),
      );
      expect(Math.abs(errorsFrom(waits!, wait * serviceMean)), 'mean wait').toBeLessThan(4);
      // Poisson arrivals see time averages
      expect(Math.abs(errorsFrom(waited!, load)), 'share that waits').toBeLessThan(4);
    },
  );
});

describe('Little’s law', () => {
  /** Jobs in the system on average, their arrival rate and their time in it, from the rows of jobs.csv. */
  function little(result: RunResult, from: number, until: number) {
    const jobs = finalJobs(result);
    const submitted = jobs.map(({ submittedSeconds }) => Number(submittedSeconds));
    const final = jobs.map(({ finalSeconds }) => Number(finalSeconds));
    let area = 0;
    let count = 0;
    let stay = 0;
    for (const [row, at] of submitted.entries()) {
      area += Math.max(0, Math.min(until, final[row]!) - Math.max(from, at));
      if (at < from || at >= until) continue;
      count++;
      stay += final[row]! - at;
    }
    return { inSystem: area / (until - from), rate: count / (until - from), stay: stay / count };
  }

  it('holds in M/M/4 at load 0.8: L = λW, and L is what Erlang C says', async () => {
    const servers = 4;
    const load = 0.8;
    const expected = 2.3857298871496186 + servers * load;
    const found: number[] = [];
    const sampled: number[] = [];
    for (const seed of twentySeeds) {
      const loaded = queue(`${seed}-l`, servers, load, exponential, 'sampleEvery=10m');
      const result = await runScenario(loaded, { detail: true });
      const { horizon } = loaded.scenario;
      // jobs that are open at the horizon have no row: an hour before, none of them is there yet
      const { inSystem, rate, stay } = little(result, horizon / 10, horizon - 7_200);
      expect(Math.abs(inSystem / (rate * stay) - 1)).toBeLessThan(0.01);
      found.push(inSystem);
      const samples = records(tableNamed(result, 'timeseries')).filter((row) => row.cohort === 'all');
      const late = samples.filter((row) => Number(row.timeDays) * 86_400 >= horizon / 10);
      sampled.push(late.reduce((sum, row) => sum + Number(row.jobsOpen), 0) / late.length);
    }
    expect(Math.abs(errorsFrom(found, expected))).toBeLessThan(4);
    expect(Math.abs(errorsFrom(sampled, expected))).toBeLessThan(4);
  });
});

describe('overload', () => {
  const overload = (seed: string, load: number, ...set: readonly string[]) =>
    queue(seed, 10, load, `{ constant: ${serviceMean} }`, 'workload.customers.deadline={times: 6, atLeast: 0}', ...set);

  // Fluid limit of a queue with abandonment: W. Whitt, Fluid models for multiserver queues with abandonments,
  // Operations Research 54 (2006), 37-54. Whoever is served begins at the last moment, five service times after coming;
  // ten servers are few for a fluid, hence the tenth that is left.
  it.each([1.5, 2, 10])('of load %d keeps all servers busy with who has waited as long as can be', async (load) => {
    const metrics = ['waitingMeanSeconds', 'utilisation', 'jobsCompleted', 'jobsFinal'];
    const [waits, busy, completed, final] = await overSeeds(metrics, (seed) => overload(seed, load));
    for (const [run, wait] of waits!.entries()) {
      expect(wait).toBeLessThanOrEqual(5 * serviceMean);
      expect(wait).toBeGreaterThan(0.9 * 5 * serviceMean);
      expect(busy![run]).toBeGreaterThan(0.99);
      expect(completed![run]! / final![run]!).toBeCloseTo(1 / load, 1);
    }
  });

  it('costs nobody stake for jobs that were handed out at the last moment, however far the node', async () => {
    for (const seed of twentySeeds) {
      const result = await runScenario(
        overload(seed, 3, 'network=world', 'protocol.slashing={kind: fixed, fraction: 0.05}'),
      );
      expect(metricOf(result, 'waitingMeanSeconds')).toBeGreaterThan(0.9 * 5 * serviceMean);
      expect(metricOf(result, 'honestStakeLostTokens')).toBe(0);
      expect(metricOf(result, 'jobsTimedOut')).toBe(0);
    }
  });
});
