import { join } from 'node:path';
import { toNumber, toPhrase } from '../../../reports/figure.js';
import { type SweepReportInput, sweepReportHtml } from '../../../reports/page/sweep-html.js';
import {
  type ChartPoint,
  howToRead,
  type SweepAxis,
  type SweepChart,
  scoreboardSpec,
  sweepSpec,
} from '../../../reports/sweep/index.js';
import { type DrawableChart, drawCharts } from '../../../reports/write.js';
import type { Drawn } from '../../folder/run-folder.js';
import type { SweepManifest } from '../../folder/sweep-manifest.js';
import type { SweepRecord } from '../../folder/sweep-record.js';
import { records, textOf } from '../../record/tables/table.js';
import { writeWhole } from '../report.js';
import { capitalised } from '../words.js';
import { figureInWords } from './figure-words.js';
import { type ShownFigure, statedIn } from './figures.js';
import { type SweepFindings, sizeInWords, sweepFindings, verdictMark } from './findings.js';
import type { SweepPoint } from './points.js';
import { rankingInWords } from './ranking.js';
import { seriesChart } from './series.js';
import { type Met, valueInWords } from './turning.js';

/** Points that the report's table has, and failures. */
const rowsMost = 200;
const failuresMost = 50;
const figuresInTable = 3;

/**
 * Draws the charts of a sweep into the folder and writes report.html, from its record alone; returns the charts' names,
 * and which couldn't be drawn. Aborts between charts.
 */
export async function writeSweepReport(folder: string, record: SweepRecord, signal?: AbortSignal): Promise<Drawn> {
  const findings = sweepFindings(record);
  const { manifest } = record;
  const { drawn, undrawn } = await drawCharts(
    folder,
    [...boardOf(findings, manifest), ...chartsOf(findings, manifest), ...seriesChart(record)],
    signal,
  );
  const html = sweepReportHtml({ ...saidOf(findings, record), charts: drawn, undrawn });
  writeWhole(join(folder, 'report.html'), html);
  return {
    charts: drawn.map(({ name }) => name),
    undrawn: undrawn.map(({ name, reason }) => ({ name, reason })),
  };
}

/** The variants against all figures of which one way is better; none where nothing is ranked. */
function boardOf({ points, ranked }: SweepFindings, { axes, replications }: SweepManifest): readonly DrawableChart[] {
  if (ranked.length === 0) return [];
  const title = 'Which does better at what';
  const rows = points.map((point) => valueInWords(point.values[0]!, axes[0]!));
  const columns = ranked.map(({ figure, ranks }) => ({
    name: figure.label,
    cells: points.map((point, place) => {
      const { middle } = figure.of(point);
      return { text: Number.isNaN(middle) ? '–' : toPhrase(middle, figure.unit), rank: ranks[place]! };
    }),
  }));
  const spread =
    replications === 1 ? 'one run each' : `${toNumber(replications)} replications; alike where intervals meet`;
  return [
    {
      name: 'scoreboard',
      title,
      description: 'A row a variant and a column a figure: the bluer, the better; the redder, the worse.',
      applies: () => true,
      spec: () => scoreboardSpec({ title, subtitle: `Blue is better, red is worse; ${spread}.`, rows, columns }),
      says: () => rankingInWords(ranked, points).join(' '),
    },
  ];
}

function chartsOf({ figures, points }: SweepFindings, manifest: SweepManifest): readonly DrawableChart[] {
  const axes = manifest.axes.map((axis, place) => chartAxis(axis, points, place));
  const isGrid = manifest.design.kind === 'grid';
  return figures.map((figure): DrawableChart => {
    const chart = (): SweepChart => ({
      title: figure.label,
      subtitle: subtitleOf(figure, manifest),
      ...{
        unit: figure.unit,
        range: figure.range,
        bounds: figure.bounds,
        axes,
        isGrid,
        isQuestion: figure.expectation === 0,
      },
      points: points.map((point) => chartPoint(figure, point)),
    });
    return {
      name: figure.name,
      title: figure.label,
      description: howToRead({ axes, isGrid }, manifest.replications > 1),
      applies: () => points.some((point) => !Number.isNaN(figure.of(point).middle)),
      spec: () => sweepSpec(chart()),
      says: () => extremesInWords(figure, points, manifest),
    };
  });
}

/** The levels of an axis as tables have them; a text may be guarded there. */
function chartAxis(
  { name, units, values }: SweepManifest['axes'][number],
  points: readonly SweepPoint[],
  place: number,
) {
  const found = [...new Set(points.map((point) => point.values[place]!))];
  const isNumeric = found.every((value) => typeof value === 'number');
  const sorted = isNumeric ? (found as number[]).toSorted((a, b) => a - b) : found;
  const axis: SweepAxis = { name, unit: units[0]!, isNumeric, levels: values.kind === 'range' ? [] : sorted };
  return axis;
}

function chartPoint(figure: ShownFigure, point: SweepPoint): ChartPoint {
  const { middle, low, high } = figure.of(point);
  return { values: point.values, middle, low, high, verdict: verdictOf(figure.met(point)) };
}

function verdictOf(met: Met): ChartPoint['verdict'] {
  if (met === undefined) return '';
  if (met === null) return 'untold';
  return met ? 'holds' : 'fails';
}

