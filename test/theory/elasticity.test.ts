import { describe, expect, it } from 'vitest';
import { loadText, metricOf, numbers, runFinished } from '../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../support/statistics.js';

const days = 20;
const perDay = 100;

const text = `
horizon: ${days}d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: none
  reputation: ema
  slashing: none
  checkIn: none
  rewards: { kind: fee-split, emission: 0 }
fleet: { hosts: { nodes: 30, hardware: reference-cpu, quality: 1, stake: 100, slots: 8 } }
workload:
  w: { class: task, arrivals: { perDay: ${perDay} }, work: 1m, fee: 0.5, elasticity: { reference: 0.5 } }
money: { tokenPrice: 1 }
`;

async function jobsOf(...set: readonly string[]): Promise<number> {
  return (await runFinished(loadText(text, ...set))).finished.world.workloads[0]!.submitted;
}

describe('demand of constant elasticity', () => {
  it.each([
    ['at the reference', 1, [], 1],
    ['at twice the price', 1.5, ['money.tokenPrice=2'], 2 ** -1.5],
    ['at a third of the price', 0.8, ['money.tokenPrice=0.333333333'], 3 ** 0.8],
    ['where it swells at most so much', 2, ['money.tokenPrice=0.1', 'workload.w.elasticity.most=2.5'], 2.5],
    ['at a fee above the reference', 0.5, ['workload.w.fee=1.5'], 3 ** -0.5],
    // the integral of (1 − t/2)^−1 over the fall is 2·ln 2
    [
      'over a price that falls by half, evenly',
      1,
      [`money.tokenPath.crashes=[{ at: 0, falls: 0.5, over: ${days}d }]`],
      2 * Math.log(2),
    ],
  ] as const)('%s brings (p/reference)^−e as many jobs', async (_name, exponent, set, factor) => {
    const counts: number[] = [];
    for (const seed of twentySeeds) {
      counts.push(await jobsOf(`seed=${seed}`, `workload.w.elasticity.exponent=${exponent}`, ...set));
    }
    const mean = days * perDay * factor;
    expect(Math.abs(errorsFrom(counts, mean))).toBeLessThan(4);
    // of a Poisson process the variance is the mean: its estimate from 20 varies by √(2/19) of it
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(Math.abs(variance / mean - 1)).toBeLessThan(4 * Math.sqrt(2 / 19));
  });

  it('goes by what was paid in the epoch before, where bids are below the fee', async () => {
    const bids = ['protocol.assignment=cheapest', 'fleet.hosts.strategy={ kind: bidder, bid: 0.5, step: 0 }'];
    const paid = 'workload.w.elasticity={ exponent: 1.2, price: paid, reference: 0.5 }';
    const counts: number[] = [];
    for (const seed of twentySeeds) counts.push(await jobsOf(`seed=${seed}`, paid, ...bids));
    // nobody has paid anything on the first day
    const mean = perDay + (days - 1) * perDay * 2 ** 1.2;
    expect(Math.abs(errorsFrom(counts, mean))).toBeLessThan(4);
  });

  it('loses nobody at a lower price', async () => {
    const arrivals = async (...set: readonly string[]) => {
      const { tables } = await runFinished(loadText(text, 'seed=coupled', ...set), { detail: true });
      return numbers(tables.find(({ name }) => name === 'jobs')!, 'submittedSeconds');
    };
    const [dear, cheap] = [await arrivals('money.tokenPrice=1.5'), new Set(await arrivals('money.tokenPrice=0.8'))];
    expect(dear.length).toBeGreaterThan(1_000);
    expect(dear.filter((at) => !cheap.has(at))).toEqual([]);
    expect(cheap.size).toBeGreaterThan(1.5 * dear.length);
  });

  it('is told over what it would be at the reference', async () => {
    const result = await runFinished(loadText(text, 'money.tokenPrice=2', 'workload.w.elasticity.exponent=2'));
    expect(Math.abs(metricOf(result, 'demandOverReference') - 0.25)).toBeLessThan(
      4 * 0.25 * Math.sqrt(1 / 500 + 1 / 8_000),
    );
  });
});
