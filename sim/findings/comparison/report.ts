import { join } from 'node:path';
import {
  type DifferenceCell,
  differencesSpec,
  percent,
  rowsMost,
  sidesMost,
  stripsMost,
} from '../../../reports/comparison/differences.js';
import { toFigure, toPhrase, toPhraseBeside, toRange, unitOfDifference } from '../../../reports/figure.js';
import {
  type ComparedSideTexts,
  type ComparisonReportInput,
  comparisonReportHtml,
} from '../../../reports/page/comparison-html.js';
import { type DrawableChart, drawCharts } from '../../../reports/write.js';
import type { ComparisonRecord } from '../../folder/comparison-record.js';
import type { Drawn } from '../../folder/run-folder.js';
import { records, textOf } from '../../record/tables/table.js';
import { writeWhole } from '../report.js';
import { capitalised } from '../words.js';
import { type ComparedMetric, type ComparisonFindings, comparisonFindings, countInWords } from './findings.js';

/** Failures that the report lists, and settings. */
const failuresMost = 50;
const settingsMost = 200;

/**
 * Draws the chart of a comparison into the folder and writes report.html, from its record alone; returns the chart's
 * name, or why it couldn't be drawn.
 */
export async function writeComparisonReport(
  folder: string,
  record: ComparisonRecord,
  signal?: AbortSignal,
): Promise<Drawn> {
  const findings = comparisonFindings(record);
  const { drawn, undrawn } = await drawCharts(folder, [chartOf(findings, record)], signal);
  writeWhole(
    join(folder, 'report.html'),
    comparisonReportHtml({ ...saidOf(findings, record), charts: drawn, undrawn }),
  );
  return {
    charts: drawn.map(({ name }) => name),
    undrawn: undrawn.map(({ name, reason }) => ({ name, reason })),
  };
}

/** A base that is a hundredth of the value, or of an end of the difference, is near 0: shares of it say nothing. */
const nearZero = 0.01;

function isOfBase({ base, value, difference, low, high }: ComparedMetric): boolean {
  const ends = [value, difference, low, high].filter((one) => !Number.isNaN(one)).map(Math.abs);
  return ends.every((end) => Math.abs(base) > end * nearZero);
}

/** Metrics that are drawn, each with the sides that have it, and those whose base is 0 or near it. */
interface Picked {
  readonly rows: readonly (readonly ComparedMetric[])[];
  /** That would be drawn if there was room. */
  readonly leftOut: number;
  readonly near: readonly ComparedMetric[];
}

/** Metrics that changed on any side, and the headlines, what matters most first. */
function pickedOf({ sides, looked }: ComparisonFindings): Picked {
  const all = sides.slice(0, sidesMost).flatMap(({ metrics }) => metrics.filter(({ n }) => n > 0));
  const differs = ({ outcome }: ComparedMetric) => outcome === 'changed' || outcome === 'uncertain';
  const changed = new Set(all.filter(differs).map(({ metric }) => metric.name));
  const others = looked.filter((name) => !changed.has(name) && all.some(({ metric }) => metric.name === name));
  const isSame = (name: string) => all.every(({ metric, outcome }) => metric.name !== name || outcome === 'same');
  const names = [
    ...looked.filter((name) => changed.has(name)),
    ...[...changed].filter((name) => !looked.includes(name)),
    ...others.filter((name) => !isSame(name)),
  ];
  const rows = names.map((name) => all.filter(({ metric }) => metric.name === name));
  const shown = rows.map((row) => row.filter(isOfBase)).filter((row) => row.length > 0);
  const most = Math.max(1, Math.min(rowsMost, Math.floor(stripsMost / Math.min(sidesMost, sides.length))));
  const near = rows.flatMap((row) => row.filter((one) => !isOfBase(one) && differs(one)));
  return { rows: shown.slice(0, most), leftOut: Math.max(0, shown.length - most), near };
}

function chartOf(findings: ComparisonFindings, { manifest }: ComparisonRecord): DrawableChart {
  const picked = pickedOf(findings);
  const [first = '', ...others] = findings.labels;
  const isOne = others.length === 1;
  const title = 'Differences';
  const bars = manifest.replications.length > 1 ? 'Bar: interval' : 'One pair: no intervals';
  return {
    name: 'differences',
    title,
    description:
      'What changed, and the headline figures: how far each is from that of the first scenario, in percent of its ' +
      'size there. Bars are intervals, as wide as it takes for all of them together; a full dot is a difference ' +
      'that they leave no doubt of. An arrow leads beyond the scale.',
    isNarrow: true,
    applies: () => picked.rows.length > 0,
    spec: () =>
      differencesSpec({
        title,
        subtitle: [
          ...wrapped(`How far ${isOne ? others[0] : 'each'} is from ${first}, in % of it.`),
          `${bars}. Full dot: a difference, not chance.`,
        ],
        sides: others.slice(0, sidesMost),
        rows: picked.rows.map((cells) => ({
          label: capitalised(cells[0]!.metric.label),
          cells: cells.map(cellOf),
        })),
      }),
    says: () => chartSays(picked, findings),
  };
}

