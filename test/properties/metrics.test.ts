import fc from 'fast-check';
import { expect, it } from 'vitest';
import { metrics } from '../../sim/record/metrics/index.js';
import { rangeOf } from '../../sim/record/metrics/metric.js';
import { runScenario } from '../../sim/run.js';
import { casesOf } from '../support/effort.js';
import { anyScenario } from '../support/random-scenarios.js';
import { loadText } from '../support/scenarios.js';

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
