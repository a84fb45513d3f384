import { beforeAll, describe, expect, it } from 'vitest';
import { checkExpectations, checkQuestion } from '../../sim/findings/checked-expectations.js';
import type { HeldExpectation } from '../../sim/findings/expectations.js';
import { quantileSorted } from '../../sim/kernels/quantile.js';
import { type RunResult, runScenario } from '../../sim/run.js';
import { loadText, metricOf, records, tableNamed } from '../support/scenarios.js';

const day = 86_400;
const scenario = `
  seed: windows
  horizon: 5d
  warmUp: 30h
  sampleEvery: 5h
  protocol: { verification: [none], epoch: 24h }
  fleet:
    honest: { nodes: 12, outages: { up: 6h, down: 20m } }
    liars: { nodes: 2, strategy: always-wrong, joins: { at: 60h } }
    swarm: { nodes: 8, stake: 50, joins: { at: 4d, over: 3h }, strategy: { kind: sybil-swarm, machines: 3 } }
  workload: { w: { arrivals: { perHour: 60, diurnal: 0.5 }, work: { lognormal: { median: 5m, sigma: 1 } } } }
  stress: { outages: { blackout: { region: europe, at: 40h, for: 10h } } }
`;
const bounds = 'above: 0, below: 1000000';

interface Job {
  readonly finalSeconds: number;
  readonly outcome: string;
  readonly latency: number;
  readonly waiting: number;
  readonly work: number;
  readonly cohort: string;
}

/** Runs the scenario with the expectations, and looks at every job. */
async function runWith(expected: readonly string[], ...set: string[]) {
  const result = await runScenario(loadText(scenario, `expect=[${expected.join(', ')}]`, ...set), { detail: true });
  return { result, held: checkExpectations(tableNamed(result, 'expectations')) };
}

function jobsOf(result: RunResult): readonly Job[] {
  const cohortOf = records(tableNamed(result, 'nodes')).map(({ cohort }) => String(cohort));
  return records(tableNamed(result, 'jobs')).map((row) => ({
    finalSeconds: Number(row.finalSeconds),
    outcome: String(row.outcome),
    latency: Number(row.deliveredSeconds) - Number(row.submittedSeconds),
    waiting: row.assignedSeconds === null ? Number.NaN : Number(row.assignedSeconds) - Number(row.submittedSeconds),
    work: Number(row.workSeconds),
    cohort: row.node === null ? '' : cohortOf[Number(row.node)]!,
  }));
}

/** Share of completed work from one time to the other [s] that some did. */
function workShare(jobs: readonly Job[], from: number, to: number, ...cohorts: string[]): number {
  let [some, all] = [0, 0];
  for (const { finalSeconds, outcome, work, cohort } of jobs) {
    if (finalSeconds < from || finalSeconds >= to || outcome !== 'completed') continue;
    all += work;
    if (cohorts.includes(cohort)) some += work;
  }
  return some / all;
}