function subtitleOf(figure: ShownFigure, { axes, design, replications }: SweepManifest): string {
  const window = capitalised(figure.window);
  if (replications === 1) return `${window}; one run a point, so that the spread is unknown.`;
  const hasBars = design.kind === 'grid' && axes.length === 1;
  const middle = `${figure.isQuantile ? 'Median' : 'Mean'}${hasBars ? ' and 95 % interval' : ''}`;
  const by = hasBars ? ` by ${axes[0]!.name}` : '';
  return `${window}${by}. ${middle} over ${toNumber(replications)} replications.`;
}

/** Where the figure is least and most. */
function extremesInWords(figure: ShownFigure, points: readonly SweepPoint[], manifest: SweepManifest): string {
  const told = points.filter((point) => !Number.isNaN(figure.of(point).middle));
  const sorted = told.toSorted((a, b) => figure.of(a).middle - figure.of(b).middle);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const at = (point: SweepPoint) =>
    manifest.axes.map((axis, place) => `${axis.name} ${valueInWords(point.values[place]!, axis)}`).join(', ');
  if (figure.of(least).middle === figure.of(most).middle) {
    return `${figureInWords(figure, least)} at every point.`;
  }
  const [low, high] = [figureInWords(figure, least), figureInWords(figure, most)];
  return `Least with ${at(least)}: ${low}; most with ${at(most)}: ${high}.`;
}

function saidOf(
  { figures, points, ranked, sentences, outcome }: SweepFindings,
  record: SweepRecord,
): Omit<SweepReportInput, 'charts' | 'undrawn'> {
  const { manifest, table } = record;
  const { axes, replications, design } = manifest;
  const stated = statedIn(points);
  const shown = figures.slice(0, ranked.length > 0 ? figures.length : figuresInTable);
  const ofDesign = design.kind === 'grid' ? '' : `, ${design.kind === 'latin' ? 'a Latin hypercube' : 'Sobol points'}`;
  return {
    title: manifest.name,
    question: manifest.question,
    sentences,
    outcome,
    size: `${capitalised(sizeInWords(manifest))}${ofDesign}; replication k has the same seed at every point.`,
    spread:
      replications === 1
        ? 'One replication: how far figures spread from seed to seed isn’t known; verdicts are of single runs.'
        : 'Verdicts are by 95 % intervals over replications: it holds where all of the interval is within bounds.',
    axes: axes.map((axis) => ({ name: axis.name, values: valuesInWords(axis) })),
    failures: [...records(table('failures'), ['point', 'replication', 'seed', 'failed', 'command'])]
      .slice(0, failuresMost)
      .map(({ point, replication, seed, failed, command }) => ({
        where: `point ${textOf(point)}, replication ${textOf(replication)}, seed ${textOf(seed)}`,
        failed: textOf(failed),
        command: textOf(command),
      })),
    headings: [
      ...axes.map(({ name }, place) => {
        return { text: name, isNumber: points.every(({ values }) => typeof values[place] === 'number') };
      }),
      ...shown.map(({ label }) => ({ text: label, isNumber: true })),
      ...stated.map(({ subject, bounds, expectation }) => {
        return { text: expectation === 0 ? 'Yes?' : capitalised(`${subject}, ${bounds}`), isNumber: false };
      }),
    ],
    rows: points
      .slice(0, rowsMost)
      .map((point) => [
        ...axes.map((axis, place) => valueInWords(point.values[place]!, axis)),
        ...shown.map((figure) => figureInWords(figure, point)),
        ...stated.map(({ expectation }) => verdictMark(point, expectation)),
      ]),
    rowsLeftOut: Math.max(0, points.length - rowsMost),
    warnings: manifest.warnings.map(({ path, expected, found, why }) => {
      return { path, says: `${capitalised(`expected ${expected}`)}; found ${found}, ${why}.` };
    }),
    identity: [
      ...(manifest.protocol === null ? [] : [{ name: 'Protocol', value: manifest.protocol }]),
      { name: 'Command', value: manifest.command },
      { name: 'Seed', value: manifest.seed },
      { name: 'Fingerprint of all runs', value: manifest.fingerprintsSha256.slice(0, 16) },
      { name: 'Engine', value: `${manifest.engine.name} ${manifest.engine.version}` },
    ],
    definitions: figures.map(({ name, meaning, window }) => ({ name, value: `${meaning} (${window})` })),
  };
}

/** Such as `100, 300, 600` or `0 to 0.5, by factors`. */
function valuesInWords(axis: SweepManifest['axes'][number]): string {
  const { values } = axis;
  if (values.kind === 'levels') {
    const words = values.levels.map(({ number, label }) => valueInWords(number ?? label, axis));
    const settings = values.levels.every(({ settings: own }) => own.length === 1);
    const told = axis.name === 'variant' ? values.levels.map(variantInWords) : words;
    return settings && told.length > 24
      ? `${told.slice(0, 24).join(', ')}, … (${told.length})`
      : told.join(axis.name === 'variant' ? '; ' : ', ');
  }
  const [low, high] = [values.low, values.high].map((end) => toPhrase(end, axis.units[0] === 's' ? 's' : '1'));
  const step = values.step === null ? '' : `, in steps of ${valueInWords(values.step, axis)}`;
  return `${low} to ${high}${step}${values.scale === 'log' ? ', by factors' : ''}`;
}

function variantInWords({ label, settings }: { readonly label: string; readonly settings: readonly string[] }): string {
  return settings.length === 0 ? `${label} (as it stands)` : `${label} (${settings.join(', ')})`;
}
