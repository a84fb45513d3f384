import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SparseRatings } from '../../../sim/kernels/trust/sparse-ratings.js';

const peers = 6;
type Step =
  | { readonly is: 'rate'; readonly rater: number; readonly subject: number; readonly weight: number }
  | { readonly is: 'forget'; readonly subject: number }
  | { readonly is: 'fold'; readonly by: number };

const peer = fc.nat(peers - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      is: fc.constant('rate' as const),
      rater: peer,
      subject: peer,
      weight: fc.constantFrom(1, -1, 2),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('forget' as const), subject: peer }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('fold' as const), by: fc.constantFrom(0, 0.5, 1) }) },
);

/** The same with a map of all pairs, of which nothing is dropped. */
function byHand(steps: readonly Step[]): [number, number, number, number][] {
  const known = new Map<string, [number, number]>();
  let came: Extract<Step, { is: 'rate' }>[] = [];
  for (const one of steps) {
    if (one.is === 'rate') came.push(one);
    else if (one.is === 'forget') {
      came = came.filter(({ subject }) => subject !== one.subject);
      for (const key of known.keys()) if (key.startsWith(`${one.subject}/`)) known.delete(key);
    } else {
      for (const sums of known.values()) for (const side of [0, 1]) sums[side]! *= one.by;
      for (const { rater, subject, weight } of came) {
        const sums = known.get(`${subject}/${rater}`) ?? [0, 0];
        known.set(`${subject}/${rater}`, sums);
        sums[weight > 0 ? 0 : 1] += Math.abs(weight);
      }
      came = [];
    }
  }
  return [...known]
    .map(([key, sums]): [number, number, number, number] => [
      ...(key.split('/').map(Number) as [number, number]),
      ...sums,
    ])
    .filter(([, , positive, negative]) => positive + negative > 0)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

describe('sparse ratings', () => {
  it('are sums of what was said by pair, faded at each fold, in the order of subjects and raters', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ratings = new SparseRatings(peers, 0);
        const all: Step[] = [...steps, { is: 'fold', by: 1 }];
        for (const one of all) {
          if (one.is === 'rate') ratings.add(one.rater, one.subject, one.weight);
          else if (one.is === 'forget') ratings.forget(one.subject);
          else ratings.fold(one.by);
        }
        const found = Array.from(ratings.rater, (rater, place) => [
          ratings.subject[place]!,
          rater,
          ratings.positive[place]!,
          ratings.negative[place]!,
        ]);
        // halves of whole numbers are exact
        expect(found).toEqual(byHand(all));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('are dropped below the least, not at it', () => {
    const ratings = new SparseRatings(2, 0.25);
    ratings.add(0, 1, 1);
    for (const size of [1, 1, 1, 0]) {
      ratings.fold(0.5);
      expect(ratings.size).toBe(size);
    }
  });

  it('have room for as many as come between two folds', () => {
    const ratings = new SparseRatings(100, 0.01);
    for (let one = 0; one < 50_000; one++) ratings.add(one % 97, one % 89, one % 2 === 0 ? 1 : -1);
    ratings.fold(1);
    expect(ratings.size).toBe(97 * 89);
    let sum = 0;
    for (let place = 0; place < ratings.size; place++) sum += ratings.positive[place]! + ratings.negative[place]!;
    expect(sum).toBe(50_000);
  });
});
