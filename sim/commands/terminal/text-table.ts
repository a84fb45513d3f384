import { wrapped } from '../../../reports/drawing/words.js';
import { largest } from '../../kernels/extent.js';

/** A column of a table for people, which knows its text in a row, without line breaks; on the left if not said. */
export interface TextColumn<Row> {
  readonly heading: string;
  readonly align?: 'left' | 'right';
  value(row: Row): string;
}

const gap = '  ';

/**
 * Lines of a table with aligned columns, the headings first, then a line a row.
 *
 * @param headingMost letters in a line of a heading, which is broken between words into as many as it takes
 *
 * Lengths count code points, which for the texts of this program is the width on a screen.
 */
export function toTextTable<Row>(
  columns: readonly TextColumn<Row>[],
  rows: readonly Row[],
  headingMost = Number.POSITIVE_INFINITY,
): readonly string[] {
  const sized = columns.map((column) => {
    const values = largest([0, ...rows.map((row) => lengthOf(column.value(row)))]);
    const heading = wrapped(column.heading, Math.max(values, headingMost));
    return { column, heading, width: Math.max(values, largest(heading.map(lengthOf))) };
  });
  const headingLines = largest(sized.map(({ heading }) => heading.length));
  const line = (textIn: (one: (typeof sized)[number]) => string) =>
    sized
      .map((one) => padded(textIn(one), one.width, one.column.align))
      .join(gap)
      .trimEnd();
  const headings = Array.from({ length: headingLines }, (_, place) =>
    // shorter ones stand at the foot, beside what they head
    line(({ heading }) => heading[place - headingLines + heading.length] ?? ''),
  );
  return [...headings, ...rows.map((row) => line(({ column }) => column.value(row)))];
}

function padded(text: string, width: number, align: TextColumn<never>['align']): string {
  const space = ' '.repeat(width - lengthOf(text));
  return align === 'right' ? space + text : text + space;
}

function lengthOf(text: string): number {
  return [...text].length;
}
