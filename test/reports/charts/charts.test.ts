import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, test } from 'vitest';
import { chartNames } from '../../../reports/charts/chart-files.js';
import { charts } from '../../../reports/charts/index.js';
import { loadChartFont } from '../../../reports/drawing/font.js';
import { renderChart } from '../../../reports/drawing/render.js';
import { drawCharts, writeCharts } from '../../../reports/write.js';
import type { Table } from '../../../sim/record/tables/table.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { madeUpCast, madeUpRun } from '../made-up-run.js';

const AXIS_TITLES: Record<string, string> = {
  'score-quantiles': 'Score',
  'work-share': 'Share of work [%]',
  'job-outcomes': 'Jobs per hour',
  'nodes-online': 'Nodes online',
  utilisation: 'Slot time worked [%]',
  stake: 'Stake [tokens]',
  income: 'Income [tokens per node and day]',
  'honest-twin': 'Paid less slashed [tokens]',
  'income-lorenz': 'Share of all income [%]',
  'profit-against-twin': 'Better than in the twin [USD]',
  corruption: 'So far [USD]',
  'detection-curve': 'Cheating identities punished [%]',
  'slashings-by-cause': 'Slashed [tokens]',
  'honest-harm': 'Lost [tokens per node]',
  'score-as-detector': 'Attackers below the limit [%]',
  'newcomer-parity': 'Newcomers that earn alike [%]',
  'job-times': 'Latency [min]',
  'final-scores': 'Nodes of the cohort [%]',
  'work-reputation': 'Work [h per day]',
  measures: '[%]',
  replications: 'Attackers’ share of the work',
};

function textsOf(svg: string): string[] {
  // a text of several lines has each in a part of its own
  return [...svg.matchAll(/<(text|tspan)[^>]*>([^<]*)<\/\1>/g)].map((match) => match[2]!);
}