describe('a window of an expectation', () => {
  const asked = [
    `{ metric: jobsFinal, at: { from: 50h, to: 71h }, ${bounds} }`,
    `{ metric: completedFraction, at: { lastDays: 2 }, ${bounds} }`,
    `{ metric: latencyP95Seconds, at: { from: 50h, to: 71h }, ${bounds} }`,
    `{ metric: waitingMeanSeconds, at: end, above: -1 }`,
    `{ metric: latencyMeanSeconds, after: outage blackout ends, ${bounds} }`,
    `{ metric: jobsFinal, at: worstEpoch, ${bounds} }`,
    `{ metric: attackerWorkShare, above: 0 }`,
    `{ metric: attackerWorkShare, cohort: swarm, above: 0 }`,
    `{ metric: attackerWorkShare, at: end, cohort: liars, above: 0 }`,
    `{ metric: attackerWorkShare, at: worstEpoch, cohort: liars, below: 1 }`,
    `{ metric: attackerWorkShare, at: worstEpoch, below: 1 }`,
    `{ metric: attackerWorkShare, at: { lastDays: 3 }, after: swarm joins, below: 1 }`,
    `{ metric: jobsFinal, at: { from: 0, to: 2d }, ${bounds} }`,
  ];
  let result: RunResult;
  let jobs: readonly Job[];
  let held: readonly HeldExpectation[];
  let swarmJoins: number;
  const within = (from: number, to: number) => jobs.filter((job) => job.finalSeconds >= from && job.finalSeconds < to);
  const rowsOf = (number: number) => held.filter(({ expectation }) => expectation === number);
  const only = (number: number) => {
    expect(rowsOf(number)).toHaveLength(1);
    return rowsOf(number)[0]!;
  };
  beforeAll(async () => {
    ({ result, held } = await runWith(asked));
    jobs = jobsOf(result);
    const joined = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'swarm');
    swarmJoins = Math.min(...joined.map(({ joinedDays }) => Number(joinedDays))) * day;
  });

  it('has something to find', () => {
    expect(new Set(jobs.map(({ cohort }) => cohort))).toContain('swarm');
    expect(jobs.filter(({ outcome }) => outcome !== 'completed').length).toBeGreaterThan(5);
    expect(swarmJoins).toBeGreaterThan(4 * day);
  });

  it('counts the jobs that end in it, start included and end excluded', () => {
    expect(only(1)).toMatchObject({ value: within(50 * 3_600, 71 * 3_600).length, met: true });
    expect([only(1).fromDays, only(1).toDays]).toEqual([50 / 24, 71 / 24]);
    expect(only(1).text).toBe('jobsFinal, from 50 to 71 h, below 1,000,000 jobs, above 0 jobs');
  });

  it('leaves out the warm-up', () => {
    expect(only(13).value).toBe(within(30 * 3_600, 2 * day).length);
    expect(only(13).fromDays).toBe(1.25);
  });

  it('has shares, means and quantiles of its own jobs', () => {
    const last = within(3 * day, 5 * day);
    expect(only(2).value).toBe(last.filter(({ outcome }) => outcome === 'completed').length / last.length);
    const latency = (from: number, to: number) =>
      Float64Array.from(
        within(from, to).filter(({ outcome }) => outcome === 'completed'),
        (job) => job.latency,
      ).sort();
    expect(only(3).value).toBe(quantileSorted(latency(50 * 3_600, 71 * 3_600), 0.95));
    const waited = within(4 * day, 5 * day).filter(({ waiting }) => !Number.isNaN(waiting));
    expect(only(4).value).toBeCloseTo(waited.reduce((sum, { waiting }) => sum + waiting, 0) / waited.length, 9);
    const after = latency(50 * 3_600, 5 * day);
    expect(only(5).value).toBeCloseTo(after.reduce((sum, one) => sum + one, 0) / after.length, 6);
    expect(only(5).text).toMatch(/^latencyMeanSeconds, after outage blackout ends, below /);
  });

  it('holds each side of the bounds against the worst epoch of its own, of numbers of jobs by whole ones alone', () => {
    const edges = [2 * day, 3 * day, 4 * day, 5 * day];
    const counts = edges.slice(1).map((to, index) => within(edges[index]!, to).length);
    const [low, high] = rowsOf(6);
    expect([low!.value, high!.value]).toEqual([Math.min(...counts), Math.max(...counts)]);
    expect(low!.text).toBe('jobsFinal, in the worst whole day, above 0 jobs');
    expect(low!.fromDays).toBe(edges[counts.indexOf(low!.value)]! / day);
  });

  it('counts attackers’ share from their first joining, a cohort’s from its own', () => {
    expect(only(7).value).toBeCloseTo(workShare(jobs, 60 * 3_600, 5 * day, 'liars', 'swarm'), 12);
    expect(only(7).value).toBe(metricOf(result, 'attackerWorkShare'));
    expect(only(7).fromDays).toBe(2.5);
    expect(only(8).value).toBeCloseTo(workShare(jobs, swarmJoins, 5 * day, 'swarm'), 12);
    expect(only(8).text).toBe('attackerWorkShare of swarm above 0 %');
    expect(only(9).value).toBeCloseTo(workShare(jobs, 4 * day, 5 * day, 'liars'), 12);
    expect(only(12).value).toBeCloseTo(workShare(jobs, swarmJoins, 5 * day, 'liars', 'swarm'), 12);
  });

  it('finds the epoch in which attackers did most, the one of their joining by the part after it', () => {
    const edges = [60 * 3_600, 3 * day, 4 * day, 5 * day];
    const sharesOf = (...cohorts: string[]) =>
      edges.slice(1).map((to, index) => workShare(jobs, edges[index]!, to, ...cohorts));
    expect(only(10).value).toBeCloseTo(Math.max(...sharesOf('liars')), 12);
    expect(only(11).value).toBeCloseTo(Math.max(...sharesOf('liars', 'swarm')), 12);
    expect(only(11).value).toBe(metricOf(result, 'attackerPeakWorkShare'));
    expect(only(11).found).toMatch(/^[\d.]+ % \(from \d[\d.]* to \d d\)$/);
  });

  it('changes nothing else: tables and fingerprints are those of a run that expects nothing', async () => {
    const { result: plain } = await runWith([]);
    expect(plain.trajectoryFingerprint).toBe(result.trajectoryFingerprint);
    for (const table of result.tables.filter(({ name }) => name !== 'expectations')) {
      expect([...tableNamed(plain, table.name).rows()], table.name).toEqual([...table.rows()]);
    }
    expect(tableNamed(plain, 'expectations').rowCount).toBe(0);
  });
});

