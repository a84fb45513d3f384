import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { quantileSorted } from '../../../sim/kernels/quantile.js';
import { loadScenario } from '../../../sim/scenario/load.js';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const scenario = `
seed: tables
horizon: 3d
warmUp: 10.5h
sampleEvery: 4h
protocol: { extends: triangulated-mesh }
fleet:
  honest: { nodes: 12, outages: { up: 6h, down: 2h } }
  liars: { nodes: 6, strategy: always-wrong }
workload: { batch: { arrivals: { perHour: 30 }, deadline: { times: 30 } } }
`;
const result = await runFinished(loadText(scenario), { detail: true });
const jobs = records(tableNamed(result, 'jobs'));
const series = records(tableNamed(result, 'timeseries'));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('records that end before the run are a limit from their end on', async () => {
  const file = join(root, 'scenarios/traces/golem-january.yaml');
  const limitsOf = async (horizon: string) => {
    const set = [`horizon=${horizon}`, 'warmUp=6h', 'workload.load.arrivals.perHour=20'];
    const run = await runFinished(loadScenario(file, { set, allowPaths: [join(root, 'test/fixtures')] }));
    return records(tableNamed(run, 'limits')).filter(({ limit }) => limit === 'records');
  };
  expect(await limitsOf('2d')).toEqual([]);
  // the last of 48 hourly snapshots counts for an hour
  expect(await limitsOf('49h')).toEqual([{ limit: 'records', sinceDays: 2, times: 1 }]);
});

describe('the time series', () => {
  test('has for each interval the latency and waiting of the jobs that ended in it, the warm-up’s too', () => {
    const samples = series.filter(({ cohort }) => cohort === 'all');
    let before = -1;
    let waited = 0;
    for (const sample of samples) {
      const end = Number(sample.timeDays) * 86_400;
      const ended = jobs.filter(({ finalSeconds }) => Number(finalSeconds) > before && Number(finalSeconds) <= end);
      const latencies = ended
        .filter(({ outcome }) => outcome === 'completed')
        .map((job) => Number(job.deliveredSeconds) - Number(job.submittedSeconds))
        .sort((a, b) => a - b);
      const waits = ended
        .filter(({ assignedSeconds }) => assignedSeconds !== null)
        .map((job) => Number(job.assignedSeconds) - Number(job.submittedSeconds))
        .sort((a, b) => a - b);
      waited += waits.filter((wait) => wait > 0).length;
      if (latencies.length === 0) expect(sample.latencyP50Seconds).toBeNull();
      else {
        expect(sample.latencyP50Seconds).toBeCloseTo(quantileSorted(latencies, 0.5), 9);
        expect(sample.latencyP95Seconds).toBeCloseTo(quantileSorted(latencies, 0.95), 9);
        expect(sample.waitingMeanSeconds).toBeCloseTo(mean(waits), 9);
        expect(sample.waitingP95Seconds).toBeCloseTo(quantileSorted(waits, 0.95), 9);
      }
      before = end;
    }
    // one where the warm-up ends between two others
    expect(samples).toHaveLength(20);
    expect(
      samples.filter(({ timeDays }) => timeDays === result.finished.recorder.options.warmUpSeconds / 86_400),
    ).toHaveLength(1);
    expect(waited).toBeGreaterThan(20);
  });

  test('leaves these cells empty on rows of cohorts', () => {
    const cells = series.filter(({ cohort }) => cohort !== 'all').map(({ latencyP50Seconds }) => latencyP50Seconds);
    expect(new Set(cells)).toEqual(new Set([null]));
  });

  test('doesn’t reach into the metrics, which leave out the warm-up', () => {
    const warm = jobs.filter(({ finalSeconds, outcome }) => outcome === 'completed' && Number(finalSeconds) > 37_800);
    const latencies = warm.map((job) => Number(job.deliveredSeconds) - Number(job.submittedSeconds));
    expect(warm.length).toBeLessThan(jobs.length);
    expect(metricOf(result, 'latencyMeanSeconds')).toBeCloseTo(mean(latencies), 6);
    const sorted = latencies.sort((a, b) => a - b);
    expect(metricOf(result, 'latencyP95Seconds')).toBeCloseTo(quantileSorted(sorted, 0.95), 9);
  });
});

