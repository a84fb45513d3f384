import { expect, test } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { loadScenario } from '../../../sim/scenario/load.js';
import { estimateRun, isLarge } from '../../../sim/scenario/plan/estimate.js';
import { temporaryFolder, writeScenario } from '../../commands/captured.js';

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

test('newcomers, maintenance and surges count', async () => {
  const set = [
    'fleet.honest.joins={newcomers: {perHour: 2}}',
    'fleet.honest.maintenance={every: 2h, for: 20m}',
    'workload.batch.arrivals={perHour: 100}',
    '+workload.batch.arrivals.surges.launch={at: 1h, for: 3h, factor: 9}',
    '+workload.batch.arrivals.surges.lull={at: 5h, for: 12h, factor: 0}',
  ];
  const loaded = loadScenario(writeScenario(temporaryFolder()), { set });
  const { events, jobs } = await runScenario(loaded);
  const estimate = estimateRun(loaded);
  // 24 are to be expected in twelve hours, with room for five standard deviations more
  expect(estimate.nodes).toBe(35 + 49);
  // 100 an hour for two hours, nine times as many for three, none for the other seven
  expect(estimate.jobs).toBe(2_900);
  expect(Math.abs(jobs - 2_900) / Math.sqrt(2_900)).toBeLessThan(4);
  expect(estimate.events).toBeGreaterThan(events);
  expect(estimate.events).toBeLessThan(events * 10);
});

test('publications, epochs and samples count', () => {
  const eventsOf = (...set: string[]) => estimateRun(loadScenario(writeScenario(temporaryFolder()), { set })).events;
  const usual = ['protocol.publish.every=12h', 'protocol.epoch=12h', 'sampleEvery=12h'];
  const seconds = 12 * 3_600;
  // read and published
  expect(eventsOf(...usual, 'protocol.publish.every=1s') - eventsOf(...usual)).toBe(2 * (seconds - 1));
  expect(eventsOf(...usual, 'protocol.epoch=1h') - eventsOf(...usual)).toBe(11);
  expect(eventsOf(...usual, 'sampleEvery=1h') - eventsOf(...usual)).toBe(11);
});

test('sessions of which most end at once count by those, not by their mean', async () => {
  const heavy = '{up: {weibull: {shape: 0.1, scale: 1ms}}, down: 1s}';
  const loaded = loadScenario(writeScenario(temporaryFolder()), { set: [`fleet.honest.outages=${heavy}`] });
  const { events } = await runScenario(loaded);
  const estimate = estimateRun(loaded);
  expect(estimate.events).toBeGreaterThan(events / 2);
  expect(estimate.events).toBeLessThan(events * 10);
});

test('a run is large from 200,000 nodes or 50 million events on, excluded', () => {
  const size = { nodes: 200_000, jobs: 1, events: 50_000_000, memoryMiB: 1 };
  expect(isLarge(size)).toBe(false);
  expect(isLarge({ ...size, nodes: 200_001 })).toBe(true);
  expect(isLarge({ ...size, events: 50_000_001 })).toBe(true);
});
