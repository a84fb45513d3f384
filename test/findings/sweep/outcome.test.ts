import { describe, expect, test } from 'vitest';
import { sweepOutcome } from '../../../sim/findings/sweep/outcome.js';
import type { PointFigure, SweepPoint } from '../../../sim/findings/sweep/points.js';

type Manifest = Parameters<typeof sweepOutcome>[0];

const axis = (name: string, unit: '' | 's' = ''): Manifest['axes'][number] => {
  return {
    name,
    paths: [name],
    units: [unit],
    values: { kind: 'range', low: 0, high: 1, scale: 'linear', step: null },
  };
};
const grid = (...axes: Manifest['axes']): Manifest => ({ axes, design: { kind: 'grid' } });

/** The profit over the twin there, with half the width of its interval, and that of honest operators. */
function point(values: readonly (number | string)[], gain: number, half = Number.NaN, more: object = {}): SweepPoint {
  const figure: PointFigure = { middle: gain, low: gain - half, high: gain + half, n: 1 };
  const of = (middle: number): PointFigure => ({ middle, low: Number.NaN, high: Number.NaN, n: 1 });
  const others = Object.entries({ honestProfitOverTwinUsd: -7, ...more }).map(
    ([name, value]) => [name, of(Number(value))] as const,
  );
  const metrics = new Map([['attackerProfitOverTwinUsd', figure], ...others]);
  return { point: 1, values, metrics, held: [], heldFigures: [] };
}

describe('who wins in a sweep', () => {
  test('is told along its axis, with who pays and about where it turns', () => {
    const points = [0.1, 0.2, 0.3, 0.4].map((share, at) => point([share], [60, 30, -30, -90][at]!));
    expect(sweepOutcome(grid(axis('verification.share')), points)).toBe(
      'Does attacking pay more than honest work? It does up to 0.2, it doesn’t from 0.3 on. ' +
        'Attackers gain most, 60 USD, with verification.share 0.1; there honest operators lose 7 USD by it. ' +
        'verification.share alone turns it, between 0.2 and 0.3, by a straight line at about 0.25.',
    );
  });

  test('leaves out what replications don’t settle', () => {
    const points = [1, 2, 3].map((hours, at) => point([hours * 3_600], [60, 5, -60][at]!, 20));
    expect(sweepOutcome(grid(axis('publish.every', 's')), points)).toMatch(
      /\? It does at 1 h, it can’t be told at 2 h, .* between 1 h and 3 h, .* about 2 h\.$/,
    );
  });

  test('says where nothing turns it', () => {
    const win = [1, 2].map((nodes) => point([nodes], 10));
    expect(sweepOutcome(grid(axis('fleet.liars.nodes')), win)).toBe(
      'Does attacking pay more than honest work? It does at all 2 points. ' +
        'Attackers gain most, 10 USD, with fleet.liars.nodes 1; ' +
        'there honest operators lose 7 USD by it. Nothing that was varied (fleet.liars.nodes) turns it.',
    );
    const lose = [1, 2].map((nodes) => point([nodes], -10));
    expect(sweepOutcome(grid(axis('fleet.liars.nodes')), lose)).toBe(
      'Does attacking pay more than honest work? It doesn’t at all 2 points. ' +
        'Nothing that was varied (fleet.liars.nodes) turns it.',
    );
  });

  test('doesn’t say that nothing turns it where replications leave that open', () => {
    const points = [1, 2].map((nodes, at) => point([nodes], [10, 1][at]!, 4));
    expect(sweepOutcome(grid(axis('fleet.liars.nodes')), points)).toMatch(
      /Nothing that was varied \(fleet\.liars\.nodes\) turns it for certain\.$/,
    );
  });

  test('names the one of several settings that turns it by itself', () => {
    const gains = [
      [10, 10],
      [-10, -10],
    ];
    const points = [0, 1].flatMap((a) => [0, 1].map((b) => point([a, b], gains[a]![b]!)));
    expect(sweepOutcome(grid(axis('a'), axis('b')), points)).toMatch(
      /What turns it: a by itself whatever the others are\.$/,
    );
    const some = [0, 1].flatMap((a) => [0, 1].map((b) => point([a, b], a + b === 2 ? -10 : 10)));
    expect(sweepOutcome(grid(axis('a'), axis('b')), some)).toMatch(
      /What turns it: a by itself in 1 of 2 settings of the others; b by itself in 1 of 2 settings of the others\.$/,
    );
  });

  test('of variants tells which, and of filled ranges that none can be named', () => {
    const variants = [point(['defended'], -5), point(['undefended'], 50, Number.NaN, { wrongAcceptedRate: 0.2 })];
    expect(sweepOutcome(grid(axis('variant')), variants)).toBe(
      'Does attacking pay more than honest work? It does with undefended, it doesn’t with defended. ' +
        'Attackers gain most, 50 USD, with variant undefended; there honest operators lose 7 USD by it and ' +
        '20 % of the results that clients accept are wrong. The variant alone turns it.',
    );
    const latin = { axes: [axis('a'), axis('b')], design: { kind: 'latin' } } as unknown as Manifest;
    expect(sweepOutcome(latin, [point([1, 2], 5), point([2, 3], -5)])).toMatch(
      / Points differ in several settings at once, so that no single one can be named\.$/,
    );
  });

  test('goes by profit where no twin was run, and is empty without attackers', () => {
    const profit = { attackerProfitUsd: 3, honestProfitOverTwinUsd: Number.NaN };
    expect(sweepOutcome(grid(axis('a')), [point([1], Number.NaN, Number.NaN, profit)])).toMatch(
      /^Does attacking bring a profit \(no honest twin was run\)\? It does at every value\. /,
    );
    expect(sweepOutcome(grid(axis('a')), [point([1], Number.NaN)])).toBe('');
  });
});