describe('the table of nodes', () => {
  test('has when a node left or was ejected, and nothing there for those that stay or never came', async () => {
    const churning = scenario.replace('down: 2h }', 'down: 2h }, joins: { newcomers: { perDay: 4 } }, LEAVES');
    const text = churning.replace('LEAVES', 'leaves: { after: { exponential: { mean: 1d } } }');
    const changed = await runFinished(loadText(text, 'protocol.reputation.loss=1'));
    const nodes = records(tableNamed(changed, 'nodes'));
    for (const state of ['absent', 'present', 'left', 'ejected']) {
      const own = nodes.filter((node) => node.state === state);
      expect(own.length, state).toBeGreaterThan(2);
      for (const { joinedDays, leftDays } of own) {
        expect(joinedDays === null, state).toBe(state === 'absent');
        expect(leftDays === null, state).toBe(state === 'absent' || state === 'present');
        if (leftDays === null) continue;
        expect(leftDays).toBeGreaterThan(Number(joinedDays));
        expect(leftDays).toBeLessThanOrEqual(3);
      }
    }
  });
});

describe('the table of cohorts', () => {
  const cohorts = records(tableNamed(result, 'cohorts'));

  test('adds up to the metrics of attackers and of honest nodes', () => {
    const [honest, liars] = cohorts as [(typeof cohorts)[number], (typeof cohorts)[number]];
    expect(cohorts.map(({ cohort, strategy, isAttacker }) => [cohort, strategy, isAttacker])).toEqual([
      ['honest', 'honest', false],
      ['liars', 'always-wrong', true],
    ]);
    expect(liars.workFraction).toBeCloseTo(metricOf(result, 'attackerWorkShare'), 12);
    expect(Number(honest.workFraction) + Number(liars.workFraction)).toBeCloseTo(1, 12);
    expect(liars.profitUsd).toBeCloseTo(metricOf(result, 'attackerProfitUsd'), 9);
    expect(liars.incomeUsd).toBeCloseTo(metricOf(result, 'attackerIncomeUsd'), 9);
    expect(Number(liars.nodesEjected) / Number(liars.nodesJoined)).toBe(metricOf(result, 'attackersEjectedFraction'));
    expect(Number(honest.slashedUsd) + Number(liars.slashedUsd)).toBeCloseTo(metricOf(result, 'slashedTokens'), 9);
  });

  test('adds up to the nodes', () => {
    const nodes = records(tableNamed(result, 'nodes'));
    for (const row of cohorts) {
      const own = nodes.filter(({ cohort }) => cohort === row.cohort);
      expect(row.nodesJoined).toBe(own.filter(({ state }) => state !== 'absent').length);
      expect(row.nodesSlashed).toBe(own.filter(({ slashedTokens }) => Number(slashedTokens) > 0).length);
      expect(row.stakeTokens).toBeCloseTo(
        own.reduce((sum, { stakeTokens }) => sum + Number(stakeTokens), 0),
        9,
      );
    }
  });
});

test('what ends as the warm-up does, at a sample’s time, counts after it for metrics and samples alike', async () => {
  // stranded jobs in line end at 2 d, when the last of the jobs under way does
  const cleared = `
    horizon: 4d
    warmUp: 2d
    network: single
    protocol: { verification: none }
    fleet: { a: { nodes: 10, leaves: { at: 47h } } }
    workload: { j: { class: task, arrivals: { perHour: 30 }, work: 1h, deadline: none } }
  `;
  const run = await runFinished(loadText(cleared));
  const rows = records(tableNamed(run, 'timeseries')).filter(({ cohort }) => cohort === 'all');
  const atWarmUp = rows.find(({ timeDays }) => timeDays === 2)!;
  const before = rows.find(({ timeDays }) => timeDays === 47 / 24)!;
  expect(Number(atWarmUp.jobsOpen)).toBeLessThan(Number(before.jobsOpen));
  const after = rows.filter(({ timeDays }) => Number(timeDays) > 2);
  expect(after.reduce((sum, { jobsFinal }) => sum + Number(jobsFinal), 0)).toBe(metricOf(run, 'jobsFinal'));
  expect(after.reduce((sum, { jobsUnserved }) => sum + Number(jobsUnserved), 0)).toBe(metricOf(run, 'jobsUnserved'));
  expect(metricOf(run, 'jobsUnserved')).toBeGreaterThan(500);
});
