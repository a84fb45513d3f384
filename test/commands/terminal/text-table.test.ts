import { expect, test } from 'vitest';
import { type TextColumn, toTextTable } from '../../../sim/commands/terminal/text-table.js';

interface Fruit {
  readonly name: string;
  readonly weight: number;
}

const columns: readonly TextColumn<Fruit>[] = [
  { heading: 'Fruit', value: ({ name }) => name },
  { heading: 'Grams', align: 'right', value: ({ weight }) => String(weight) },
];

test('every column is as wide as its widest text, the heading included, on the side that it asks for', () => {
  const rows = [
    { name: 'pear', weight: 180 },
    { name: 'water-melon', weight: 3_000_000 },
  ];
  expect(toTextTable(columns, rows)).toEqual(['Fruit          Grams', 'pear             180', 'water-melon  3000000']);
});

test('a line ends where its text ends', () => {
  const names = columns.slice(0, 1);
  expect(toTextTable(names, [{ name: 'fig', weight: 1 }])).toEqual(['Fruit', 'fig']);
});

test('widths count code points', () => {
  expect(toTextTable(columns, [{ name: '🍐🍐🍐🍐🍐🍐', weight: 1 }])).toEqual(['Fruit   Grams', '🍐🍐🍐🍐🍐🍐      1']);
});

test('without rows there are the headings', () => {
  expect(toTextTable(columns, [])).toEqual(['Fruit  Grams']);
});

test('breaks headings between words into lines that stand at the foot', () => {
  const wide: TextColumn<Fruit>[] = [
    { heading: 'Fruit', value: ({ name }) => name },
    { heading: 'What it weighs in grams', value: ({ weight }) => `${weight}` },
  ];
  expect(toTextTable(wide, [{ name: 'fig', weight: 1 }], 9)).toEqual([
    '       What it',
    '       weighs in',
    'Fruit  grams',
    'fig    1',
  ]);
});
