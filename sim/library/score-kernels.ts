/** Public algorithms of reputation models, with what they are given checked. */
import { z } from 'zod';
import { auditSum } from '../kernels/scores/audit-score.js';
import { type CompositeWeights, compositeScore as composite } from '../kernels/scores/composite-score.js';
import { eigenTrust as eigenTrustOf } from '../kernels/scores/eigen-trust.js';
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

/**
 * Global trust of EigenTrust (Kamvar et al. 2003), of nodes numbered from 0: t ← (1 − a)·Cᵀt + a·p until ‖Δt‖₂ ≤ ε; its
 * sum is 1. Trust that isn't above 0 counts as none, and who trusts nobody as trusting the pre-trusted.
 *
 * @param edges who trusts whom by how much
 * @param preTrust by node, with a sum above 0
 */
export function eigenTrust(
  edges: readonly { readonly from: number; readonly to: number; readonly trust: number }[],
  preTrust: readonly number[],
  options: { readonly weight?: number; readonly epsilon?: number } = {},
): number[] {
  const nodes = Array.isArray(preTrust) ? preTrust.length : 0;
  const numberExpected = `expected the number of a node, 0 to ${nodes - 1}`;
  const isNode = (value: unknown) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < nodes;
  const node = z.number(numberExpected).refine(isNode, numberExpected);
  const above = 'expected a number above 0, at most 1';
  const positive = z.number(above).gt(0, above).max(1, above);
  const parameters = {
    edges: z.array(z.strictObject({ from: node, to: node, trust: z.number('expected a number') }), 'expected a list'),
    preTrust: z
      .array(z.number(sumExpected).min(0, sumExpected), 'expected a list of numbers')
      .refine((all) => all.some((one) => one > 0), 'expected a sum above 0'),
    options: z.strictObject({ weight: positive.optional(), epsilon: positive.optional() }),
  };
  checkGiven('eigenTrust', parameters, { edges, preTrust, options });
  const total = preTrust.reduce((all, one) => all + one, 0);
  const trusted = Float64Array.from(preTrust, (one) => one / total);
  const trust = trusted.slice();
  const local = {
    raters: edges.map(({ from }) => from),
    subjects: edges.map(({ to }) => to),
    amounts: edges.map((edge) => edge.trust),
  };
  eigenTrustOf(local, trusted, options.weight ?? 0.5, options.epsilon ?? 1e-12, trust);
  return Array.from(trust);
}
