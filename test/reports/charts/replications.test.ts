import { describe, expect, test } from 'vitest';
import { replications } from '../../../reports/charts/replications.js';
import { renderChart } from '../../../reports/drawing/render.js';
import { figureOf, madeUpRun } from '../made-up-run.js';

/** Marks of a kind, by what their description tells. */
async function drawn(figures: Parameters<typeof figureOf>[0][]) {
  const { svg } = await renderChart(replications.spec(madeUpRun({ figures: figures.map(figureOf) })));
  const circles = [...svg.matchAll(/aria-roledescription="circle"[^>]*transform="translate\(([-\d.]+),/g)];
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  return { svg, places: circles.map(([, x]) => Number(x)), texts };
}

describe('the chart of replications', () => {
  test('has a point a replication, in proportion between the least and the most', async () => {
    const { places } = await drawn([{ values: [10, 20, 40], low: 12, high: 34 }]);
    const [low, middle, high] = places.toSorted((a, b) => a - b) as [number, number, number];
    expect(places).toHaveLength(3);
    expect((middle - low) / (high - low)).toBeCloseTo(1 / 3, 2);
  });

  test('shows an interval whole that is wider than its few replications', async () => {
    const { places, texts } = await drawn([{ unit: 'jobs', values: [10, 20], low: -48, high: 78 }]);
    const span = Math.abs(places[1]! - places[0]!);
    const { places: own } = await drawn([{ unit: 'jobs', values: [10, 20], low: 10, high: 20 }]);
    expect(span).toBeCloseTo((Math.abs(own[1]! - own[0]!) * 10) / 126, 0);
    expect(texts).toEqual(expect.arrayContaining(['−48 jobs', '78 jobs']));
  });

  test('tells the ends of a strip with as many digits as tell them apart', async () => {
    const { texts } = await drawn([{ unit: 'fraction', values: [0.99751, 0.99832], low: 0.998, high: 0.9982 }]);
    expect(texts).toEqual(expect.arrayContaining(['99.75 %', '99.8 %']));
  });

  test('draws no strip of a figure that is the same in all, and no bar where there is no interval', async () => {
    const same = await drawn([{ unit: 'nodes', values: [3, 3, 3] }]);
    expect(same.places).toEqual([]);
    expect(same.texts).toContain('3 nodes in all');
    const bars = async (low: number) =>
      [...(await drawn([{ values: [1, 2, 3], low, high: 2.5 }])).svg.matchAll(/stroke-width="3"/g)].length;
    expect([await bars(1.5), await bars(Number.NaN)]).toEqual([1, 0]);
  });

  test('draws a hundred points of more replications, by rank', async () => {
    const { places } = await drawn([{ values: Array.from({ length: 1_001 }, (_, at) => at) }]);
    expect(places).toHaveLength(100);
    expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(200);
  });

  test('is as wide as a phone', async () => {
    const label = 'latency, 95 % of all jobs, failed and open ones counted';
    const { svg } = await drawn([{ label, unit: 's', values: [1_000_000.5, 2_000_000.5] }]);
    expect(Number(/width="(\d+)"/.exec(svg)![1])).toBeLessThanOrEqual(430);
  });

  test('says which figure spreads most, and how many don’t at all', () => {
    const figures = [
      figureOf({ label: 'the share', unit: 'fraction', values: [0.01, 0.03] }),
      figureOf({ label: 'the jobs', unit: 'jobs', values: [1_000, 1_100] }),
      figureOf({ label: 'the nodes', unit: 'nodes', values: [5, 5] }),
    ];
    expect(replications.says(madeUpRun({ figures }))).toBe(
      'Of 3 figures, 1 is the same in all of 2 replications. ' +
        'By its size, the share spreads most: 1 to 3 % over 2 replications.',
    );
    expect(replications.says(madeUpRun({ figures: figures.slice(2) }))).toBe(
      'Every figure is the same in 2 replications.',
    );
    expect(replications.applies!(madeUpRun({ figures: [] }))).toBe(false);
  });
});