/** Marks of data, which are not backgrounds, axes or legends. */
function marksOf(svg: string): number {
  return [...svg.matchAll(/aria-roledescription="(?:area mark|line mark|rect mark|bar|point|circle)/g)].length;
}

/** Charts that have nothing to show without attackers. */
const ofAttacks = new Set(['corruption', 'score-as-detector']);

/** A run that the chart has something to show of: for some the second cohort attacks. */
function runFor({ name }: { readonly name: string }, options: Parameters<typeof madeUpRun>[0] = {}) {
  return madeUpRun({ ...(ofAttacks.has(name) ? { attackers: [options.cohorts?.[1] ?? 'swarm'] } : {}), ...options });
}

describe.each(charts)('$name', (chart) => {
  test('draws marks, titles, units and the warm-up', async () => {
    const { svg } = await renderChart(chart.spec(runFor(chart)));
    const texts = textsOf(svg);
    expect(texts).toContain(chart.title);
    expect(texts).toContain(AXIS_TITLES[chart.name]);
    for (const text of ['Time [days]', 'Warm-up', 'Attack']) expect(texts.includes(text)).toBe(chart.isOverTime);
    expect(marksOf(svg)).toBeGreaterThanOrEqual(3);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('is a PNG of twice the size with ink on it', async () => {
    const { svg, png } = await renderChart(chart.spec(runFor(chart, { sampleCount: 61 })));
    const blank = await renderChart({ data: { values: [{}] }, mark: 'point', width: 800, height: 400, encoding: {} });
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(png.readUInt32BE(16)).toBe(2 * Number(/width="(\d+)"/.exec(svg)![1]));
    expect(png.length).toBeGreaterThan(2 * blank.png.length);
  });

  test('is drawn from two samples, without warm-up, in hours', async () => {
    const run = runFor(chart, { horizonDays: 0.5, sampleCount: 2, warmUpDays: 0, joinDays: 0.4 });
    const texts = textsOf((await renderChart(chart.spec(run))).svg);
    expect(texts.includes('Time [hours]')).toBe(chart.isOverTime);
    expect(texts).not.toContain('Warm-up');
  });

  test('is drawn when a cohort never joins and when names are hostile', async () => {
    const cohorts = ['a.b[0]', '</text><script>alert(1)</script>', '"quotes" & more'];
    const { svg } = await renderChart(chart.spec(runFor(chart, { sampleCount: 5, joinDays: 99, cohorts })));
    expect(svg).not.toContain('<script');
    expect(marksOf(svg)).toBeGreaterThanOrEqual(2);
  });

  test('is drawn from a table without rows, counts from 0 on', async () => {
    const run = runFor(chart, { sampleCount: 2 });
    const without = (table: Table) => ({ ...table, rows: () => [] });
    const none = { newcomers: [], detections: [], overTwin: [], losses: [] };
    const empty = { ...run, timeseries: without(run.timeseries), nodes: without(run.nodes), ...none };
    expect(chart.says(empty)).toMatch(/^[A-Z].*\.$/);
    const { svg } = await renderChart(chart.spec(empty));
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(textsOf(svg)).not.toContain('0.000000');
  });

  test('same table, same drawing', async () => {
    const spec = () => chart.spec(runFor(chart, { sampleCount: 5 }));
    expect((await renderChart(spec())).svg).toBe((await renderChart(spec())).svg);
  });

  test('has plain words for a description', () => {
    expect(chart.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(chart.description).toMatch(/^[A-Z].*\.$/s);
  });
});

describe.each(charts.filter(({ isOverTime }) => isOverTime))('$name, over time,', (chart) => {
  test.each([
    [3, 'from least to most'],
    [12, 'from the 10th to the 90th percentile'],
  ])('says of %i replications what line and band are', async (count, reach) => {
    const { svg } = await renderChart(chart.spec(runFor(chart, { sampleCount: 5, replicationCount: count })));
    const said = new RegExp(`^Line: median of ${count} replications; (dark )?band: ${reach}\\.$`);
    expect(textsOf(svg).filter((text) => said.test(text))).toHaveLength(1);
  });

  test('is of one replication drawn without a band around its lines', async () => {
    const { svg } = await renderChart(chart.spec(runFor(chart, { sampleCount: 5 })));
    expect(textsOf(svg).filter((text) => text.includes('replications'))).toEqual([]);
  });
});

test('the score chart has a panel a cohort, and says so where there are no scores', async () => {
  const spec = charts.find(({ name }) => name === 'score-quantiles')!.spec(madeUpRun({ joinDays: 99 }));
  const texts = textsOf((await renderChart(spec)).svg);
  for (const cohort of ['honest', 'swarm', 'fleet-a', 'No scores']) expect(texts).toContain(cohort);
});

test('a fall of the nodes online is drawn upright, at the sample that saw it', async () => {
  const run = madeUpRun({ cohorts: ['honest', 'swarm'], joinDays: 12.5 });
  const { svg } = await renderChart(charts.find(({ name }) => name === 'nodes-online')!.spec(run));
  const paths = [...svg.matchAll(/<path aria-label="[^"]*"[^>]*line mark[^>]* d="([^"]*)"/g)].map(([, path]) => path!);
  expect(paths).toHaveLength(2);
  for (const path of paths) {
    const points = [...path.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
    points.slice(1).forEach(([x, y], at) => {
      expect(x === points[at]![0] || y === points[at]![1]).toBe(true);
    });
  }
});

test.each([2, 12])('the utilisation has a panel for each of %i cohorts, none of which hides another', async (count) => {
  const cohorts = Array.from({ length: count }, (_, at) => `fleet-${at}`);
  const { svg } = await renderChart(charts.find(({ name }) => name === 'utilisation')!.spec(madeUpRun({ cohorts })));
  expect(textsOf(svg)).toEqual(expect.arrayContaining(cohorts));
  expect([...svg.matchAll(/aria-roledescription="line mark container"/g)]).toHaveLength(count);
});

test('the utilisation says where no machine of a cohort was up', async () => {
  const spec = charts.find(({ name }) => name === 'utilisation')!.spec(madeUpRun({ joinDays: 99 }));
  expect(textsOf((await renderChart(spec)).svg)).toContain('No machine was up');
});

test('work against reputation draws a node at its work a day of its stay, and none that stayed for hours', async () => {
  const node = { cohort: 'honest', joinedDays: 5, leftDays: 15, score: 1, workReferenceHours: 60 };
  const brief = { ...node, score: 1.5, leftDays: 5.25, workReferenceHours: 20 };
  const run = madeUpRun({ cohorts: ['honest'], nodes: [node, brief, { ...brief, score: 0.5, leftDays: 5 }] });
  const chart = charts.find(({ name }) => name === 'work-reputation')!;
  const { svg } = await renderChart(chart.spec(run));
  const circles = [...svg.matchAll(/aria-label="(Final score: [^"]*)" role="graphics-symbol"/g)].map(
    ([, label]) => label,
  );
  expect(circles).toEqual([expect.stringMatching(/^Final score: 1; Work \[h per day\]: 6; /)]);
  expect(chart.description).toContain('less than a hundredth of the run');
});

test('the newcomers’ line steps up at each that earns alike, and ends with the last that was watched', () => {
  const newcomers = [
    { cohort: 'honest', watchedDays: 2, isAtParity: true },
    { cohort: 'honest', watchedDays: 3, isAtParity: false },
    { cohort: 'honest', watchedDays: 4, isAtParity: true },
    { cohort: 'honest', watchedDays: 9, isAtParity: false },
  ];
  const chart = charts.find(({ name }) => name === 'newcomer-parity')!;
  const spec = chart.spec(madeUpRun({ newcomers })) as unknown as {
    layer: readonly [
      {
        data: { values: readonly { cohort: string; days: number; share: number }[] };
        mark: { interpolate: string };
        encoding: { color: { legend: { values: readonly string[] } } };
      },
    ];
  };
  const [{ data, mark, encoding }] = spec.layer;
  expect(mark.interpolate).toBe('step-after');
  // 3/4 still wait after 2 days, half of them after 4
  expect(data.values.map(({ cohort, days, share }) => [cohort, days, share])).toEqual([
    ['honest', 0, 0],
    ['honest', 2, 25],
    ['honest', 4, 62.5],
    ['honest', 9, 62.5],
  ]);
  expect(encoding.color.legend.values).toEqual(['honest']);
});

test('the names of charts, known without loading them, are theirs', () => {
  expect(charts.map(({ name }) => name)).toEqual(chartNames);
});

describe('renderChart', () => {
  test('refuses data from elsewhere', async () => {
    const spec = { data: { url: 'https://example.org/a.json' }, mark: 'point' as const, encoding: {} };
    await expect(renderChart(spec)).rejects.toThrow(/expected its data in the specification/);
  });

  test('names clip paths alike whatever was drawn before', async () => {
    const spec = { data: { values: [{ a: 1 }] }, mark: { type: 'line' as const, clip: true }, encoding: {} };
    const first = await renderChart(spec);
    expect(first.svg).toContain('clip-path="url(#id0)"');
    expect((await renderChart(spec)).svg).toBe(first.svg);
  });
});

test('a text is as wide as it is drawn', () => {
  const font = loadChartFont();
  for (const [text, weight] of [
    ['Share of work [%]', 400],
    ['Jobs by outcome 1,234', 600],
  ] as const) {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="90">' +
      `<text y="60" font-family="Inter" font-size="40" font-weight="${weight}">${text}</text></svg>`;
    const drawn = new Resvg(svg, { font: { fontFiles: [...font.files], loadSystemFonts: false } }).getBBox()!.width;
    expect(Math.abs(font.width(text, 40, weight === 600) - drawn)).toBeLessThan(12);
  }
});

test('cohortColors are stable and differ for a dozen cohorts', () => {
  const names = Array.from({ length: 12 }, (_, at) => `cohort-${at}`);
  expect(new Set(madeUpCast(names).colors).size).toBe(12);
  expect(madeUpCast(names).colors.slice(0, 3)).toEqual(madeUpCast(['x', 'y', 'z']).colors);
});

test('writeCharts writes an SVG and a PNG of each chart', async () => {
  const folder = temporaryFolder('charts');
  const { drawn: written } = await writeCharts(folder, madeUpRun({ sampleCount: 3, attackers: ['swarm'] }));
  expect(written.map(({ name }) => name)).toEqual(charts.map(({ name }) => name));
  const files = charts.flatMap(({ name }) => [`${name}.png`, `${name}.svg`]).sort();
  expect(readdirSync(join(folder, 'charts')).sort()).toEqual(files);
});

test('of a run without newcomers all charts are written but theirs', async () => {
  const folder = temporaryFolder('charts');
  const run = madeUpRun({ sampleCount: 3, newcomers: [], attackers: ['swarm'] });
  const names = charts.map(({ name }) => name).filter((name) => name !== 'newcomer-parity');
  expect(names).toHaveLength(charts.length - 1);
  expect((await writeCharts(folder, run)).drawn.map(({ name }) => name)).toEqual(names);
  expect(readdirSync(join(folder, 'charts')).filter((file) => file.startsWith('newcomer'))).toEqual([]);
});

test('a chart that can’t be drawn costs itself alone; what the disk refuses is thrown', async () => {
  const folder = temporaryFolder('charts');
  const run = madeUpRun({ sampleCount: 3 });
  const chart = charts[0]!;
  const drawable = (name: string, spec = () => chart.spec(run)) => {
    return { name, title: name, description: name, applies: () => true, spec, says: () => name };
  };
  const broken = drawable('broken', () => {
    throw new Error('no such field');
  });
  const { drawn, undrawn } = await drawCharts(folder, [broken, drawable('whole')]);
  expect([drawn.map(({ name }) => name), undrawn]).toEqual([
    ['whole'],
    [{ name: 'broken', title: 'broken', reason: 'no such field' }],
  ]);
  // no folder of that name: the drawing is fine, its file can't be written
  await expect(drawCharts(folder, [drawable('none/such')])).rejects.toMatchObject({ code: 'ENOENT', syscall: 'open' });
  // a folder in the place of its second file
  mkdirSync(join(folder, 'charts/taken.png/any'), { recursive: true });
  await expect(drawCharts(folder, [drawable('taken')])).rejects.toHaveProperty('syscall');
  expect(readdirSync(join(folder, 'charts')).filter((file) => file.startsWith('taken'))).toEqual(['taken.png']);
});
