import { toNumber } from '../figure.js';
import type { Level } from '../series/levels.js';
import { type Bin, rounded } from '../series/samples.js';
import type { ChartInput } from './chart.js';
import { countScale, flatLegend, SPARSE_BIN_COUNT, timeChannel, timeUnit } from './frame.js';
import { type HoverStretch, hoverLayer, shownOnly, type TipLine } from './interaction.js';
import { DASHES } from './theme.js';
import { castName, fromTo } from './words.js';

/** Lines of values over time, one a cohort, with their axis, legend and hover texts. */
interface CohortLines {
  readonly bins: readonly Bin[];
  readonly axisTitle: string;
  /** Such as `tokens`; stands behind the value in a hover text. */
  readonly unit: string;
  /** Smallest distance of ticks, where values are whole. */
  readonly tickMinStep?: number;
  value(cohort: string, bin: number): number | null;
  /** Counts at samples, to be drawn as steps in place of lines from bin to bin. */
  levels?(cohort: string): readonly Level[];
}

/** The two layers of the lines and of their hover texts, the latter to be drawn last. */
export function cohortLines(input: ChartInput, { bins, axisTitle, unit, tickMinStep, value, levels }: CohortLines) {
  const { perDay } = timeUnit(input.horizonDays);
  const meansOf = (cohort: string) =>
    bins.map(({ meanDays }, index): Level => ({ days: meanDays, value: value(cohort, index) }));
  const values = input.cohorts.flatMap((cohort) =>
    (levels ?? meansOf)(cohort).map((each) => ({
      time: rounded(each.days * perDay),
      cohort,
      value: rounded(each.value),
    })),
  );
  const line = {
    data: { values },
    transform: [shownOnly],
    mark: {
      type: 'line' as const,
      strokeWidth: 1.75,
      point: bins.length <= SPARSE_BIN_COUNT,
      ...(levels === undefined ? {} : { interpolate: 'step-after' as const }),
    },
    encoding: {
      x: { ...timeChannel(input), field: 'time' },
      y: {
        field: 'value',
        type: 'quantitative' as const,
        title: axisTitle,
        scale: countScale(values.map((each) => each.value)),
        axis: { tickCount: 5, ...(tickMinStep === undefined ? {} : { tickMinStep }) },
      },
      color: cohortColor(input, 'stroke'),
      ...cohortDash(input),
    },
  };
  const tipOf = (bin: number) =>
    input.cohorts.flatMap((cohort): TipLine[] => {
      const height = value(cohort, bin);
      return height === null ? [] : [[cohort, `${toNumber(height)} ${unit}`]];
    });
  return { line, hover: hoverLayer(binStretches(input, bins, tipOf), timeChannel(input)) };
}

/** Colour by cohort, the same in every chart, with its legend, which tells who attacks. */
export function cohortColor(input: ChartInput, symbol: 'square' | 'stroke', drawn = input.cohorts) {
  return {
    field: 'cohort',
    type: 'nominal' as const,
    scale: { domain: [...input.cohorts], range: [...input.colors] },
    legend: cohortLegend(input, symbol, drawn),
  };
}

/** Attackers' lines are dashed, and those of the group of others dotted; nothing where there are neither. */
export function cohortDash(input: ChartInput, drawn = input.cohorts) {
  if (input.attackers.length === 0 && input.others.length === 0) return {};
  const dashOf = (cohort: string) => {
    if (input.others.includes(cohort) && !input.attackers.includes(cohort)) return [...DASHES.others];
    return input.attackers.includes(cohort) ? [...DASHES.attackers] : [1, 0];
  };
  return {
    strokeDash: {
      field: 'cohort',
      type: 'nominal' as const,
      scale: { domain: [...input.cohorts], range: input.cohorts.map(dashOf) },
      // The same legend as that of the colours, so that both become one.
      legend: cohortLegend(input, 'stroke', drawn),
    },
  };
}

function cohortLegend(input: ChartInput, symbol: 'square' | 'stroke', drawn: readonly string[]) {
  const legend = flatLegend(
    drawn.map((cohort) => castName(input, cohort)),
    symbol,
  );
  const values = drawn.length === input.cohorts.length ? {} : { values: [...drawn] };
  if (input.attackers.length === 0) return { ...legend, ...values };
  // A name in it is a text, whatever it holds.
  const attackers = JSON.stringify(input.attackers);
  const labelExpr = `indexof(${attackers}, datum.value) < 0 ? datum.label : datum.label + ' (attackers)'`;
  return { ...legend, ...values, labelExpr };
}

/** A stretch of time for each bin; its text begins with the time. */
export function binStretches(
  input: ChartInput,
  bins: readonly Bin[],
  tipOf: (bin: number) => readonly TipLine[],
): HoverStretch[] {
  const { perDay } = timeUnit(input.horizonDays);
  return bins.map(({ startDays, endDays }, index) => ({
    from: rounded(startDays * perDay)!,
    to: rounded(endDays * perDay)!,
    tip: [['Time', fromTo(startDays, endDays, input.horizonDays)], ...tipOf(index)],
  }));
}
