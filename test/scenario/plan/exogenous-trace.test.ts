import { beforeAll, describe, expect, it } from 'vitest';
import { exogenousTrace } from '../../../sim/scenario/plan/exogenous-trace.js';
import { csvText, loadText, records, runFinished, tableNamed } from '../../support/scenarios.js';

const scenario = `
  seed: outside
  horizon: 2d
  protocol: { extends: triangulated-mesh }
  fleet:
    honest:
      nodes: 50
      hardware: { consumer-gpu: 0.5, reference-cpu: 0.5 }
      throughput: { lognormal: { median: 1, sigma: 0.3 } }
      outages: { up: { weibull: { shape: 0.6, scale: 6h } }, down: { lognormal: { median: 30m, sigma: 1 } } }
      maintenance: { every: 1d, for: 2h }
      providers: { acme: 0.4, bolt: 0.3 }
      wear: { every: 1d, loss: 0.1, share: 0.5 }
      joins: { at: 0, over: 12h }
      leaves: { at: 40h, over: 20h }
  workload:
    batch:
      class: simulation
      arrivals:
        perHour: 20
        diurnal: 0.5
        surges: { launch: { at: 1d, for: 3h, factor: 4 }, viral: { between: 6h, for: 1h, factor: 2 } }
    links: { class: tunnel, arrivals: { perHour: 10 }, deadline: none, regions: japan }
  stress:
    outages:
      blackout: { region: europe, at: [6h, 30h], for: 3h }
      acme:
        provider: acme
        between: { exponential: { mean: 8h } }
        for: { lognormal: { median: 30m, sigma: 1 } }
        share: 0.6
    bugs: { driver: { hardware: consumer-gpu, at: 20h, for: 10h, share: 0.5 } }
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
    ['fleet.spies={nodes: 9, providers: {acme: 1}, maintenance: {every: 1d, for: 1h}, strategy: always-wrong}'],
    ['fleet.spies={nodes: 9, joins: {newcomers: {perDay: 40}}, strategy: always-wrong}', 'protocol.attempts=5'],
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

  it('in every other outage’s, bug’s and surge’s part when one is added or changed', () => {
    const changed = textOf(
      'stress.outages.more={region: japan, between: 2h, for: 1h}',
      'stress.outages.blackout.for=5h',
      'workload.links.arrivals.surges.more={at: 1h, for: 1h, factor: 2}',
    );
    const sources = ['stress/outages/acme', 'stress/bugs/driver', 'workload/batch', 'workload/batch/surge/viral'];
    for (const source of sources) {
      expect(linesOf(changed, source)).toEqual(linesOf(original, source));
      expect(linesOf(changed, source).length).toBeGreaterThan(1);
    }
    const ofOthers = (text: string) =>
      linesOf(text, 'cohort/honest').filter((line) => !line.includes('struck/outages/more'));
    expect(ofOthers(changed)).toEqual(ofOthers(original));
  });
});

describe('the exogenous trace differs', () => {
  it('for another seed, in every part', () => {
    const other = textOf('seed=2');
    for (const source of ['cohort/honest', 'workload/batch', 'workload/links', 'stress/outages/acme']) {
      expect(linesOf(other, source)).not.toEqual(linesOf(original, source));
    }
  });

  it('with the scenario’s own outages and arrivals', () => {
    expect(textOf('fleet.honest.outages=none')).not.toBe(original);
    expect(textOf('workload.batch.arrivals.perHour=21')).not.toBe(original);
  });

  it('between cohorts and between workloads of equal settings', () => {
    const twins = textOf(
      'stress.outages.acme=null',
      'fleet={a: {nodes: 5}, b: {nodes: 5}}',
      'workload.links.class=simulation',
    );
    const without = (source: string) => linesOf(twins, source).map((line) => line.slice(source.length));
    expect(without('cohort/a')).not.toEqual(without('cohort/b'));
    expect(without('workload/batch')).not.toEqual(without('workload/links'));
  });
});

describe('a run with attackers has exactly what the trace lists', () => {
  let result: Awaited<ReturnType<typeof runFinished>>;
  let trace: ReturnType<typeof records>;
  const valuesOf = (source: string, purpose: string) =>
    trace.filter((row) => row.source === source && row.purpose === purpose);
  beforeAll(async () => {
    const loaded = loadText(scenario, attack);
    trace = records(exogenousTrace(loaded));
    result = await runFinished(loaded, { detail: true });
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

  it('sessions of every machine: their ends are the events of the run', () => {
    const { world } = result.finished;
    for (let machine = 0; machine < 30; machine++) {
      const ends = valuesOf('cohort/honest', 'sessionEnd').filter((row) => row.ordinal === machine);
      expect(world.machines.outageNumber[machine * 8]).toBe(ends.length);
    }
  });

  it('times up of every machine: in a session, outside of maintenance, and struck by no outage', () => {
    const horizon = 172_800;
    const honest = trace.filter((row) => row.source === 'cohort/honest');
    const spans = (rows: typeof trace, from: string, to: string) => {
      const ends = new Map(rows.filter((row) => row.purpose === to).map((row) => [row.number, Number(row.value)]));
      return rows
        .filter((row) => row.purpose === from)
        .map((row) => [Number(row.value), ends.get(row.number) ?? horizon] as const);
    };
    const outages = new Map(
      ['blackout', 'acme'].map((name) => [
        `struck/outages/${name}`,
        spans(
          trace.filter((row) => row.source === `stress/outages/${name}`),
          'start',
          'end',
        ),
      ]),
    );
    const leaves = new Map(valuesOf('cohort/honest', 'leave').map((row) => [row.ordinal, Number(row.value)]));
    const nodes = records(tableNamed(result, 'nodes')).filter((node) => node.cohort === 'honest');
    let struck = 0;
    let compared = 0;
    for (const [machine, node] of nodes.entries()) {
      const rows = honest.filter((row) => row.ordinal === machine);
      if (node.joinedDays === null) continue;
      const entry = Number(node.joinedDays) * 86_400;
      const leave = leaves.get(machine) ?? horizon;
      const down = spans(rows, 'maintenanceStart', 'maintenanceEnd');
      for (const [purpose, times] of outages) {
        for (const row of rows) {
          if (row.purpose !== purpose) continue;
          down.push(times[Number(row.number)]!);
          struck++;
        }
      }
      const sessions = spans(rows, 'sessionStart', 'sessionEnd');
      const inside = (list: readonly (readonly [number, number])[], at: number) =>
        list.some(([from, to]) => from <= at && at < to);
      const borders = [...sessions, ...down, [entry, leave] as const]
        .flat()
        .filter((at) => at >= entry && at <= leave)
        .sort((a, b) => a - b);
      let up = 0;
      for (const [place, from] of borders.slice(0, -1).entries()) {
        const to = borders[place + 1]!;
        if (inside(sessions, (from + to) / 2) && !inside(down, (from + to) / 2)) up += to - from;
      }
      expect(node.machineUpFraction, `machine ${machine}`).toBeCloseTo(up / (leave - entry), 9);
      compared++;
    }
    expect(struck).toBeGreaterThan(20);
    expect(compared).toBeGreaterThan(40);
  });
});
