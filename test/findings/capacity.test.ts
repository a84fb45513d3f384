import { describe, expect, it } from 'vitest';
import { answerOf } from '../../sim/findings/answer/answer.js';
import { numberOf } from '../../sim/record/tables/table.js';
import { type RunResult, runScenario } from '../../sim/run.js';
import { loadText, records, tableNamed } from '../support/scenarios.js';

async function run(text: string, ...set: readonly string[]) {
  const loaded = loadText(text, ...set);
  const result = await runScenario(loaded);
  const { scenario, written } = loaded;
  const table = (name: string) => tableNamed(result, name);
  const { verdict, reasons, more } = answerOf({
    values: result.row.values,
    replications: [result.row.values],
    scenario,
    written,
    table,
  });
  return { result, verdict, reasons, told: [...reasons, ...more] };
}

const capacityOf = (result: RunResult) =>
  Object.fromEntries(records(tableNamed(result, 'capacity')).map(({ state, nodesMean }) => [state, nodesMean]));

/** Far more jobs than the one node that may do them can; the others are kept by something else. */
const starved = (fleet: string, protocol = '{}') => `
  horizon: 4d
  network: single
  protocol: ${protocol}
  fleet: ${fleet}
  workload: { w: { class: simulation, arrivals: { perHour: 50 } } }
`;

describe('the reason of jobs without a node, of those that ask for more than hardware,', () => {
  const still = 'reputation: { kind: ema, alpha: 0 }, verification: none, checkIn: none';

  it('is the score where nobody has it, and told of the whole fleet', async () => {
    const { reasons } = await run(starved('{ a: { nodes: 10 } }', `{ ${still} }`), 'workload.w.minimumScore=0.6');
    expect(reasons[0]).toMatch(/got no node, as nobody had the score that they ask for\./);
  });

  it('is the rest that those on probation have', async () => {
    const assignment = 'assignment: { kind: weighted-random, probation: { below: 0.6, rest: 10h } }';
    const { reasons } = await run(starved('{ a: { nodes: 10 } }', `{ ${still}, ${assignment} }`));
    expect(reasons[0]).toMatch(/got no node, as those with a free slot had to rest after their last job/);
  });
});

describe('the reason of jobs without a node', () => {
  it.each([
    [
      'stake below the minimum',
      '{ poor: { nodes: 99, stake: 9 }, rich: { nodes: 1, stake: 100 } }',
      { lowStake: 99, able: 1 },
      'as 99 of 100 nodes were below the minimum stake and the one that could serve them had no free slot',
    ],
    [
      'hardware',
      '{ cpu: { nodes: 99, hardware: cpu-server }, gpu: { nodes: 1 } }',
      { noHardware: 99, able: 1 },
      'as 99 of 100 nodes lacked the hardware or the public address and the one that could serve them had no free slot',
    ],
    [
      'bonds that operators can’t lock, whoever is offline besides',
      '{ broke: { nodes: 19, funds: 0, outages: {up: 1h, down: 9h} }, rich: { nodes: 1, funds: 1000000 } }',
      { noBond: 19, able: 1 },
      'as 19 of 20 nodes were of operators who couldn’t lock the bond and the one that could serve them had no free',
    ],
  ])('is %s where that keeps most of the capacity, though somebody is busy', async (_what, fleet, states, words) => {
    const { result, reasons } = await run(
      starved(fleet, fleet.includes('funds') ? '{ rewards: { bondFraction: 1 } }' : '{}'),
    );
    expect(capacityOf(result)).toEqual(states);
    expect(reasons[0]).toMatch(/got no node/);
    expect(reasons[0]).toContain(words);
    expect(reasons.join()).not.toContain('nobody had a free slot');
  });

  it('is that nobody had a free slot where all could serve', async () => {
    const { result, reasons } = await run(starved('{ rich: { nodes: 3 } }'));
    expect(capacityOf(result)).toEqual({ able: 3 });
    expect(reasons[0]).toContain('got no node, as nobody had a free slot');
  });

  it('says how many of how many could serve where these are most', async () => {
    const { reasons } = await run(starved('{ poor: { nodes: 1, stake: 9 }, rich: { nodes: 3 } }'));
    expect(reasons[0]).toContain('as the 3 of 4 nodes that could serve them had no free slot');
  });

  it('leaves out who isn’t in the network, and counts by slots what a node can do', async () => {
    const later = '{ a: { nodes: 1 }, later: { nodes: 9, joins: {at: 5d} }, left: { nodes: 9, leaves: {after: 1s} } }';
    expect(capacityOf((await run(starved(later))).result)).toEqual({ able: 1 });
    const text = starved('{ poor: { nodes: 2, stake: 9, slots: 1 }, rich: { nodes: 1, slots: 8 } }');
    const { result, reasons } = await run(text, 'workload.w.arrivals.perHour=200');
    expect(records(tableNamed(result, 'capacity')).map(({ slotsMean }) => slotsMean)).toEqual([2, 8]);
    expect(reasons[0]).toContain('as the 1 of 3 nodes that could serve them had no free slot');
  });

  it('adds up to the nodes in the network, and to the jobs of unserved.csv', async () => {
    const { result } = await run(
      starved('{ a: { nodes: 5, stake: 9 }, b: { nodes: 2 }, c: { nodes: 3, hardware: cpu-server } }'),
    );
    const rows = records(tableNamed(result, 'capacity'));
    expect(rows.reduce((sum, { nodesMean }) => sum + numberOf(nodesMean!), 0)).toBe(10);
    const [unserved] = records(tableNamed(result, 'unserved'));
    expect(rows[0]!.jobs).toBe(numberOf(unserved!.jobs!) + numberOf(unserved!.openJobs!));
  });

  it('isn’t that demand exceeds capacity where most of it is kept', async () => {
    const few = 'fleet.b.stake=9';
    const text = starved('{ a: { nodes: 1 }, b: { nodes: 9 } }');
    const growing = await run(text, 'workload.w.deadline=none');
    expect(growing.reasons[0]).toMatch(/^Demand exceeds capacity: [^;]*\.$/);
    const kept = await run(text, 'workload.w.deadline=none', few);
    expect(kept.reasons[0]).toMatch(/^Jobs come faster than they end/);
    expect(kept.reasons[1]).toContain(
      'as 9 of 10 nodes were below the minimum stake and the one that could serve them',
    );
    const some = await run(text, 'workload.w.deadline=none', 'fleet.c={nodes: 4, stake: 9}');
    expect(some.reasons[0]).toMatch(/^Demand exceeds capacity: .*; 10 of 14 nodes could serve them\.$/);
  });
});

