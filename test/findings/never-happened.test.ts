import { describe, expect, it } from 'vitest';
import { neverHappened, neverHappenedTold } from '../../sim/findings/answer/never-happened.js';
import { runScenario } from '../../sim/run.js';
import { loadText, tableNamed } from '../support/scenarios.js';

const base = `
  horizon: 5d
  warmUp: 0
  network: single
  protocol: { slashing: { kind: fixed, fraction: 0.1 }, verification: { kind: recompute, share: 1 } }
  fleet: { a: { nodes: 4, hardware: reference-cpu, quality: 0.5 } }
  workload: { w: { class: task, arrivals: { perHour: 10 }, work: 1m } }
`;

async function run(...set: readonly string[]) {
  const loaded = loadText(base, ...set);
  const result = await runScenario(loaded);
  const { scenario, written } = loaded;
  const facts = { scenario, written, table: (name: string) => tableNamed(result, name) };
  return {
    listed: neverHappened(facts).map(({ path, what }) => [path, what]),
    told: neverHappenedTold(facts),
  };
}

const withoutGpu = [
  ...['fleet.b={nodes: 2, hardware: cpu-small}', 'workload.w.class=simulation', 'fleet.a.hardware=consumer-gpu'],
];
const late = 'fleet.late={nodes: 4, hardware: reference-cpu, joins: {at: 9d}}';

