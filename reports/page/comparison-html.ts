import type { ReportChart, UndrawnChart } from '../write.js';
import { chartsSection } from './html.js';
import { escapeHtml, folded, note, ofCode, ofNumber, ofText, prose, section, table, terms } from './markup.js';
import { type FailedText, failuresSection, pageHtml } from './page-frame.js';

/** Everything a comparison's report says; numbers come as text, written as a person should read them. */
export interface ComparisonReportInput {
  readonly title: string;
  /** Of all scenarios alike; empty where they ask different things. */
  readonly question: string;
  /** How many runs there are, and how sure all of it is. */
  readonly more: readonly string[];
  readonly sides: readonly ComparedSideTexts[];
  /** What all of them are called, the first included. */
  readonly labels: readonly string[];
  readonly settings: readonly { readonly path: string; readonly values: readonly string[] }[];
  readonly failures: readonly FailedText[];
  readonly warnings: readonly { readonly where: string; readonly path: string; readonly says: string }[];
  readonly identity: readonly { readonly name: string; readonly value: string }[];
  /** What the figures that changed mean exactly. */
  readonly definitions: readonly { readonly name: string; readonly value: string }[];
  readonly charts: readonly ReportChart[];
  readonly undrawn: readonly UndrawnChart[];
}

/** A metric and what became of it. */
interface Said {
  readonly label: string;
  readonly says: string;
}

/** What became of one scenario beside the first. */
export interface ComparedSideTexts {
  readonly label: string;
  /** Such as `8 of 43 metrics changed`. */
  readonly count: string;
  readonly changed: readonly Said[];
  /** Differences that chance can't be told from. */
  readonly uncertain: readonly Said[];
  /** Metrics that can't be told of both. */
  readonly apart: readonly Said[];
  readonly unseen: readonly Said[];
  /** Names of metrics that are the same in every pair. */
  readonly same: readonly string[];
  readonly rows: readonly {
    readonly metric: string;
    readonly base: string;
    readonly value: string;
    readonly difference: string;
    readonly interval: string;
    readonly n: string;
  }[];
}

/** More sentences than this are folded. */
const SENTENCES_SHOWN = 12;

/** A comparison's report in one HTML file, under the same rules as a run's. */
export function comparisonReportHtml(input: ComparisonReportInput): string {
  const { charts, undrawn } = input;
  const { title, question } = input;
  return pageHtml({
    ...{ title, question, charts, cohorts: [] },
    sections: [
      answerSection(input),
      settingsSection(input),
      chartsSection({ charts, undrawn, marks: '' }),
      ...input.sides.map((side, place) => numbersSection(side, place, input)),
      ...failuresSection(input.failures),
      ...warningsSection(input),
      section('identity', 'How to run it again', terms(input.identity, 'code')),
      section('definitions', 'Definitions', folded('The figures, exactly', terms(input.definitions))),
    ],
  });
}

function answerSection({ more, sides }: ComparisonReportInput): string {
  const parts = sides.flatMap((side) => [
    ...(sides.length === 1 ? [] : [`<h3>${escapeHtml(side.label)}</h3>`]),
    `<div class="answer"><p class="verdict">${prose(side.count)}.</p></div>`,
    ...sentences(side.changed, 'that changed'),
    ...(side.uncertain.length === 0 ? [] : [note('By chance or not, as the pairs are too few to tell:')]),
    ...sentences(side.uncertain, 'that differ'),
    ...(side.apart.length === 0 ? [] : [note('Told of one alone:'), ...sentences(side.apart, 'told of one alone')]),
    ...(side.unseen.length === 0 ? [] : [folded(`${side.unseen.length} without a difference seen`, list(side.unseen))]),
    ...sameLine(side),
  ]);
  const said = more.map((one) => note(one));
  return section('answer', 'What changed', [...parts, ...said].join('\n'));
}

function sameLine({ same }: ComparedSideTexts): readonly string[] {
  if (same.length === 0) return [];
  const names = note(`${same.join('; ')}.`);
  return [folded(`${same.length} the same in every pair of runs`, names)];
}

function sentences(said: readonly Said[], what: string): readonly string[] {
  if (said.length === 0) return [];
  const rest = said.slice(SENTENCES_SHOWN);
  const more = rest.length === 0 ? [] : [folded(`${rest.length} more ${what}`, list(rest))];
  return [list(said.slice(0, SENTENCES_SHOWN)), ...more];
}

function list(said: readonly Said[]): string {
  const items = said.map(({ label, says }) => `<li><strong>${escapeHtml(label)}:</strong> ${prose(says)}</li>`);
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

function settingsSection({ labels, settings }: ComparisonReportInput): string {
  type Row = ComparisonReportInput['settings'][number];
  const columns = [
    ofCode('Setting', ({ path }: Row) => path),
    ...labels.map((label, place) => ofCode(label, ({ values }: Row) => values[place]!)),
  ];
  return section('settings', 'Settings that differ', table(columns, settings, 'No setting differs.'));
}

function numbersSection(side: ComparedSideTexts, place: number, { labels, sides }: ComparisonReportInput): string {
  type Row = ComparedSideTexts['rows'][number];
  const columns = [
    ofText('Metric', ({ metric }: Row) => metric),
    ofNumber(labels[0]!, ({ base }: Row) => base),
    ofNumber(side.label, ({ value }: Row) => value),
    ofNumber('Difference', ({ difference }: Row) => difference),
    ofNumber('Interval', ({ interval }: Row) => interval),
    ofNumber('Pairs', ({ n }: Row) => n),
  ];
  const heading = sides.length === 1 ? 'In numbers' : `In numbers: ${side.label}`;
  const body = folded(`All ${side.rows.length} metrics`, table(columns, side.rows, ''));
  return section(`numbers-${place}`, heading, body);
}

function warningsSection({ warnings }: ComparisonReportInput): readonly string[] {
  if (warnings.length === 0) return [];
  type Warned = ComparisonReportInput['warnings'][number];
  const columns = [
    ofText('Scenario', ({ where }: Warned) => where),
    ofCode('Setting', ({ path }: Warned) => path),
    ofText('What is in vain, or hardly meant', ({ says }: Warned) => says),
  ];
  return [section('warnings', 'Warnings about the scenarios', table(columns, warnings, ''))];
}