describe('an expectation of a cohort', () => {
  it('is of that cohort’s account, stake and nodes', async () => {
    const { result, held } = await runWith(
      [
        '{ metric: attackerProfitUsd, cohort: swarm, below: 0 }',
        '{ metric: attackerProfitUsd, cohort: liars, below: 0 }',
        '{ metric: honestStakeLostTokens, cohort: other, atLeast: 0 }',
        '{ metric: honestEjectedNodes, at: end, cohort: other, atMost: 0 }',
      ],
      'fleet.other={ nodes: 3, outages: { up: 1h, down: 30m } }',
    );
    const cohorts = new Map(records(tableNamed(result, 'cohorts')).map((row) => [row.cohort, row]));
    expect(held.map(({ value }) => value).slice(0, 2)).toEqual([
      cohorts.get('swarm')!.profitUsd,
      cohorts.get('liars')!.profitUsd,
    ]);
    const nodes = records(tableNamed(result, 'nodes'));
    const slashed = records(tableNamed(result, 'slashings')).filter(
      ({ timeDays, node }) => Number(timeDays) >= 1.25 && nodes[Number(node)]!.cohort === 'other',
    );
    expect(slashed.length).toBeGreaterThan(0);
    expect(held[2]!.value).toBeCloseTo(
      slashed.reduce((sum, { amountTokens }) => sum + Number(amountTokens), 0),
      9,
    );
    expect(held[2]!.value).toBeLessThan(metricOf(result, 'honestStakeLostTokens'));
    expect(held[3]).toMatchObject({ value: 0, met: true, fromDays: 5, toDays: 5 });
    expect(held[3]!.text).toBe('honestEjectedNodes of other, at the end, at most 0 nodes');
  });
});

it('a swarm that joins late is seen at the end and in its share, which counts from its joining', async () => {
  const { held } = await runWith(
    [
      '{ metric: attackerWorkShare, cohort: swarm, at: end, below: 0.05 }',
      '{ metric: attackerWorkShare, cohort: swarm, at: { lastDays: 1 }, below: 0.05 }',
      '{ metric: attackerWorkShare, cohort: swarm, below: 0.05 }',
      '{ metric: attackerWorkShare, cohort: swarm, at: { lastDays: 3 }, below: 0.05 }',
    ],
    'fleet.swarm.joins={ at: 4d }',
  );
  expect(held.map(({ met }) => met)).toEqual([false, false, false, false]);
  expect(new Set(held.map(({ value }) => value)).size).toBe(1);
  expect(held[0]!.text).toBe('attackerWorkShare of swarm, in the last day, below 5 %');
});

