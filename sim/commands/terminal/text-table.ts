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
 * Lengths count code points, which for the texts of this program is the width on a screen.
 */
export function toTextTable<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): readonly string[] {
  const sized = columns.map((column) => {
    const texts = [column.heading, ...rows.map((row) => column.value(row))];
    return { column, width: largest(texts.map(lengthOf)) };
  });
  const line = (textIn: (column: TextColumn<Row>) => string) =>
    sized
      .map(({ column, width }) => padded(textIn(column), width, column.align))
      .join(gap)
      .trimEnd();
  return [line(({ heading }) => heading), ...rows.map((row) => line((column) => column.value(row)))];
}

function padded(text: string, width: number, align: TextColumn<never>['align']): string {
  const space = ' '.repeat(width - lengthOf(text));
  return align === 'right' ? space + text : text + space;
}

function lengthOf(text: string): number {
  return [...text].length;
}
