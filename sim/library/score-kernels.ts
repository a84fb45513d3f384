/** Public algorithms of reputation models, with what they are given checked. */
import { z } from 'zod';
import { auditSum } from '../kernels/scores/audit-score.js';
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

const sumExpected = 'expected a number of at least 0';
const sum = z.number(sumExpected).min(0, sumExpected);

/**
 * The score of `beta-audit`, α/(α + β), after so many equal findings from sums of passed (α) and failed (β) audits, of
 * which one at least is above 0; λ is `forgetting`, from 0 to 1.
 */
export function auditScore(
  sums: { readonly passed: number; readonly failed: number },
  findings: { readonly isSuccess: boolean; readonly times: number },
  counting: { readonly forgetting: number; readonly weight: number } = { forgetting: 0.999, weight: 1 },
): number {
  const parameters = {
    sums: z
      .strictObject({ passed: sum, failed: sum }, 'expected an object with passed and failed')
      .refine(({ passed, failed }) => passed + failed > 0, 'expected a sum above 0'),
    findings: z.strictObject(
      {
        isSuccess: z.boolean('expected true or false'),
        times: z.number('expected a whole number').int('expected a whole number').min(0, sumExpected),
      },
      'expected an object with isSuccess and times',
    ),
    counting: z.strictObject({ forgetting: share, weight: sum }, 'expected an object with forgetting and weight'),
  };
  checkGiven('auditScore', parameters, { sums, findings, counting });
  const { isSuccess, times } = findings;
  const passed = auditSum(sums.passed, isSuccess, times, counting);
  return passed / (passed + auditSum(sums.failed, !isSuccess, times, counting));
}