describe('a question', () => {
  it('is answered by its own bound, where one epoch is enough for a yes, and is no expectation', async () => {
    const jobs = async (yesIf: string) => {
      const { result, held } = await runWith([], `question={yesIf: ${yesIf}}`);
      expect(held).toEqual([]);
      return checkQuestion(tableNamed(result, 'expectations'));
    };
    const asked = (bound: string) => jobs(`{metric: jobsFinal, at: worstEpoch, ${bound}}`);
    const [most] = await asked('above: 0');
    const [least] = await asked('below: 1000000');
    expect(most!.value).toBeGreaterThan(least!.value);
    expect(most).toMatchObject({
      met: true,
      window: 'in any one whole day',
      subject: 'jobs that ended, in any one whole day',
    });
    const between = (most!.value + least!.value) / 2;
    const met = (await Promise.all([`above: ${between}`, `below: ${between}`].map(asked))).flat();
    expect(met.map((one) => one.met)).toEqual([true, true]);
    expect((await asked(`above: ${most!.value}`))[0]).toMatchObject({ met: false, value: most!.value });
  });
});

describe('epochs that a warm-up or the horizon cuts', () => {
  const hour = 3_600;
  const asked = [
    '{ metric: wrongAcceptedRate, at: worstEpoch, above: -1, below: 0.9 }',
    '{ metric: jobsFinal, at: worstEpoch, above: 1 }',
    '{ metric: jobsFinal, at: end, above: 1 }',
    '{ metric: attackerWorkShare, at: worstEpoch, below: 0.9 }',
    '{ metric: nodesOnline, at: end, above: 1 }',
  ];

  it('are joined where they are short, left out of numbers of jobs, and the end is as long as an epoch', async () => {
    const { result, held } = await runWith(asked, 'horizon=120.1h', 'warmUp=47.9h');
    const jobs = jobsOf(result).filter(({ finalSeconds }) => !Number.isNaN(finalSeconds));
    const within = (from: number, to: number) =>
      jobs.filter(({ finalSeconds }) => finalSeconds >= from * hour && finalSeconds <= to * hour).length;
    const ends = [47.9, 72, 96, 120.1].map((end) => end / 24);
    for (const { fromDays, toDays, found } of [held[0]!, held[1]!]) {
      const at = ends.findIndex((end) => Math.abs(end - fromDays) < 1e-9);
      expect(toDays).toBeCloseTo(ends[at + 1]!, 9);
      const [, from, to] = /\(from ([\d.]+) to ([\d.]+) [dh]\)$/.exec(found)!;
      expect(from).not.toBe(to);
    }
    const whole = [48, 72, 96].map((from) => within(from, from + 24));
    expect(held[2]!.value).toBe(Math.min(...whole));
    expect(held[3]!.value).toBe(within(96.1, 120.1));
    expect(held[3]!.found).toMatch(/ \(from 96\.1 to 120\.1 h\)$/);
    expect(held[4]!.value).toBe(metricOf(result, 'attackerPeakWorkShare'));
    expect(held[4]!.value).toBeGreaterThanOrEqual(metricOf(result, 'attackerWorkShare'));
    expect(held[5]!.subject).toBe('nodes online at the end');
  });

  it('are warned of where there is no whole one, or half of one is left out', () => {
    const warned = (...set: string[]) =>
      loadText(scenario, `expect=[${asked[1]}]`, ...set).warnings.filter(({ path }) => path === 'expect.0.at');
    expect(warned('warmUp=47.9h', 'horizon=120.1h')).toEqual([]);
    expect(warned().map(({ found, why }) => [found, why])).toEqual([
      ['from 1.25 to 5 d', 'so that what lies from 1.25 to 2 d is left out: only whole epochs are compared'],
    ]);
    // who wrote no warm-up has nothing to mend there
    expect(warned('warmUp=null')).toEqual([]);
    expect(warned('warmUp=12h')).toHaveLength(1);
    expect(warned('warmUp=null', 'horizon=132h').map(({ why }) => why)).toEqual([
      'so that what lies from 5 to 5.5 d is left out: only whole epochs are compared',
    ]);
    expect(warned('warmUp=97h').map(({ found, why }) => [found, why])).toEqual([
      ['from 97 to 120 h', 'so that it can’t be told'],
    ]);
  });
});
