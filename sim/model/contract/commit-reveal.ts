import { z } from 'zod';
import type { Outline, Remark } from './definition.js';
import { duration, toShortDuration } from './settings.js';

/*
 * Commit and reveal: nodes commit to their answers and reveal them once all are in, so that nobody can copy one. What
 * every scheme that compares answers does alike.
 */

/** A scheme's setting `commitReveal`. */
export const commitRevealSetting = z
  .union(
    [
      z.literal('none'),
      duration({
        positive: true,
        meaning: 'How long nodes have to reveal the answers that they committed to; none: answers come open',
      }),
    ],
    'expected none, or a duration such as 1m',
  )
  .default('none');

/** Answers that nobody has to reveal within the run. */
export function revealRemarks(
  { commitReveal }: { readonly commitReveal: number | 'none' },
  { horizonSeconds }: Outline,
): readonly Remark[] {
  if (commitReveal === 'none' || commitReveal < horizonSeconds) return [];
  const expected = `a time below the horizon, ${toShortDuration(horizonSeconds)}`;
  const why = 'so that no answer is ever revealed, and no job ends';
  return [{ setting: 'commitReveal', expected, found: toShortDuration(commitReveal), why }];
}

/** How long there is to reveal [s]; null where answers come open. */
export function revealSeconds({ commitReveal }: { readonly commitReveal: number | 'none' }): number | null {
  return commitReveal === 'none' ? null : commitReveal;
}
