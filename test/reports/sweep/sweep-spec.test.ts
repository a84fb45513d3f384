import { expect, test } from 'vitest';
import { renderChart } from '../../../reports/drawing/render.js';
import {
  type ChartPoint,
  howToRead,
  type SweepAxis,
  type SweepChart,
  scoreboardSpec,
  sweepSpec,
} from '../../../reports/sweep/index.js';

const axis = (name: string, levels: readonly (number | string)[], unit: '' | 's' = ''): SweepAxis => {
  return { name, unit, levels, isNumeric: levels.every((level) => typeof level === 'number') };
};

function chart(axes: readonly SweepAxis[], of: (values: ChartPoint['values']) => Partial<ChartPoint>): SweepChart {
  const combinations = axes.reduce<(number | string)[][]>(
    (before, { levels }) => before.flatMap((values) => levels.map((level) => [...values, level])),
    [[]],
  );
  return {
    ...{ title: 'Share of work', subtitle: 'After the warm-up.', unit: 'fraction', range: [0, 1] as const },
    ...{ bounds: [{ value: 0.5, words: 'below 50 %' }], isQuestion: false, axes, isGrid: true },
    points: combinations.map((values) => ({ values, middle: 0.4, low: -0.1, high: 1.2, verdict: '', ...of(values) })),
  };
}

const nodes = axis('fleet.a.nodes', [1, 2, 3]);

test('intervals are drawn within the values that there can be', () => {
  const spec = sweepSpec(chart([nodes], () => ({}))) as unknown as { data: { values: Record<string, number>[] } };
  expect(spec.data.values.map(({ low, middle, high }) => [low, middle, high])).toEqual(Array(3).fill([0, 40, 100]));
});

test('a figure that can’t be told leaves a gap, not a 0', () => {
  const none = { middle: Number.NaN, low: Number.NaN, high: Number.NaN };
  const spec = sweepSpec(chart([nodes], ([value]) => (value === 2 ? none : {}))) as unknown as {
    data: { values: Record<string, number | null>[] };
  };
  expect(spec.data.values[1]).toMatchObject({ low: null, middle: null, high: null });
});

interface Line {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly isHolding: boolean;
}

/** The lines of a heat map's layers. */
function linesOf(made: SweepChart): readonly Line[] {
  const { layer } = sweepSpec(made) as unknown as { layer: { data?: { values: Line[] } }[] };
  return layer.flatMap(({ data }) => data?.values ?? []).filter((value) => 'isHolding' in value);
}

test('lines of a heat map part cells whose verdicts differ, solid where one holds', () => {
  const rows = axis('stake', [10, 20]);
  // ✓ ? ✗ in the first row, ✓ ✓ ✓ in the second
  const verdict = ([x, y]: ChartPoint['values']) =>
    y === 20 ? 'holds' : (['holds', 'untold', 'fails'] as const)[Number(x) - 1]!;
  const lines = linesOf(chart([nodes, rows], (values) => ({ verdict: verdict(values) })));
  expect(lines.map(({ x1, y1, x2, y2, isHolding }) => [x1, y1, x2, y2, isHolding])).toEqual([
    [1, 0, 1, 1, true],
    [1, 1, 2, 1, true],
    [2, 1, 3, 1, true],
    [2, 0, 2, 1, false],
  ]);
  expect(linesOf(chart([nodes, rows], () => ({ verdict: 'holds' })))).toEqual([]);
});

test('more than two axes have a panel for each combination of the others, twelve at most, and words say so', () => {
  const many = [nodes, axis('stake', [10, 20]), axis('c', ['x', 'y', 'z', 'v', 'w']), axis('d', [1, 2, 3])];
  const spec = sweepSpec(chart(many, () => ({}))) as unknown as { concat: object[] };
  expect(spec.concat).toHaveLength(12);
  expect(howToRead({ axes: many, isGrid: true }, true)).toContain(
    'Of 15 combinations of the other settings the first 12 are drawn',
  );
});

const words = axis('protocol.assignment', ['uniform', 'round-robin']);
test.each([
  ['a curve', chart([nodes], () => ({ verdict: 'holds' }))],
  ['a curve by factors', chart([axis('fleet.a.nodes', [1, 10, 1_000])], () => ({}))],
  ['dots', chart([words], () => ({ verdict: 'fails' }))],
  ['a heat map', chart([nodes, words], () => ({ verdict: 'untold' }))],
  ['a heat map of values on both sides of 0', chart([nodes, words], ([x]) => ({ middle: Number(x) - 2 }))],
  ['panels', chart([nodes, words, axis('epoch', [3_600, 86_400], 's')], () => ({}))],
  ['points that fill ranges', { ...chart([nodes, words], () => ({ verdict: 'holds' })), isGrid: false }],
])('%s is drawn, with names that hold anything', async (_, made) => {
  const hostile = {
    ...made,
    title: `${made.title} <b>`,
    axes: made.axes.map((one) => ({ ...one, name: `${one.name}.]'"<b>` })),
  };
  const { svg, png } = await renderChart(sweepSpec(hostile));
  expect(svg).toContain('Share of work');
  expect(svg).toContain('&lt;b&gt;');
  expect(svg).not.toContain('NaN');
  expect(png.length).toBeGreaterThan(1_000);
});

test('a scoreboard shows each figure of each variant, the better the bluer, in the order of the file', async () => {
  const cells = (...all: readonly (readonly [string, number])[]) => all.map(([text, rank]) => ({ text, rank }));
  const columns = [
    { name: 'Share of wrong results among those accepted', cells: cells(['8 %', 2], ['1 %', 0], ['–', Number.NaN]) },
    { name: 'Latency', cells: cells(['2 min', 0], ['2 min', 0], ['9 min', 2]) },
  ];
  const { svg } = await renderChart(
    scoreboardSpec({ title: 'Which', subtitle: 'One run each.', rows: ['zebra', 'ant', 'emu'], columns }),
  );
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  for (const text of ['8 %', '1 %', '–', '2 min', '9 min', 'Latency']) expect(texts).toContain(text);
  expect(texts.filter((text) => ['zebra', 'ant', 'emu'].includes(text!))).toEqual(['zebra', 'ant', 'emu']);
  const colorOf = (row: string, text: string) =>
    new RegExp(`aria-label="[^"]*row: ${row}; [^"]*"[^>]*fill="([^"]*)"`).exec(
      svg.slice(svg.indexOf('mark-rect')).replaceAll(`text: ${text}`, ''),
    )?.[1];
  expect(colorOf('ant', '1 %')).not.toBe(colorOf('zebra', '8 %'));
});
