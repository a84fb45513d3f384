import { largest } from '../../sim/kernels/extent.js';
import { timeUnit } from '../drawing/frame.js';
import { shownOnly } from '../drawing/interaction.js';
import { INK } from '../drawing/theme.js';
import type { Bin } from './samples.js';

/**
 * Width of a step [days]: at most 60 of them, and whole days from ten days on, so that the daily rise and fall of
 * demand doesn't bury the trend.
 */
export function stepBinDays(horizonDays: number): number {
  return horizonDays < 10 ? horizonDays / 60 : Math.ceil(horizonDays / 60);
}

/** Says how long a step is, such as 'Each step: 3 hours.', as samples may be farther apart than asked for. */
export function stepText(bins: readonly Bin[], what: 'step' | 'point' = 'step'): string {
  const widthDays = Math.max(0, largest(bins.map((bin) => bin.endDays - bin.startDays)));
  if (widthDays === 0) return '';
  const { name, perDay } = timeUnit(widthDays * (1 + 1e-9));
  const length = Number((widthDays * perDay).toPrecision(2));
  return `Each ${what}: ${length} ${length === 1 ? name.slice(0, -1) : name}.`;
}

/** A corner of a stacked area: the part reaches from low to high; both null interrupt it. */
interface StackCorner {
  /** In the time axis' unit. */
  readonly time: number;
  readonly part: string;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Stacks parts, the first lowest, as steps: a value of an interval holds from its start to its end, so that two samples
 * make a chart, too, and nothing is made up between intervals.
 *
 * `heightsOf` gives one height a part for a bin, or null for a gap.
 */
export function stackSteps(
  bins: readonly Bin[],
  parts: readonly string[],
  perDay: number,
  heightsOf: (bin: number) => readonly number[] | null,
): StackCorner[] {
  const corners: StackCorner[] = [];
  bins.forEach((bin, index) => {
    if (bin.endDays <= bin.startDays) return;
    const heights = heightsOf(index);
    let low = 0;
    parts.forEach((part, at) => {
      const high = low + (heights?.[at] ?? 0);
      const reach = heights === null ? { low: null, high: null } : { low, high };
      corners.push({ time: bin.startDays * perDay, part, ...reach }, { time: bin.endDays * perDay, part, ...reach });
      low = high;
    });
  });
  return corners;
}

/** Shares that readers look for [%]. */
const SHARES = [10, 50];

/** Lines at shares that matter, as far as the parts that are shown reach, so that they never widen the axis. */
export function referenceLayers(
  values: readonly { readonly corner: number; readonly cohort: string; readonly share: number }[],
) {
  const reach = [
    shownOnly,
    { aggregate: [{ op: 'sum' as const, field: 'share', as: 'total' }], groupby: ['corner'] },
    { aggregate: [{ op: 'max' as const, field: 'total', as: 'most' }] },
    { calculate: JSON.stringify(SHARES), as: 'line' },
    { flatten: ['line'] },
    { filter: 'datum.line <= datum.most' },
    { calculate: "datum.line + ' %'", as: 'text' },
  ];
  const y = { field: 'line', type: 'quantitative' as const };
  return [
    {
      data: { values: [...values] },
      transform: reach,
      layer: [
        { mark: { type: 'rule' as const, color: INK.strong, strokeDash: [2, 4], opacity: 0.7 }, encoding: { y } },
        {
          mark: {
            type: 'text' as const,
            align: 'right' as const,
            baseline: 'bottom' as const,
            dx: -3,
            dy: -2,
            fontSize: 11,
            color: INK.strong,
          },
          encoding: { x: { value: 'width' as const }, y, text: { field: 'text' } },
        },
      ],
    },
  ];
}
