import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { acceptedByNode } from '../../support/accepted.js';
import { buildLoaded, finalJobs, loadText, numbers, runUntil, tableNamed } from '../../support/scenarios.js';

/** Twelve cohorts of one node, of which each bids otherwise; nobody is busy for long. */
const bids = [0.9, 0.55, 0.7, 0.55, 0.8, 1, 0.6, 0.95, 0.75, 0.65, 0.85, 0.58];
const cohort = (bid: number, index: number) =>
  `c${index}: { nodes: 1, hardware: reference-cpu, quality: 1, strategy: ` +
  `{ kind: bidder, bid: ${bid}, least: ${bid}, step: 0 } }`;
const base = (work: string) => `
  horizon: 4h
  warmUp: 0
  network: single
  protocol: { assignment: cheapest, checkIn: none, epoch: 1h }
  fleet: { ${bids.map(cohort).join(', ')} }
  workload: { w: { class: task, fee: 1, arrivals: { perHour: 300 }, work: ${work}, deadline: none } }
`;

const run = async (work: string, ...set: readonly string[]) =>
  finalJobs(await runScenario(loadText(base(work), ...set), { detail: true }));

describe('cheapest', () => {
  it('gives each job to the lowest bid, of equal ones to the node declared first', async () => {
    const jobs = await run('1ms');
    expect(jobs.length).toBeGreaterThan(1_000);
    expect(new Set(jobs.map(({ node }) => node))).toEqual(new Set([1]));
  });

  it('goes up from bid to bid as the lower ones are busy', async () => {
    const jobs = await run('10h', 'workload.w.jobs=12', 'workload.w.arrivals.perHour=600', 'horizon=30h');
    const order = bids.map((_, node) => node).sort((a, b) => bids[a]! - bids[b]! || a - b);
    const begun = [...jobs].sort((a, b) => Number(a.assignedSeconds) - Number(b.assignedSeconds));
    expect(begun.map(({ node }) => node)).toEqual(order);
  });

  it('costs the client the bid’s share of the fee, and pays by it', async () => {
    const jobs = await run('10h', 'workload.w.jobs=12', 'horizon=30h');
    for (const { node, priceTokens } of jobs) expect(priceTokens).toBeCloseTo(bids[Number(node)]!, 6);
    const result = await runScenario(
      loadText(base('10h'), 'workload.w.jobs=12', 'horizon=30h', 'protocol.rewards.emission=0'),
    );
    const income = numbers(tableNamed(result, 'nodes'), 'incomeTokens');
    for (const [node, tokens] of income.entries()) expect(tokens).toBeCloseTo(0.85 * bids[node]!, 6);
  });

  it('goes by a bid that changed from then on', () => {
    const built = buildLoaded(loadText(base('1ms')), true);
    runUntil(built, 6_000);
    built.lives.nodeLife.bidChanged(7, 0.1);
    const before = acceptedByNode(built);
    runUntil(built, 7_199);
    const since = acceptedByNode(built).map((count, node) => count - before[node]!);
    expect(since[7]).toBeGreaterThan(50);
    expect(since.reduce((sum, count) => sum + count, 0)).toBe(since[7]);
  });
});

describe('bidder', () => {
  it('lowers its bid after an epoch without a job, down to its least, and raises it after one with', () => {
    const text = base('1ms').replace(/fleet: .*/, 'fleet: { a: { nodes: 3, hardware: reference-cpu, quality: 1 } }');
    const strategy = 'fleet.a.strategy={kind: bidder, bid: 1, least: 0.7, step: 0.1}';
    const built = buildLoaded(loadText(text, strategy, 'horizon=20h'));
    const seen: number[][] = [];
    for (let epoch = 1; epoch <= 6; epoch++) {
      runUntil(built, epoch * 3_600);
      seen.push([...built.world.nodes.bid].map((bid) => Math.round(bid * 10) / 10));
    }
    // the first has all jobs at first; then whoever is below it, the first of equal ones
    expect(seen.slice(0, 4)).toEqual([
      [1, 0.9, 0.9],
      [0.9, 1, 0.8],
      [0.8, 0.9, 0.9],
      [0.9, 0.8, 0.8],
    ]);
    expect(Math.min(...seen.flat())).toBeGreaterThanOrEqual(0.7);
  });
});