/** Lines of a subtitle, as wide as the chart. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length > 58) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => (one.length > 64 ? `${one.slice(0, 63)}…` : one));
}

function cellOf({ metric, side, base, value, difference, low, high, outcome }: ComparedMetric): DifferenceCell {
  const share = (of: number) => of / Math.abs(base);
  const limits = base === value ? [] : [(base + value) / 2];
  const [from, to] = [base, value].map((one) => toPhraseBeside(one, metric.unit, limits)) as [string, string];
  const [unit, other] = [base, value].map((one) => toFigure(one, metric.unit).unit);
  // a unit that both have is said once
  const short = unit === other && unit !== '' ? to.slice(0, -unit!.length - 1) : to;
  return {
    side: side - 1,
    ...{ middle: share(difference), low: share(low), high: share(high), isChanged: outcome === 'changed' },
    words: `${short} instead of ${from}`,
  };
}

function chartSays({ rows, near, leftOut }: Picked, { labels, sides }: ComparisonFindings): string {
  const cells = rows.flat().filter(({ outcome }) => outcome === 'changed' || outcome === 'uncertain');
  const shareOf = ({ difference, base }: ComparedMetric) => difference / Math.abs(base);
  const parts: string[] = [];
  if (cells.length === 0) parts.push('None of these figures differs by more than chance explains.');
  else {
    const most = cells.reduce((one, other) => (Math.abs(shareOf(other)) > Math.abs(shareOf(one)) ? other : one));
    const of = sides.length === 1 ? '' : ` (${labels[most.side]})`;
    parts.push(`By its size, ${most.metric.label}${of} differs most: ${percent(shareOf(most))}.`);
  }
  if (near.length > 0) {
    const names = [...new Set(near.map(({ metric }) => metric.label))];
    const listed = names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ');
    parts.push(`Not drawn, as they are 0 or nearly so in ${labels[0]}: ${listed}.`);
  }
  if (sides.length > sidesMost) parts.push(`Of ${sides.length} scenarios the first ${sidesMost} are drawn.`);
  if (leftOut > 0) parts.push(`${leftOut} more ${leftOut === 1 ? 'is' : 'are'} in differences.csv.`);
  return parts.join(' ');
}

/** What a comparison is called, such as `sybil compared with churn`. */
function titleOf([first, ...others]: readonly string[]): string {
  const listed = others.length < 4 ? others : [...others.slice(0, 2), `${others.length - 2} others`];
  const joined = listed.length === 1 ? listed[0]! : `${listed.slice(0, -1).join(', ')} and ${listed.at(-1)}`;
  return `${joined} compared with ${first}`;
}

function saidOf(
  findings: ComparisonFindings,
  { manifest, table }: ComparisonRecord,
): Omit<ComparisonReportInput, 'charts' | 'undrawn'> {
  const { labels, sides, settings, size, sure } = findings;
  const questions = new Set(manifest.sides.map(({ question }) => question));
  const changed = sides.flatMap(({ metrics }) => metrics.filter(({ outcome }) => outcome !== 'same'));
  const names = [...new Set(changed.map(({ metric }) => metric.name))];
  const more =
    settings.length > settingsMost ? [`Of ${settings.length} settings that differ the first are listed.`] : [];
  return {
    title: titleOf(labels),
    question: questions.size === 1 ? manifest.sides[0]!.question : '',
    more: [size, sure, ...more],
    sides: sides.map(({ label, metrics }) => textsOf(label, metrics)),
    labels,
    settings: settings.slice(0, settingsMost),
    failures: [...records(table('failures'), ['scenario', 'replication', 'seed', 'failed', 'command'])]
      .slice(0, failuresMost)
      .map(({ scenario, replication, seed, failed, command }) => ({
        where: `${textOf(scenario)}, replication ${textOf(replication)}, seed ${textOf(seed)}`,
        failed: textOf(failed),
        command: textOf(command),
      })),
    warnings: manifest.sides.flatMap(({ label, warnings }) =>
      warnings.map(({ path, expected, found, why }) => {
        return { where: label, path, says: `${capitalised(`expected ${expected}`)}; found ${found}, ${why}.` };
      }),
    ),
    identity: [
      { name: 'Command', value: manifest.command },
      { name: 'Seed', value: manifest.seed },
      ...manifest.sides.map(({ label, fingerprintsSha256, isFromFolder }) => {
        const from = isFromFolder ? ', runs of a folder' : '';
        return { name: `Fingerprint of ${label}`, value: `${fingerprintsSha256.slice(0, 16)}${from}` };
      }),
      { name: 'Engine', value: `${manifest.engine.name} ${manifest.engine.version}` },
    ],
    definitions: names.map((name) => {
      const { meaning, window } = changed.find(({ metric }) => metric.name === name)!.metric;
      return { name, value: `${meaning} (${window})` };
    }),
  };
}

function textsOf(label: string, metrics: readonly ComparedMetric[]): ComparedSideTexts {
  const saidOfThose = (outcome: ComparedMetric['outcome']) =>
    metrics
      .filter((one) => one.outcome === outcome)
      .map(({ metric, says }) => ({ label: capitalised(metric.label), says }));
  return {
    label,
    count: countInWords(metrics),
    changed: saidOfThose('changed'),
    uncertain: saidOfThose('uncertain'),
    apart: saidOfThose('apart'),
    unseen: saidOfThose('unseen'),
    same: metrics.filter(({ outcome }) => outcome === 'same').map(({ metric }) => metric.label),
    rows: metrics.map(({ metric: { label: name, unit }, base, value, difference, low, high, n }) => ({
      metric: capitalised(name),
      base: toPhrase(base, unit),
      value: toPhrase(value, unit),
      difference: toPhrase(difference, unitOfDifference(unit)),
      interval: toRange({ low, high }, unitOfDifference(unit)),
      n: `${n}`,
    })),
  };
}
