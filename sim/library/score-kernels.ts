/** Public algorithms of reputation models, with what they are given checked. */
import { z } from 'zod';
import { type CompositeWeights, compositeScore as composite } from '../kernels/scores/composite-score.js';
import { checkGiven } from './given.js';

const shareExpected = 'expected a share from 0 to 1';
const share = z.number(shareExpected).min(0, shareExpected).max(1, shareExpected);
const parts = z.strictObject(
  { success: share, sla: share, latency: share },
  'expected an object with success, sla and latency',
);
const weights = parts.refine(
  ({ success, sla, latency }) => Math.abs(success + sla + latency - 1) < 1e-9,
  'expected weights that sum to 1',
);

/**
 * The score of `window-composite`: the weighted sum of the share of jobs that succeeded, the share that kept the
 * service level, and the percentile rank of the latency, each from 0 to 1; weights sum to 1.
 */
export function compositeScore(
  measured: { readonly success: number; readonly sla: number; readonly latency: number },
  weighed: CompositeWeights = { success: 0.5, sla: 0.3, latency: 0.2 },
): number {
  checkGiven('compositeScore', { measured: parts, weights }, { measured, weights: weighed });
  return composite(measured.success, measured.sla, measured.latency, weighed);
}
