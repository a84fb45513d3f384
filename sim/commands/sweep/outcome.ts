import { figureInWords } from '../../findings/sweep/figure-words.js';
import { statedIn } from '../../findings/sweep/figures.js';
import { type SweepFindings, sizeInWords, verdictMark } from '../../findings/sweep/findings.js';
import type { SweepPoint } from '../../findings/sweep/points.js';
import { valueInWords } from '../../findings/sweep/turning.js';
import type { SweepRecord } from '../../folder/sweep-record.js';
import { orNull } from '../run/outcome.js';
import type { Terminal } from '../terminal/terminal.js';
import { type TextColumn, toTextTable } from '../terminal/text-table.js';

/** Points that are printed one by one; sweep.csv and points.csv have all. */
const pointsPrinted = 40;
const figuresPrinted = 3;
/** Letters of a heading in a line, where there are many figures to compare. */
const headingWidth = 14;

/** What a sweep came to: where verdicts turn, then a line a point. */
export function printSweep(findings: SweepFindings, { manifest, folder }: SweepRecord, terminal: Terminal): void {
  const { name, question, axes } = manifest;
  const { points, figures, ranked, sentences } = findings;
  terminal.print(question === '' ? name : `${name}: ${question}`);
  terminal.print('');
  for (const sentence of sentences) terminal.print(sentence);
  if (sentences.length > 0) terminal.print('');
  const isRanked = ranked.length > 0;
  const columns: TextColumn<SweepPoint>[] = [
    ...axes.map((axis, place): TextColumn<SweepPoint> => {
      const isNumber = points.every(({ values }) => typeof values[place] === 'number');
      const align = isNumber ? 'right' : 'left';
      return { heading: axis.name, align, value: ({ values }) => valueInWords(values[place]!, axis) };
    }),
    ...figures.slice(0, isRanked ? figures.length : figuresPrinted).map((figure): TextColumn<SweepPoint> => {
      return { heading: figure.label, value: (point) => figureInWords(figure, point) };
    }),
    ...statedIn(points).map(({ expectation }): TextColumn<SweepPoint> => {
      const heading = expectation === 0 ? 'yes?' : `expected ${expectation}`;
      return { heading, value: (point) => verdictMark(point, expectation) };
    }),
  ];
  const widest = isRanked ? headingWidth : Number.POSITIVE_INFINITY;
  for (const line of toTextTable(columns, points.slice(0, pointsPrinted), widest)) terminal.print(`  ${line}`);
  if (points.length > pointsPrinted) terminal.print(`  … and ${points.length - pointsPrinted} more points`);
  terminal.print('');
  terminal.print(`${sizeInWords(manifest)}, the same seeds at every point`);
  terminal.print(`folder ${folder}`);
  terminal.print(`fingerprint of all runs ${manifest.fingerprintsSha256.slice(0, 16)}`);
}

/** The same for programs. */
export function sweepToJson({ points, figures, sentences }: SweepFindings, { manifest, folder }: SweepRecord): object {
  const { name, question, axes, design, replications, seed, fingerprintsSha256, warnings } = manifest;
  return {
    ...{ name, question, folder, seed, replications, design },
    axes: axes.map((axis) => axis.name),
    sentences,
    points: points.map((point) => ({
      point: point.point,
      values: Object.fromEntries(axes.map((axis, place) => [axis.name, point.values[place]])),
      figures: Object.fromEntries(
        figures.map((figure) => {
          const { middle, low, high, n } = figure.of(point);
          return [figure.name, { middle: orNull(middle), low95: orNull(low), high95: orNull(high), n }];
        }),
      ),
      expectations: point.held.map(({ expectation, text, found, met }) => ({ expectation, text, found, met })),
    })),
    fingerprintsSha256,
    warnings,
  };
}
