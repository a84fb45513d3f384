import { largest, smallest } from '../../sim/kernels/extent.js';
import { quantileSorted } from '../../sim/kernels/quantile.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { chartTitle } from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly } from '../drawing/interaction.js';
import { panelGrid, panelName, panelNote, rowNames } from '../drawing/panels.js';
import { INK } from '../drawing/theme.js';
import { castName, inFirst, listed, perCohort } from '../drawing/words.js';
import { toFigure, toPhrase } from '../figure.js';
import { columnWords, type MeasuredOfNodes } from '../series/measured.js';
import { countReplications } from '../series/sample-columns.js';
import { rounded } from '../series/samples.js';

/** A chart of more would be taller than a screen; a network with scores for every class has dozens. */
const MEASURES_MOST = 9;
/** Of a cohort's row in a panel, and of the bar in it [px]. */
const ROW_HEIGHT = 26;
const BAR_HEIGHT = 11;
const ROW_GAP = 96;

/** How a measure is spread over the nodes of a cohort, in the measure's unit as shown. */
interface Spread {
  readonly cohort: string;
  readonly low: number;
  readonly q25: number;
  readonly median: number;
  readonly q75: number;
  readonly high: number;
  readonly nodes: number;
}

/** Measures that some node has, the first of them. */
function shownOf({ measures }: ChartInput): readonly MeasuredOfNodes[] {
  return measures.filter(({ byCohort }) => byCohort.some((values) => values.length > 0)).slice(0, MEASURES_MOST);
}

/** The factor from a measure's unit to the one that it is shown in, and that. */
function scaleOf({ unit, byCohort }: MeasuredOfNodes): { readonly factor: number; readonly unit: string } {
  let highest = 0;
  for (const values of byCohort) for (const value of values) highest = Math.max(highest, Math.abs(value));
  if (unit === 'fraction') return { factor: 100, unit: '%' };
  const shown = toFigure(highest, unit).unit;
  const factors: Readonly<Record<string, number>> = { ms: 1_000, s: 1, min: 1 / 60, h: 1 / 3_600, d: 1 / 86_400 };
  return unit === 's' && shown in factors ? { factor: factors[shown]!, unit: shown } : { factor: 1, unit };
}

function spreadsOf(input: ChartInput, measure: MeasuredOfNodes): readonly Spread[] {
  const { factor } = scaleOf(measure);
  return measure.byCohort.flatMap((values, index) => {
    if (values.length === 0) return [];
    const sorted = [...values].sort((a, b) => a - b);
    const at = (share: number) => rounded(factor * quantileSorted(sorted, share))!;
    return [
      {
        cohort: input.cohorts[index]!,
        ...{ low: at(0.05), q25: at(0.25), median: at(0.5), q75: at(0.75), high: at(0.95) },
        nodes: values.length,
      },
    ];
  });
}

/** What the network's own mechanisms measured of nodes, as these stood at the end. */
export const measures: Chart = {
  name: 'measures',
  title: 'What the protocol measured',
  description:
    'What the mechanisms of this protocol know of nodes at the end, besides the score. A line goes from the 5 % to ' +
    'the 95 % quantile of a cohort’s nodes, the bar from quartile to quartile, and its tick is the median. Of ' +
    'several replications these are nodes of the first.',
  isOverTime: false,
  applies: (input) => shownOf(input).length > 0,
  spec(input) {
    const shown = shownOf(input);
    const grid = panelGrid(shown.length);
    return {
      title: chartTitle(this.title, 'Spread over the nodes of each cohort, at the end.', ''),
      description: this.description,
      params: [HIDDEN_COHORTS],
      columns: grid.columns,
      bounds: 'flush',
      spacing: { column: 36, row: ROW_GAP },
      concat: shown.map((measure, index) => toView(input, measure, index)),
    };
  },
  says(input) {
    const sentences = shownOf(input).map((measure) => {
      const clause = (cohort: string, index: number) => {
        const values = [...measure.byCohort[index]!].sort((a, b) => a - b);
        if (values.length === 0) return `none of ${cohort}`;
        return `${toPhrase(quantileSorted(values, 0.5), measure.unit)} of ${cohort}`;
      };
      return `${columnWords(measure.name)} ${perCohort(input.cohorts, clause, input.attackers)}`;
    });
    return `Medians at the end${inFirst(countReplications(input))}: ${listed(sentences)}.`;
  },
};

function toView(input: ChartInput, measure: MeasuredOfNodes, index: number) {
  const spreads = spreadsOf(input, measure);
  const { unit } = scaleOf(measure);
  const place = panelGrid(shownOf(input).length).place(index);
  const size = { width: place.width, height: ROW_HEIGHT * input.cohorts.length };
  const x = {
    type: 'quantitative' as const,
    title: unit === '' || unit === '1' ? null : `[${unit}]`,
    scale: { zero: true, nice: true },
    axis: { tickCount: place.tickCount, labelFlush: false },
  };
  const y = {
    field: 'cohort',
    type: 'nominal' as const,
    title: null,
    sort: [...input.cohorts],
    scale: { domain: [...input.cohorts] },
    // an axis would cut long names: those are drawn beside
    axis: { labels: false, ticks: false, grid: false },
  };
  const color = {
    field: 'cohort',
    type: 'nominal' as const,
    scale: { domain: [...input.cohorts], range: [...input.colors] },
    legend: null,
  };
  const hover = {
    from: smallest(spreads.map(({ low }) => low)),
    to: largest(spreads.map(({ high }) => high)),
    tip: [
      ['Median', unit === '' ? '' : `[${unit}]`] as const,
      ...spreads.map(({ cohort, median, q25, q75, nodes }) => {
        return [castName(input, cohort), `${median} (quartiles ${q25} to ${q75}; ${nodes} nodes)`] as const;
      }),
    ],
  };
  const words = columnWords(measure.name);
  return {
    ...size,
    data: { values: [...spreads] },
    layer: [
      {
        transform: [shownOnly],
        mark: { type: 'rule' as const, strokeWidth: 1.5 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, color },
      },
      {
        transform: [shownOnly],
        mark: { type: 'bar' as const, height: BAR_HEIGHT, opacity: 0.85 },
        encoding: { x: { ...x, field: 'q25' }, x2: { field: 'q75' }, y, color },
      },
      {
        transform: [shownOnly],
        mark: { type: 'tick' as const, thickness: 2.5, size: BAR_HEIGHT + 6, color: INK.strong },
        encoding: { x: { ...x, field: 'median' }, y },
      },
      ...(place.isLeftmost ? [rowNames(input)] : []),
      ...panelName(`${words.charAt(0).toUpperCase()}${words.slice(1)}`, size, false),
      ...(spreads.length === 0 ? [panelNote('None measured', size)] : []),
      hoverLayer(spreads.length === 0 ? [] : [hover], x, String(index)),
    ],
  };
}
