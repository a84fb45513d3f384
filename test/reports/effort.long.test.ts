import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { charts } from '../../reports/charts/index.js';
import { renderChart } from '../../reports/drawing/render.js';
import { reportHtml } from '../../reports/page/html.js';
import { rowsOf } from '../support/effort.js';
import { drawnReport } from './made-up-report.js';
import { type MadeUpEpisode, type MadeUpNode, madeUpRun } from './made-up-run.js';

const named = (count: number) =>
  Array.from({ length: count }, (_, at) => `cohort-with-a-name-of-forty-letters-${`${at}`.padStart(4, '0')}`);

/** Chart names and the heights of their drawings [px], and the bytes of the page that holds them. */
async function drawn(input: ReturnType<typeof madeUpRun>) {
  const folder = mkdtempSync(join(tmpdir(), 'effort-'));
  try {
    const report = await drawnReport(folder, input);
    expect(report.undrawn).toEqual([]);
    const heights = report.charts.map(({ name }) => readFileSync(join(folder, `charts/${name}.png`)).readUInt32BE(20));
    return { bytes: Buffer.byteLength(reportHtml(report)), heights, texts: report.charts.map(({ svg }) => svg) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each(rowsOf([1, 2, 14, 12, 13, 31, 400]))('%i cohorts make charts and a report of bounded size', async (count) => {
  const { bytes, heights } = await drawn(madeUpRun({ cohorts: named(count), sampleCount: 121 }));
  expect(bytes).toBeLessThan(5_000_000);
  expect(Math.max(...heights)).toBeLessThan(4_000);
});

test('many samples, episodes, nodes and newcomers of a dozen cohorts make a report of bounded size', async () => {
  const cohorts = named(12);
  const episodes = Array.from({ length: 5_000 }, (_, at): MadeUpEpisode => {
    const kind = ['outage', 'maintenance', 'surge', 'attack'][at % 4]!;
    return { kind, scope: `scope-${at % 9}`, startDays: at / 200, endDays: at / 200 + 0.001, label: 'strikes' };
  });
  const nodes = Array.from({ length: 40_000 }, (_, at): MadeUpNode => {
    const score = (at * 0.618) % 1;
    return { cohort: cohorts[at % 12]!, joinedDays: 0, leftDays: null, score, workReferenceHours: (at * 7.3) % 600 };
  });
  const newcomers = Array.from({ length: 20_000 }, (_, at) => {
    return { cohort: cohorts[at % 12]!, watchedDays: ((at * 0.618) % 1) * 20, isAtParity: at % 3 > 0 };
  });
  const { bytes } = await drawn(madeUpRun({ cohorts, episodes, nodes, newcomers, sampleCount: 2_001 }));
  expect(bytes).toBeLessThan(5_000_000);
});

describe.each(rowsOf([1, 2, 14, 12, 13, 31, 400]))('of %i cohorts', (count) => {
  const input = madeUpRun({ cohorts: named(count), sampleCount: 13, attackers: named(count).slice(0, 1) });
  const nodesOnline = charts.find(({ name }) => name === 'nodes-online')!;

  test('each that is drawn has a stroke of its own', async () => {
    const { svg } = await renderChart(nodesOnline.spec(input));
    const lines = [
      ...svg.matchAll(/<path aria-label="[^"]*" role="graphics-symbol" aria-roledescription="line mark"[^>]*>/g),
    ];
    const strokes = lines.map(([line]) => `${/stroke="[^"]*"/.exec(line)} ${/stroke-dasharray="[^"]*"/.exec(line)}`);
    expect(strokes).toHaveLength(Math.min(count, 12));
    expect(new Set(strokes).size).toBe(strokes.length);
  });

  test('those beyond a dozen are named as one, and the attackers are among those drawn', () => {
    expect(input.cohorts.length).toBe(Math.min(count, 12));
    expect(input.cohorts[0]).toBe(named(1)[0]);
    if (count > 12) expect(input.cohorts.at(-1)).toBe(`others (${count - 11} cohorts)`);
    else expect(input.others).toEqual([]);
  });
});
