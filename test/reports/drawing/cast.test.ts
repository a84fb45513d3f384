import { describe, expect, test } from 'vitest';
import { type CohortWeight, castOf } from '../../../reports/drawing/cast.js';

const weightOf = (cohort: string, workFraction: number): CohortWeight => {
  return { cohort, isAttacker: cohort.startsWith('bad'), workFraction, nodes: 10 };
};

function colorsOf(weights: readonly CohortWeight[]): ReadonlyMap<string, string> {
  const { cohorts, colors } = castOf(weights);
  return new Map(cohorts.map((cohort, index) => [cohort, colors[index]!]));
}

describe('beyond a dozen cohorts', () => {
  // the last of them did most of the work, so that those in the middle aren't drawn
  const many = Array.from({ length: 30 }, (_, place) => weightOf(`c${place}`, place < 3 || place > 22 ? 0.09 : 0));

  test('a cohort keeps its colour whichever others are drawn', () => {
    const before = colorsOf(many);
    // two in the middle come to the fore, and some others give way
    const after = colorsOf(
      many.map((each) => (['c12', 'c14'].includes(each.cohort) ? { ...each, workFraction: 1 } : each)),
    );
    expect(after.has('c12') && !before.has('c12')).toBe(true);
    const both = [...before].filter(([cohort]) => after.has(cohort));
    expect(both.length).toBeGreaterThan(8);
    for (const [cohort, color] of both) expect(after.get(cohort), cohort).toBe(color);
  });

  test('and when one is added at the end of the scenario', () => {
    const [before, after] = [colorsOf(many), colorsOf([...many, weightOf('bad', 0.2)])];
    for (const [cohort, color] of before) if (after.has(cohort)) expect(after.get(cohort), cohort).toBe(color);
    expect(new Set(after.values()).size).toBe(after.size);
  });
});