describe('what was set and never happened', () => {
  it('is nothing where all of it did', async () => {
    const all = [
      'stress={outages: {blackout: {region: here, at: 1d, for: 1h}}, bugs: {client: {region: here, at: 2d, for: 1h}}}',
      'workload.w.arrivals.surges={launch: {at: 1d, for: 1h, factor: 2}}',
      'fleet.b={nodes: 3, hardware: reference-cpu, leaves: {after: 1d}, wear: {every: 1d, loss: 0.1}, ' +
        'maintenance: {every: 1d, for: 1h}, joins: {at: 1h, over: 1h, newcomers: {perDay: 9}}}',
    ];
    expect(await run(...all)).toEqual({ listed: [], told: [] });
  });

  it.each([
    ['a cohort of which nobody came', [late], 'fleet.late', 'None of its nodes joined', 'Nobody of the cohort late'],
    [
      'a cohort that couldn’t do any job',
      [...withoutGpu, 'protocol.verification=none'],
      'fleet.b',
      'No attempt of its nodes was accepted or failed: its machines lack a GPU',
      'No attempt by a node of the cohort b was accepted or failed: its machines lack a GPU.',
    ],
    [
      'a cohort that only recomputed what others did',
      withoutGpu,
      'fleet.b',
      'Its nodes did recomputations alone, and no client’s job',
      '',
    ],
    [
      'an outage after the horizon',
      ['stress.outages={x: {region: here, at: 6d, for: 1h}}'],
      'stress.outages.x',
      'It never began',
      'The outage x never began.',
    ],
    [
      'a bug that is drawn for after the horizon',
      ['stress.bugs={x: {region: here, between: 9d, for: 1h}}'],
      'stress.bugs.x',
      'It never began',
      'The bug x never began.',
    ],
    [
      'a surge after the horizon',
      ['workload.w.arrivals.surges={x: {at: 6d, for: 1h, factor: 3}}'],
      'workload.w.arrivals.surges.x',
      'It never began',
      'The surge x never began.',
    ],
    [
      'an outage of machines that come later',
      [
        'fleet.b={nodes: 2, hardware: cpu-small, joins: {at: 3d}}',
        'stress.outages={x: {hardware: cpu-small, at: 1d, for: 1d}}',
      ],
      'stress.outages.x',
      'It struck no machine',
      'The outage x struck no machine in the network (hardware cpu-small).',
    ],
    [
      'a bug of which chance made no machine’s',
      ['stress.bugs={x: {region: here, at: 1d, for: 1d, share: 0.0001}}'],
      'stress.bugs.x',
      'It struck no machine',
      'The bug x struck no machine in the network (region here).',
    ],
    [
      'a surge after the last job',
      ['workload.w.jobs=100', 'workload.w.arrivals.surges={x: {at: 3d, for: 1d, factor: 3}}'],
      'workload.w.arrivals.surges.x',
      'It brought no job',
      'The surge x of the workload w brought no job (100 come in all).',
    ],
    [
      'a surge too short for a job',
      ['workload.w.arrivals.surges={x: {at: 3d, for: 1s, factor: 3}}'],
      'workload.w.arrivals.surges.x',
      'It brought no job',
      'The surge x of the workload w brought no job.',
    ],
    [
      'a lull after the last job',
      ['workload.w.jobs=100', 'workload.w.arrivals.surges={x: {at: 3d, for: 1d, factor: 0}}'],
      'workload.w.arrivals.surges.x',
      'It kept no job from coming',
      'The surge x of the workload w kept no job from coming (100 come in all).',
    ],
    [
      'maintenance after the horizon',
      ['fleet.a.maintenance={every: 1d, for: 1h, at: 6d}'],
      'fleet.a.maintenance',
      'No window began',
      '',
    ],
    [
      'wear whose last interval ended before anybody came',
      ['fleet.b={nodes: 2, hardware: reference-cpu, wear: {every: 3d, loss: 0.1}, joins: {at: 4d}}'],
      'fleet.b.wear',
      'No interval ended while its machines were there',
      '',
    ],
    ['departures after the horizon', ['fleet.a.leaves={at: 6d}'], 'fleet.a.leaves', 'Nobody left', ''],
    [
      'newcomers after the horizon',
      ['fleet.a.joins={newcomers: {perDay: 9, from: 6d}}'],
      'fleet.a.joins.newcomers',
      'No newcomer joined',
      '',
    ],
    ['an epoch longer than the run', ['protocol.epoch=6d'], 'protocol.epoch', 'No epoch ended: the run lasts 5 d', ''],
    [
      'a penalty that never fell',
      ['fleet.a.quality=1', 'protocol.checkIn=none'],
      'protocol.slashing',
      'Nobody was slashed',
      '',
    ],
  ])('lists %s', async (_case, set, path, what, sentence) => {
    const { listed, told } = await run(...set);
    expect(listed).toContainEqual([path, what]);
    if (sentence === '') expect(told).toEqual([]);
    else expect(told.join(' ')).toContain(sentence);
  });

  it('is nothing that the protocol has by default, and nobody set', async () => {
    const none = ['protocol.slashing=null', 'fleet.a.quality=1', 'protocol.checkIn=none'];
    expect((await run(...none)).listed).toEqual([]);
    const named = ['protocol.extends=triangulated-mesh', 'protocol.slashing=null', 'fleet.a.quality=1'];
    expect((await run(...named)).listed).toEqual([]);
    const short = ['horizon=12h', ...none, 'workload.w.arrivals.perHour=60'];
    expect((await run(...short)).listed).toEqual([]);
    expect((await run(...short, 'protocol.epoch=24h')).listed.map(([path]) => path)).toEqual(['protocol.epoch']);
  });

  it('counts the declared nodes that came too late, not the room for newcomers that nobody took', async () => {
    const { listed } = await run(
      'fleet.a.joins={at: 4d, over: 3d, newcomers: {perDay: 3, most: 90}}',
      'fleet.a.nodes=30',
    );
    const [, what] = listed.find(([path]) => path === 'fleet.a.joins')!;
    const [, absent] = /^(\d+) of its 30 nodes never joined$/.exec(what!)!;
    expect(Number(absent)).toBeGreaterThan(10);
    expect(Number(absent)).toBeLessThan(30);
  });

  it('is told in three sentences at most, and the number of others', async () => {
    const cohorts = [1, 2, 3, 4, 5].map((number) => late.replace('late', `late${number}`));
    const { told } = await run(...cohorts);
    expect(told).toHaveLength(4);
    expect(told[3]).toBe('2 more such settings came to nothing.');
    expect((await run(...cohorts.slice(1))).told[3]).toBe('One more such setting came to nothing.');
  });
});