describe('honest nodes that can get no work', () => {
  const slashed = `
    horizon: 20d
    warmUp: 1d
    protocol: { slashing: { kind: fixed, fraction: 0.3, jailEpochs: 0 } }
    fleet: { honest: { nodes: 30, stake: 20, completion: 0.7 } }
    workload: { w: { class: task, arrivals: { perHour: 2 } } }
  `;

  it('are told with the time from which most were below the minimum stake', async () => {
    const { result, told } = await run(slashed);
    const below = records(tableNamed(result, 'nodes')).filter(({ stakeTokens }) => numberOf(stakeTokens!) < 10).length;
    expect(below).toBeGreaterThan(15);
    const sentence = told.find((one) => one.startsWith('At the end '));
    expect(sentence).toMatch(
      new RegExp(
        `^At the end (all|${below} of) 30 honest nodes are below the minimum stake and can get no work, most from`,
      ),
    );
    const days = Number(/most from ([\d.]+) d on/.exec(sentence!)![1]);
    const samples = records(tableNamed(result, 'timeseries')).filter(({ cohort }) => cohort === 'all');
    const isMost = (one: (typeof samples)[number]) => numberOf(one.nodesLowStake!) >= 15;
    expect(samples.filter((one) => numberOf(one.timeDays!) > days + 0.05).every(isMost)).toBe(true);
    expect(samples.filter((one) => numberOf(one.timeDays!) < days - 0.05).at(-1)).toSatisfy((one) => !isMost(one));
  });

  it('aren’t told of where few are', async () => {
    const { told } = await run(slashed, 'fleet.honest.completion=1');
    expect(told.filter((one) => one.startsWith('At the end '))).toEqual([]);
  });
});

describe('short jobs', () => {
  const quick = `
    horizon: 5d
    seed: 1
    fleet: { honest: { nodes: 8 } }
    workload:
      long: { class: simulation, arrivals: { perHour: 3 }, work: 2h }
      quick: { class: transcoding, arrivals: { perHour: 60 }, work: 1m }
  `;

  it('that expire behind long ones are the first reason, with both classes, and how long they wait', async () => {
    const { reasons } = await run(quick);
    expect(reasons[0]).toMatch(
      /^Short jobs expire behind long ones: 100 % of those that got no node are of the class transcoding, .* 6 min/,
    );
    expect(reasons[0]).toContain('by the class simulation for 2 h each');
  });

  it.each([
    ['the others are as short', ['workload.long.work=5m', 'workload.long.arrivals.perHour=100']],
    ['they can wait as long as the others take', ['workload.quick.deadline={times: 1, atLeast: 3h}']],
    ['there is room for both', ['fleet.honest.nodes=40']],
    ['most nodes are kept by something else', ['+fleet.poor={nodes: 20, stake: 9}']],
  ])('aren’t said to where %s', async (_case, set) => {
    expect((await run(quick, ...set)).told.join()).not.toContain('Short jobs expire');
  });
});

describe('attackers who leave early', () => {
  const text = `
    horizon: 10d
    warmUp: 1d
    fleet:
      honest: { nodes: 10 }
      bad: { nodes: 5, strategy: always-wrong, joins: { at: 2d }, leaves: { at: 4d } }
    workload: { w: { class: task, arrivals: { perHour: 20 } } }
  `;

  it('are told with the part of the counted time that they were there for', async () => {
    const { result, told } = await run(text);
    expect(told).toContain('All of them had left by 4 d: they were there for 25 % of the time counted.');
    const [attack] = records(tableNamed(result, 'episodes')).filter(({ kind }) => kind === 'attack');
    expect(attack!.endDays).toBe(4);
  });

  it('aren’t where they stay', async () => {
    expect((await run(text, 'fleet.bad.leaves=null')).told.join()).not.toContain('had left by');
  });
});

describe('honest nodes that a shared outage struck', () => {
  it('are said to have earned emission alone where none had work accepted', async () => {
    const text = `
      horizon: 14d
      warmUp: 1d
      network: single
      fleet: { honest: { nodes: 6, hardware: cpu-small }, other: { nodes: 6, strategy: always-wrong } }
      workload: { w: { class: simulation, arrivals: { perHour: 5 } } }
      stress: { outages: { o: { hardware: cpu-small, at: 6d, for: 6h } } }
    `;
    const { told } = await run(text);
    const recovered = told.find((one) => one.startsWith('After every shared outage'));
    expect(recovered).toMatch(/all of it emission, as no honest node had any work accepted\.$/);
  });
});
