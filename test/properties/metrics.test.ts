import fc from 'fast-check';
import { expect, it } from 'vitest';
import { metrics } from '../../sim/record/metrics/index.js';
import { rangeOf } from '../../sim/record/metrics/metric.js';
import { numberOf, records } from '../../sim/record/tables/table.js';
import { runScenario } from '../../sim/run.js';
import { casesOf } from '../support/effort.js';
import { anyScenario } from '../support/random-scenarios.js';
import { loadText, tableNamed } from '../support/scenarios.js';

it('every metric is within the range of its unit, a share from 0 to 1, in any scenario', async () => {
  await fc.assert(
    fc.asyncProperty(anyScenario, async (text) => {
      const { values } = (await runScenario(loadText(text))).row;
      const outside = metrics.flatMap((metric) => {
        const [lowest, highest] = rangeOf(metric);
        const value = values[metric.name]!;
        return value < lowest || value > highest ? [`${metric.name} is ${value}`] : [];
      });
      expect(outside).toEqual([]);
    }),
    { numRuns: casesOf(150), seed: 6 },
  );
});

it('attackers’ highest share of an epoch’s work is at least their share of it all, in any scenario', async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(anyScenario, async (text) => {
      const { values } = (await runScenario(loadText(text))).row;
      const [mean, peak] = [values.attackerWorkShare!, values.attackerPeakWorkShare!];
      expect(Number.isNaN(peak)).toBe(Number.isNaN(mean));
      if (Number.isNaN(mean)) return;
      told++;
      expect(peak).toBeGreaterThanOrEqual(mean - 1e-12);
    }),
    { numRuns: casesOf(150), seed: 7 },
  );
  expect(told).toBeGreaterThan(0);
});

it.each([
  ['a warm-up that ends within an epoch', 'warmUp=30h'],
  ['an epoch that the horizon cuts', 'horizon=52h'],
  ['attackers that come within an epoch', 'fleet.bad.joins={ at: 40h }'],
])('attackers’ highest share counts %s by the part inside', async (_, setting) => {
  const scenario = `
    horizon: 3d
    warmUp: 1d
    fleet: { good: { nodes: 5 }, bad: { nodes: 5, strategy: always-wrong, leaves: { at: 50h } } }
    protocol: { verification: [none], epoch: 1d }
    workload: { w: { arrivals: { perHour: 30 }, work: 5m } }
  `;
  const { values } = (await runScenario(loadText(scenario, setting))).row;
  expect(values.attackerWorkShare).toBeGreaterThan(0);
  expect(values.attackerPeakWorkShare).toBeGreaterThanOrEqual(values.attackerWorkShare!);
});

it('utilisation is a share in every interval, and weighted by the time up the metric, in any scenario', async () => {
  let worked = 0;
  await fc.assert(
    fc.asyncProperty(anyScenario, async (text) => {
      const result = await runScenario(loadText(text));
      const columns = ['cohort', 'slotHoursUp', 'utilisationFraction'] as const;
      const sums = { up: 0, worked: 0, upOfAll: 0, workedOfAll: 0 };
      for (const row of records(tableNamed(result, 'timeseries'), columns)) {
        const up = numberOf(row.slotHoursUp);
        const share = row.utilisationFraction === null ? 0 : numberOf(row.utilisationFraction);
        expect(up).toBeGreaterThanOrEqual(0);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(row.utilisationFraction === null).toBe(up === 0);
        if (row.cohort === 'all') {
          sums.upOfAll += up;
          sums.workedOfAll += up * share;
        } else {
          sums.up += up;
          sums.worked += up * share;
        }
      }
      const { utilisation } = result.row.values;
      expect(sums.upOfAll).toBeCloseTo(sums.up, 6);
      expect(sums.workedOfAll).toBeCloseTo(sums.worked, 6);
      if (sums.up > 0) expect(sums.worked / sums.up).toBeCloseTo(utilisation!, 9);
      if (sums.worked > 0) worked++;
    }),
    { numRuns: casesOf(150), seed: 7 },
  );
  expect(worked).toBeGreaterThan(0);
});

it('utilisation is at most 1 where work goes on through outages', async () => {
  const { values } = (
    await runScenario(
      loadText(`
        horizon: 20d
        fleet: { a: { nodes: 20, outages: { up: 1h, down: 9h, running: finish } } }
        workload: { w: { arrivals: { perHour: 60 }, work: 5h } }
      `),
    )
  ).row;
  expect(values.utilisation).toBeGreaterThan(0.5);
  expect(values.utilisation).toBeLessThanOrEqual(1);
});
