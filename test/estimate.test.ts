import { expect, test } from 'vitest';
import { estimateRun, isLarge } from '../sim/estimate.js';
import { runScenario } from '../sim/run.js';
import { loadScenario } from '../sim/scenario/load.js';
import { temporaryFolder, writeScenario } from './commands/captured.js';

test.each(['none', 'heavy-tailed', 'exponential', '{up: 1h, down: 1h}'])(
  'no run has more events than estimated, nor a tenth: outages %s',
  async (outages) => {
    const set = [`fleet.honest.outages=${outages}`, 'workload.batch.arrivals.perHour=600'];
    const loaded = loadScenario(writeScenario(temporaryFolder()), { set });
    const { events, jobs } = await runScenario(loaded);
    const estimate = estimateRun(loaded);
    expect(estimate.nodes).toBe(35);
    expect(estimate.jobs / jobs).toBeGreaterThan(0.9);
    expect(estimate.jobs / jobs).toBeLessThan(1.1);
    expect(estimate.events).toBeGreaterThan(events);
    expect(estimate.events).toBeLessThan(events * 10);
  },
);

test('a run is large from 200,000 nodes or 50 million events on, excluded', () => {
  const size = { nodes: 200_000, jobs: 1, events: 50_000_000, memoryMiB: 1 };
  expect(isLarge(size)).toBe(false);
  expect(isLarge({ ...size, nodes: 200_001 })).toBe(true);
  expect(isLarge({ ...size, events: 50_000_001 })).toBe(true);
});
