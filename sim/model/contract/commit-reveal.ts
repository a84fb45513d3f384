import { z } from 'zod';
import { duration } from './settings.js';

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

/** How long there is to reveal [s]; null where answers come open. */
export function revealSeconds({ commitReveal }: { readonly commitReveal: number | 'none' }): number | null {
  return commitReveal === 'none' ? null : commitReveal;
}
