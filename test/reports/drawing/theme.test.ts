import { describe, expect, test } from 'vitest';
import { COHORT_COLORS, cohortColor, ON_DARK, OUTCOME_COLORS, STRIP_COLORS } from '../../../reports/drawing/theme.js';

/** Oklab (Ottosson 2020): about 0.1 is a difference that nobody overlooks. */
function lab(hex: string): readonly number[] {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(one: string, other: string): number {
  const far = lab(other);
  return Math.hypot(...lab(one).map((part, at) => part - far[at]!));
}

describe('the colour of a cohort', () => {
  const places = Array.from({ length: 500 }, (_, place) => cohortColor(place));

  test('is its own among five hundred, and none of the listed is taken again', () => {
    expect(new Set(places).size).toBe(500);
    expect(places.slice(0, COHORT_COLORS.length)).toEqual(COHORT_COLORS);
  });

  test('differs from those beside it, from surges and from the page', () => {
    const surge = STRIP_COLORS.surge!;
    for (const [place, color] of places.entries()) {
      for (const other of places.slice(place + 1, place + 6)) {
        expect(distance(color, other), `${place}: ${color} ${other}`).toBeGreaterThan(0.05);
      }
      const onDark = ON_DARK[color] ?? color;
      for (const pair of [
        [color, '#ffffff'],
        [onDark, '#222220'],
        [color, surge],
      ] as const) {
        expect(distance(pair[0], pair[1]), `${place}: ${pair.join(' ')}`).toBeGreaterThan(0.15);
      }
    }
  });
});

describe.each([
  ['light', (color: string) => color],
  ['dark', (color: string) => ON_DARK[color] ?? color],
])('on a %s page', (_page, shown) => {
  test('what surges is told apart from the ends of jobs, from cohorts and from the other marks', () => {
    const { surge, ...marks } = STRIP_COLORS;
    const others = [...Object.values(OUTCOME_COLORS), ...Object.values(marks), ...COHORT_COLORS, '#ffffff'];
    for (const other of others) expect(distance(shown(surge!), shown(other)), other).toBeGreaterThan(0.15);
  });
});
