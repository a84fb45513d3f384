import { expect, test } from 'vitest';
import { withSeed } from '../../sim/experiment/work/packed-scenario.js';
import { seedOf } from '../../sim/experiment/work/seeds.js';
import { meanInterval, meanOf, medianInterval, quartilesOf } from '../../sim/kernels/intervals.js';
import { runScenario } from '../../sim/run.js';
import { isLong } from '../support/effort.js';
import { loadText } from '../support/scenarios.js';

/** Some tens of jobs, over in a few milliseconds. */
const tiny = loadText(`
  horizon: 6h
  warmUp: 1h
  seed: coverage
  fleet: { honest: { nodes: 5, outages: { up: 2h, down: 20m } }, wrong: { nodes: 2, strategy: always-wrong } }
  workload: { w: { class: task, arrivals: { perHour: 12 }, work: 10m } }
`);
const [experiments, replications] = [isLong ? 1_000 : 100, 8];
const ofMeans = ['jobsFinal', 'attackerWorkShare', 'utilisation', 'attackerReturnOnCapital'] as const;
const ofMedians = ['latencyP50Seconds'] as const;

test('intervals over replications of a scenario hold the true figure as often as they say', async () => {
  const values = new Map<string, number[]>([...ofMeans, ...ofMedians].map((metric) => [metric, []]));
  for (let run = 1; run <= experiments * replications; run++) {
    const { row } = await runScenario(withSeed(tiny, seedOf('coverage', run)));
    for (const [metric, own] of values) own.push(row.values[metric]!);
  }
  const coverage = (metric: string, of: typeof meanInterval, truth: number) => {
    const all = values.get(metric)!;
    let held = 0;
    for (let start = 0; start < all.length; start += replications) {
      const { low, high } = of(all.slice(start, start + replications));
      if (low <= truth && truth <= high) held++;
    }
    return held / experiments;
  };
  // four standard deviations of a binomial share; with 1,000 experiments the band is that of the promise
  const slack = isLong ? 0.02 : 4 * Math.sqrt((0.95 * 0.05) / experiments);
  for (const metric of ofMeans) {
    const found = coverage(metric, meanInterval, meanOf(values.get(metric)!));
    expect(Math.abs(found - 0.95), `${metric}: ${found}`).toBeLessThanOrEqual(slack);
  }
  for (const metric of ofMedians) {
    // between order statistics of eight: at least as often as it says, 99.2 % of a continuous figure
    const found = coverage(metric, medianInterval, quartilesOf(values.get(metric)!).median);
    expect(found, metric).toBeGreaterThanOrEqual(0.95 - slack);
  }
}, 900_000);
