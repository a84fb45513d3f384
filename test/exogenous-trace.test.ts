import { beforeAll, describe, expect, it } from 'vitest';
import { exogenousTrace } from '../sim/exogenous-trace.js';
import { type RunResult, runScenario } from '../sim/run.js';
import { csvText, loadText, numbers, records, tableNamed } from './support/scenarios.js';

const scenario = `
  seed: outside
  horizon: 2d
  protocol: { extends: triangulated-mesh }
  fleet:
    honest:
      nodes: 30
      hardware: { consumer-gpu: 0.5, reference-cpu: 0.5 }
      throughput: { lognormal: { median: 1, sigma: 0.3 } }
      outages: { up: { weibull: { shape: 0.6, scale: 6h } }, down: { lognormal: { median: 30m, sigma: 1 } } }
      joins: { at: 0, over: 12h }
      leaves: { at: 40h, over: 20h }
  workload:
    batch: { class: simulation, arrivals: { perHour: 20, diurnal: 0.5 } }
    links: { class: tunnel, arrivals: { perHour: 10 }, deadline: none, regions: japan }
`;

const attack = 'fleet.swarm={nodes: 20, strategy: {kind: sybil-swarm, machines: 2}}';
const textOf = (...set: readonly string[]) => csvText(exogenousTrace(loadText(scenario, ...set)));
const linesOf = (text: string, source: string) => text.split('\n').filter((line) => line.startsWith(`${source},`));

let original = '';
beforeAll(() => {
  original = textOf();
});

describe('the exogenous trace is equal to the byte', () => {
  it.each([
    [attack],
    ['fleet.liars={nodes: 3, strategy: always-wrong}', attack],
    ['protocol.verification=none'],
    ['protocol.verification.1.share=0.9', 'protocol.slashing.maxFraction=1', 'protocol.epoch=1h'],
    ['protocol.assignment=uniform', 'protocol.queueLimit=unlimited', 'protocol.attempts=1'],
    ['protocol.reputation=ema', 'protocol.stake.minimum=99', 'protocol.checkIn=none'],
    ['sampleEvery=5m', 'warmUp=0', 'money.treasury=0'],
  ])('with %s', (...set) => {
    expect(textOf(...set)).toBe(original);
  });

  it('in each cohort’s and workload’s part when another one is added', () => {
    const more = textOf('fleet.more={nodes: 7}', 'workload.more={class: task, arrivals: {perHour: 5}}');
    for (const source of ['cohort/honest', 'workload/batch', 'workload/links']) {
      expect(linesOf(more, source)).toEqual(linesOf(original, source));
      expect(linesOf(more, source).length).toBeGreaterThan(100);
    }
    expect(linesOf(more, 'cohort/more').length).toBeGreaterThan(7 * 5);
    expect(linesOf(more, 'workload/more').length).toBeGreaterThan(100);
  });
});

describe('the exogenous trace differs', () => {
  it('for another seed, in every part', () => {
    const other = textOf('seed=2');
    for (const source of ['cohort/honest', 'workload/batch', 'workload/links']) {
      expect(linesOf(other, source)).not.toEqual(linesOf(original, source));
    }
  });

  it('with the scenario’s own outages and arrivals', () => {
    expect(textOf('fleet.honest.outages=none')).not.toBe(original);
    expect(textOf('workload.batch.arrivals.perHour=21')).not.toBe(original);
  });

  it('between cohorts and between workloads of equal settings', () => {
    const twins = textOf('fleet={a: {nodes: 5}, b: {nodes: 5}}', 'workload.links.class=simulation');
    const without = (source: string) => linesOf(twins, source).map((line) => line.slice(source.length));
    expect(without('cohort/a')).not.toEqual(without('cohort/b'));
    expect(without('workload/batch')).not.toEqual(without('workload/links'));
  });
});

describe('a run with attackers has exactly what the trace lists', () => {
  let result: RunResult;
  let trace: ReturnType<typeof records>;
  const valuesOf = (source: string, purpose: string) =>
    trace.filter((row) => row.source === source && row.purpose === purpose);
  beforeAll(async () => {
    const loaded = loadText(scenario, attack);
    trace = records(exogenousTrace(loaded));
    result = await runScenario(loaded, { detail: true });
  });

  it('arrival times, works, fees and regions of every job', () => {
    const jobs = records(tableNamed(result, 'jobs'));
    expect(jobs.length).toBeGreaterThan(1_000);
    const arrivals = ['batch', 'links'].flatMap((name) => valuesOf(`workload/${name}`, 'arrival'));
    expect(arrivals.length).toBe(result.jobs);
    for (const [purpose, column] of Object.entries({
      arrival: 'submittedSeconds',
      work: 'workSeconds',
      fee: 'feeTokens',
      clientRegion: 'region',
    })) {
      for (const name of ['batch', 'links']) {
        const listed = new Map(valuesOf(`workload/${name}`, purpose).map((row) => [row.ordinal, row.value]));
        for (const job of jobs) {
          if (job.workload === name) expect(job[column]).toBe(listed.get(job.ordinal as number));
        }
      }
    }
  });

  it('hardware, region, throughput and join time of every node', () => {
    const nodes = records(tableNamed(result, 'nodes')).filter((node) => node.cohort === 'honest');
    const listed = (purpose: string) => valuesOf('cohort/honest', purpose).map((row) => row.value);
    expect(nodes.map((node) => node.throughput)).toEqual(listed('throughput'));
    expect(nodes.map((node) => node.region)).toEqual(listed('region'));
    const joins = new Map(valuesOf('cohort/honest', 'join').map((row) => [row.ordinal, row.value]));
    expect(nodes.map((node) => node.joinedDays)).toEqual(
      nodes.map((_, ordinal) => (joins.has(ordinal) ? Number(joins.get(ordinal)) / 86_400 : null)),
    );
  });

  it('sessions of every machine: their ends and starts are the events of the run', () => {
    const { world } = result.finished;
    for (let machine = 0; machine < 30; machine++) {
      const starts = valuesOf('cohort/honest', 'sessionStart').filter((row) => row.ordinal === machine);
      const ends = valuesOf('cohort/honest', 'sessionEnd').filter((row) => row.ordinal === machine);
      expect(world.machines.outageNumber[machine * 8]).toBe(ends.length);
      expect(world.machines.isUp[machine * 8]).toBe(starts.length - ends.length);
    }
    const [leaves, up] = [
      valuesOf('cohort/honest', 'leave'),
      numbers(tableNamed(result, 'nodes'), 'machineUpFraction'),
    ];
    const stays = Array.from({ length: 30 }, (_, node) => node).filter(
      (node) => !leaves.some((row) => row.ordinal === node),
    );
    expect(stays.length).toBeGreaterThan(5);
    for (const machine of stays) {
      const at = (purpose: string) =>
        valuesOf('cohort/honest', purpose)
          .filter((row) => row.ordinal === machine)
          .map((row) => Number(row.value));
      const [starts, ends] = [at('sessionStart'), at('sessionEnd')];
      const seconds = starts.reduce((sum, start, session) => sum + (ends[session] ?? 172_800) - start, 0);
      expect(up[machine]).toBeCloseTo(seconds / (172_800 - starts[0]!), 9);
    }
  });
});
