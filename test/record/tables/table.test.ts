import { describe, expect, it } from 'vitest';
import {
  type Cell,
  type Column,
  type ColumnOf,
  cellOf,
  indices,
  namesIn,
  numberOf,
  records,
  tableOf,
  textOf,
} from '../../../sim/record/tables/table.js';
import { cellTable } from '../../support/tables.js';

const column = (name: string): Column => ({ name, unit: '', window: 'own', meaning: '' });
const square: ColumnOf<number> = { ...column('square'), value: (row) => row * row };
const isOdd: ColumnOf<number> = { ...column('isOdd'), value: (row) => row % 2 === 1 };

describe('tableOf', () => {
  it('asks each column for its value in each row, anew each time', () => {
    const table = tableOf('numbers', 'Some', [square, isOdd], [1, 2, 3]);
    const cells = [
      [1, true],
      [4, false],
      [9, true],
    ];
    expect([...table.rows()]).toEqual(cells);
    expect([...table.rows()]).toEqual(cells);
    expect([table.name, table.meaning, table.rowCount]).toEqual(['numbers', 'Some', 3]);
  });

  it('makes no row before it is read', () => {
    let asked = 0;
    const counting: ColumnOf<number> = { ...column('asked'), value: () => ++asked };
    const rows = tableOf('long', '', [counting], indices(1e9)).rows();
    expect(asked).toBe(0);
    for (const cells of rows) {
      if (cells[0] === 3) break;
    }
    expect(asked).toBe(3);
  });

  it('refuses two columns of one name', () => {
    expect(() => tableOf('numbers', '', [square, isOdd, square], [])).toThrow(
      "table numbers: expected each column once, found 'square' twice",
    );
  });
});

describe('indices', () => {
  it('are the numbers from 0 to the length, which is excluded, any number of times', () => {
    const three = indices(3);
    expect([three.length, [...three], [...three], [...indices(0)]]).toEqual([3, [0, 1, 2], [0, 1, 2], []]);
  });
});

describe('records', () => {
  const table = cellTable('nodes', ['node', 'cohort', 'score'].map(column), [
    [0, 'honest', 0.5],
    [1, 'swarm', null],
  ]);

  it('have exactly the columns asked for, in that order, any number of times', () => {
    const found = records(table, ['score', 'node']);
    const expected = [
      { score: 0.5, node: 0 },
      { score: null, node: 1 },
    ];
    expect([...found]).toEqual(expected);
    expect([...found]).toEqual(expected);
    expect(Object.keys([...found][0]!)).toEqual(['score', 'node']);
  });

  it('are each an object of its own', () => {
    expect([...records(table, ['node'])].map(({ node }) => node)).toEqual([0, 1]);
  });

  it('refuse a column that isn’t there at once, naming those that are', () => {
    expect(() => records(table, ['node', 'stake'])).toThrow(
      "table nodes: expected a column 'stake', found node, cohort, score",
    );
    expect(() => records(cellTable('none', [], []), ['node'])).toThrow(
      "table none: expected a column 'node', found no columns",
    );
  });

  it('refuse a column that is asked for twice', () => {
    expect(() => records(table, ['node', 'score', 'node'])).toThrow(
      "records of nodes: expected each column once, found 'node' twice",
    );
  });
});

describe('cells', () => {
  it.each<[Cell, number, string]>([
    [null, Number.NaN, ''],
    [0.5, 0.5, '0.5'],
    ['7', Number.NaN, '7'],
    [true, Number.NaN, 'true'],
  ])('%j is the number %d and the text %j', (cell, number, text) => {
    expect([numberOf(cell), textOf(cell)]).toEqual([number, text]);
  });

  it('of numbers are empty for NaN', () => {
    expect([cellOf(Number.NaN), cellOf(0), cellOf(Number.POSITIVE_INFINITY)]).toEqual([null, 0, Infinity]);
  });

  it('of numbers that have names are these, and the number where it has none', () => {
    const nameOf = namesIn({ absent: 0, present: 1 });
    expect([0, 1, 2].map(nameOf)).toEqual(['absent', 'present', '2']);
  });
});
