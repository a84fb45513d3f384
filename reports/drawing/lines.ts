import type { Level } from '../series/levels.js';
import { type Bin, type BinnedSamples, rounded } from '../series/samples.js';
import { spreadOf } from '../series/spread.js';
import type { SteppedSpread } from '../series/stepped-spread.js';
import { bandLayers, bandPoint, type LineKey, spreadText } from './band.js';
import type { ChartInput } from './chart.js';
import { countScale, flatLegend, SPARSE_BIN_COUNT, timeChannel, timeUnit } from './frame.js';
import { type HoverStretch, hoverLayer, shownOnly, type TipLine } from './interaction.js';
import { DASHES } from './theme.js';
import { castName, fromTo } from './words.js';

/** Lines of values over time, one a cohort, with their axis, legend and hover texts. */
interface CohortLines {
  readonly samples: BinnedSamples;
  readonly axisTitle: string;
  /** Such as `tokens`; stands behind the value in a hover text. */
  readonly unit: string;
  /** Smallest distance of ticks, where values are whole. */
  readonly tickMinStep?: number;
  readonly tickCount?: number;
  /** False where another plot of the chart has it. */
  readonly hasLegend?: boolean;
  /** Of the hover layer, where a chart has several. */
  readonly hoverName?: string;
  /** What the plot shows, where a chart has several. */
  readonly caption?: string;
  /** In one replication, its place from 0. */
  value(cohort: string, bin: number, replication: number): number | null;
  /** Counts at samples, to be drawn as steps in place of lines from bin to bin. */
  levels?(cohort: string): SteppedSpread;
}

/** The layers of the lines, bands of replications below them, and that of their hover texts, to be drawn last. */
export function cohortLines(input: ChartInput, { hasLegend = true, ...lines }: CohortLines) {
  const color = cohortColor(input, 'stroke');
  const { strokeDash } = cohortDash(input);
  const dash = strokeDash === undefined ? {} : { strokeDash: hasLegend ? strokeDash : { ...strokeDash, legend: null } };
  return spreadLines(input, {
    ...lines,
    key: 'cohort',
    names: input.cohorts,
    colors: input.colors,
    encoding: { color: hasLegend ? color : { ...color, legend: null }, ...dash },
  });
}

interface SpreadLines<Encoding extends object> extends Omit<CohortLines, 'hasLegend'> {
  readonly key: LineKey;
  readonly names: readonly string[];
  /** One a name. */
  readonly colors: readonly string[];
  /** What tells the lines apart. */
  readonly encoding: Encoding;
  /** Another hover text than name and value in the unit; null for none. */
  tip?(name: string, bin: number): TipLine | null;
}

/** The same for lines that are of something else than cohorts. */
export function spreadLines<Encoding extends object>(input: ChartInput, drawn: SpreadLines<Encoding>) {
  const { samples, key, names, colors, encoding, value, levels } = drawn;
  const { bins, replicationCount, each } = samples;
  const { perDay } = timeUnit(input.horizonDays);
  const spreads = names.map((name) =>
    bins.map((_, bin) => spreadOf(each.map((_, replication) => value(name, bin, replication)))),
  );
  const fromBins = (at: number): SteppedSpread => ({
    line: bins.map(({ meanDays }, bin): Level => ({ days: meanDays, value: spreads[at]![bin]?.middle ?? null })),
    band: bins.map(({ meanDays }, bin) => ({ days: meanDays, spread: spreads[at]![bin]! })),
  });
  const parts = names.map((name, at) => levels?.(name) ?? fromBins(at));
  const values = parts.flatMap(({ line }, at) =>
    line.map((point) => ({ time: rounded(point.days * perDay), [key]: names[at], value: rounded(point.value) })),
  );
  const bands = parts.flatMap(({ band }, at) =>
    band.map(({ days, spread }) => bandPoint(days * perDay, key, names[at]!, colors[at]!, spread)),
  );
  const x = timeChannel(input);
  const y = {
    type: 'quantitative' as const,
    title: drawn.axisTitle,
    scale: countScale(replicationCount > 1 ? bands.map(({ high }) => high) : values.map((point) => point.value)),
    axis: {
      tickCount: drawn.tickCount ?? 5,
      ...(drawn.tickMinStep === undefined ? {} : { tickMinStep: drawn.tickMinStep }),
    },
  };
  const line = {
    data: { values },
    transform: [shownOnly],
    mark: {
      type: 'line' as const,
      strokeWidth: 1.75,
      point: bins.length <= SPARSE_BIN_COUNT,
      ...(levels === undefined ? {} : { interpolate: 'step-after' as const }),
    },
    encoding: { x: { ...x, field: 'time' }, y: { ...y, field: 'value' }, ...encoding },
  };
  const tipOf = (bin: number) =>
    names.flatMap((name, at): TipLine[] => {
      if (drawn.tip !== undefined) return [drawn.tip(name, bin) ?? []].filter((line) => line.length === 2);
      const spread = spreads[at]![bin]!;
      return spread === null ? [] : [[name, spreadText(spread, drawn.unit, replicationCount)]];
    });
  const band = bandLayers(replicationCount, bands, { x, y, key, isStepped: levels !== undefined });
  const hover = hoverLayer(binStretches(input, bins, tipOf), timeChannel(input), drawn.hoverName, drawn.caption);
  return { lines: [...band, line], hover };
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
