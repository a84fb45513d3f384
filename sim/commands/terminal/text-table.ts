import { largest } from '../../kernels/extent.js';

/** A column of a table for people: its heading, and on which side its cells are aligned. */
export interface TextColumn {
  readonly heading: string;
  readonly align?: 'left' | 'right';
}

const gap = '  ';

/**
 * Lines of a table with aligned columns, the headings first; cells hold no line breaks.
 *
 * Lengths count code points, which for the texts of this program is the width on a screen.
 */
export function toTextTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): readonly string[] {
  const heads = columns.map(({ heading }) => heading);
  const widths = columns.map((_, index) => largest([heads, ...rows].map((row) => lengthOf(row[index]!))));
  return [heads, ...rows].map((row) =>
    row
      .map((cell, index) => {
        const space = ' '.repeat(widths[index]! - lengthOf(cell));
        return columns[index]!.align === 'right' ? space + cell : cell + space;
      })
      .join(gap)
      .trimEnd(),
  );
}

function lengthOf(text: string): number {
  return [...text].length;
}
