import type { ReportChart, UndrawnChart } from '../write.js';
import { chartsSection, outcomeSection } from './html.js';
import { folded, note, ofCode, ofNumber, ofText, prose, section, table, terms } from './markup.js';
import { type FailedText, failuresSection, pageHtml } from './page-frame.js';

/** Everything a sweep's report says; numbers come as text, written as a person should read them. */
export interface SweepReportInput {
  readonly title: string;
  readonly question: string;
  /** Where each expectation turns; empty where nothing is expected. */
  readonly sentences: readonly string[];
  /** Who wins where, at whose cost, and what turns it, in a paragraph; empty without attackers. */
  readonly outcome: string;
  /** How many points and runs there are, and what they have in common. */
  readonly size: string;
  /** What is known of the spread between runs. */
  readonly spread: string;
  readonly axes: readonly { readonly name: string; readonly values: string }[];
  /** What was left out; empty for nothing. */
  readonly failures: readonly FailedText[];
  /** Headings of the table of points: axes, figures, verdicts. */
  readonly headings: readonly { readonly text: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** How many points there are beside those of the table. */
  readonly rowsLeftOut: number;
  readonly warnings: readonly { readonly path: string; readonly says: string }[];
  readonly identity: readonly { readonly name: string; readonly value: string }[];
  /** What the figures mean exactly. */
  readonly definitions: readonly { readonly name: string; readonly value: string }[];
  readonly charts: readonly ReportChart[];
  readonly undrawn: readonly UndrawnChart[];
}

/** Characters that all charts of a page may take: with its scripts it stays below 5 MB. */
const CHARTS_SIZE_MOST = 4_000_000;

/**
 * A sweep's report in one HTML file, under the same rules as a run's. Where there are very many points, charts that
 * would make it too large are named and left to their files.
 */
export function sweepReportHtml(input: SweepReportInput): string {
  let size = 0;
  const sizes = input.charts.map(({ svg, live }) => svg.length + JSON.stringify(live).length);
  const fits = sizes.map((one) => {
    if (size + one > CHARTS_SIZE_MOST) return false;
    size += one;
    return true;
  });
  const charts = input.charts.filter((_, place) => fits[place]);
  const tooLarge = input.charts.filter((_, place) => !fits[place]);
  const reason = (name: string) => `it is too large for a page, and lies in charts/${name}.svg`;
  const left = tooLarge.map(({ name, title }) => ({ name, title, reason: reason(name) }));
  const undrawn = [...input.undrawn, ...left];
  const { title, question } = input;
  return pageHtml({
    ...{ title, question, charts, cohorts: [] },
    sections: [
      answerSection(input),
      ...outcomeSection(input),
      variedSection(input),
      chartsSection({ charts, undrawn, marks: '' }),
      pointsSection(input),
      ...failuresSection(input.failures),
      ...warningsSection(input),
      section('identity', 'How to run it again', terms(input.identity, 'code')),
      section('definitions', 'Definitions', folded('The figures, exactly', terms(input.definitions))),
    ],
  });
}

function answerSection({ sentences, size, spread }: SweepReportInput): string {
  const parts =
    sentences.length === 0
      ? [note('The scenario asks and expects nothing; the charts show what the figures come to.')]
      : sentences.map((sentence) => `<p class="verdict">${prose(sentence)}</p>`);
  const more = [size, spread].map((one) => `<li>${prose(one)}</li>`);
  return section(
    'answer',
    'Where it turns',
    `<div class="answer">\n${parts.join('\n')}\n<ul>\n${more.join('\n')}\n</ul>\n</div>`,
  );
}

function variedSection({ axes }: SweepReportInput): string {
  const columns = [
    ofCode('Setting', ({ name }: SweepReportInput['axes'][number]) => name),
    ofText('Values', ({ values }: SweepReportInput['axes'][number]) => values),
  ];
  return section('varied', 'What was varied', table(columns, axes, 'Nothing was varied.'));
}

function pointsSection({ headings, rows, rowsLeftOut }: SweepReportInput): string {
  const columns = headings.map(({ text, isNumber }, place) => {
    const textOf = (row: readonly string[]) => row[place]!;
    return isNumber ? ofNumber(text, textOf) : ofText(text, textOf);
  });
  const more = rowsLeftOut === 0 ? '' : `\n${note(`${rowsLeftOut} more points are in points.csv.`)}`;
  return section('points', 'Points', `${table(columns, rows, 'There are no points.')}${more}`);
}

function warningsSection({ warnings }: SweepReportInput): readonly string[] {
  if (warnings.length === 0) return [];
  type Warned = SweepReportInput['warnings'][number];
  const columns = [
    ofCode('Setting', ({ path }: Warned) => path),
    ofText('What is in vain, or hardly meant', ({ says }: Warned) => says),
  ];
  return [section('warnings', 'Warnings about the scenario', table(columns, warnings, ''))];
}
