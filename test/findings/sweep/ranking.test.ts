import { describe, expect, test } from 'vitest';
import { type ShownFigure, shownFigures } from '../../../sim/findings/sweep/figures.js';
import type { PointFigure, SweepPoint } from '../../../sim/findings/sweep/points.js';
import { rankedFigures, rankingInWords } from '../../../sim/findings/sweep/ranking.js';
import { metrics } from '../../../sim/record/metrics/index.js';

/** A share of wrong results, of completed jobs, and the energy that nobody ranks, in percent with half a width. */
type Row = readonly [name: string | number, wrong: number, completed: number, half?: number];

const names = ['wrongAcceptedRate', 'completedFraction', 'utilisation'] as const;

function pointsOf(rows: readonly Row[]): readonly SweepPoint[] {
  return rows.map(([name, wrong, completed, half = Number.NaN], place) => {
    const around = (value: number): PointFigure => ({
      middle: value / 100,
      low: (value - half) / 100,
      high: (value + half) / 100,
      n: 4,
    });
    const figures = [around(wrong), around(completed), around(50 + place)];
    return {
      point: place + 1,
      values: [name],
      metrics: new Map(names.map((metric, at) => [metric, figures[at]!])),
      held: [],
      heldFigures: [],
    };
  });
}

function rank(rows: readonly Row[], axes = 1) {
  const points = pointsOf(rows);
  const figures: readonly ShownFigure[] = shownFigures({ metrics: [...names] }, points, metrics);
  const ranked = rankedFigures({ axes: Array.from({ length: axes }, () => ({}) as never) }, points, figures);
  return { ranks: ranked.map((one) => one.ranks), words: rankingInWords(ranked, points).join(' ') };
}

describe('variants', () => {
  test('are ranked by what has a better way, each its own', () => {
    const { ranks, words } = rank([
      ['plain', 10, 99],
      ['checked', 1, 95],
      ['trusted', 5, 99],
    ]);
    expect(ranks).toEqual([
      [2, 0, 1],
      [0, 2, 0],
    ]);
    expect(words).toBe(
      'Best at each: share of wrong results among those accepted: checked (1 %); ' +
        'share of jobs completed, of those that ended: plain and trusted (99 %). ' +
        'Best at most of these: plain, checked and trusted, at 1 of 2.',
    );
  });

  test('do alike where their intervals meet', () => {
    const rows: Row[] = [
      ['a', 1, 90, 1],
      ['b', 2, 80, 1],
      ['c', 9, 70, 1],
    ];
    const { ranks, words } = rank(rows);
    expect(ranks).toEqual([
      [0, 0, 2],
      [0, 1, 2],
    ]);
    expect(words).toMatch(/accepted: a and b; share of jobs completed, of those that ended: a \(90 % \(89 to 91 %\)\)/);
    expect(words).toMatch(/ a is best at all of these\.$/);
  });

  test('that are all alike win nothing, and what can’t be told isn’t ranked', () => {
    const { ranks, words } = rank([
      ['a', Number.NaN, 90],
      ['b', 5, 90],
    ]);
    expect(ranks).toEqual([
      [Number.NaN, 0],
      [0, 0],
    ]);
    expect(words).toMatch(
      /accepted: b \(5 %\); share of jobs completed, of those that ended: all alike\. b is best|b, at 1/,
    );
  });

  test.each([
    ['numbers', [[1, 1, 90] as Row, [2, 2, 80] as Row], 1],
    ['two axes', [['a', 1, 90] as Row, ['b', 2, 80] as Row], 2],
    ['one variant', [['a', 1, 90] as Row], 1],
  ])('are all that is ranked: %s aren’t', (_, rows, axes) => {
    expect(rank(rows, axes)).toEqual({ ranks: [], words: '' });
  });
});

test('a better way is told of figures that have one: more service and less harm', () => {
  const betterOf = (name: string) => metrics.find((metric) => metric.name === name)!.better;
  expect(names.map(betterOf)).toEqual(['lower', 'higher', undefined]);
  // what tells how large a network was isn't good or bad
  for (const name of ['jobsFinal', 'nodesOnline', 'mintedTokens', 'attackerPeakLockedUsd']) {
    expect(betterOf(name), name).toBe(undefined);
  }
});
