import { expect, test } from 'vitest';
import { type DifferenceCell, differencesSpec, percent } from '../../../reports/comparison/differences.js';
import { renderChart } from '../../../reports/drawing/render.js';

const cell = (middle: number, low: number, high: number, isChanged = true, side = 0): DifferenceCell => {
  return { side, middle, low, high, isChanged, words: '3 instead of 2 jobs' };
};
const specOf = (cells: readonly DifferenceCell[], sides: readonly string[] = ['b']) =>
  differencesSpec({
    title: 'Differences',
    subtitle: ['How far b is from a, in % of it.'],
    sides,
    rows: cells.map((one, place) => ({ label: `Figure ${place + 1}`, cells: [one] })),
  });

interface Layer {
  readonly data: { readonly values: readonly Record<string, unknown>[] };
  readonly mark: { readonly type: string; readonly strokeWidth?: number };
}
const layersOf = (spec: unknown) => (spec as { layer: readonly Layer[] }).layer;
const points = (spec: unknown) => layersOf(spec).filter(({ mark }) => mark.type === 'point');
const texts = (spec: unknown) =>
  layersOf(spec)
    .filter(({ mark }) => mark.type === 'text')
    .flatMap(({ data }) => data.values.map(({ text }) => text));

test('shares have a sign', () => {
  expect([0.5, -0.25, 0, 1.214].map(percent)).toEqual(['+50 %', '−25 %', '0 %', '+121 %']);
});

test('a full dot is a change, a hollow one none, and bars go from end to end of intervals', () => {
  const spec = specOf([cell(0.5, 0.4, 0.6), cell(0.1, -0.1, 0.3, false)]);
  const [, dots] = points(spec);
  const [changed, unchanged] = dots!.data.values;
  expect(changed!.fill).toBe(changed!.color);
  expect(unchanged!.fill).toBe('#ffffff');
  const [first] = layersOf(spec).find(({ mark }) => mark.strokeWidth === 3)!.data.values as [{ x: number; x2: number }];
  expect(first.x).toBeLessThan(changed!.x as number);
  expect(first.x2).toBeGreaterThan(changed!.x as number);
  expect(texts(spec)).toContain('+50 %: 3 instead of 2 jobs');
});

test('what is far beyond the others leads off the scale by an arrow, with its words', () => {
  const near = Array.from({ length: 12 }, () => cell(0.05, 0.04, 0.06));
  const spec = specOf([...near, cell(90, 80, 100)]);
  const [arrows, dots] = points(spec);
  expect(arrows!.data.values).toEqual([expect.objectContaining({ shape: 'triangle-right' })]);
  expect(dots!.data.values).toHaveLength(12);
  expect(texts(spec)).toContain('+9,000 %: 3 instead of 2 jobs');
  expect(texts(spec)).toContain('+10 %');
});

test('one pair has dots without bars', () => {
  const spec = specOf([cell(0.5, Number.NaN, Number.NaN, false)]);
  expect(layersOf(spec).find(({ mark }) => mark.strokeWidth === 3)!.data.values).toEqual([]);
  expect(points(spec)[1]!.data.values).toHaveLength(1);
});

test('is drawn no wider than a phone, whatever things are called', async () => {
  const long = 'A figure with a name that is much too long to be read on the screen of any phone';
  const spec = differencesSpec({
    title: 'Differences',
    subtitle: [],
    sides: ['b'.repeat(100), 'c'],
    rows: [{ label: long, cells: [cell(1, 0.5, 1.5), { ...cell(-1, -2, 0, false, 1), words: long }] }],
  });
  const { svg } = await renderChart(spec);
  expect(Number(/width="(\d+)"/.exec(svg)![1])).toBeLessThan(480);
});
