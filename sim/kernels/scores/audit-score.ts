import { pow } from '../../engine/math.js';

/** How audits are counted: what was counted fades by a factor at each, and each weighs so much. */
export interface AuditCounting {
  readonly forgetting: number;
  readonly weight: number;
}

/**
 * One of the two sums of audits, passed (α) or failed (β), after n more of which all were of its side, or none:
 * α ← λⁿα + w(1 − λⁿ)/(1 − λ), or λⁿα.
 */
export function auditSum(sum: number, isOwn: boolean, times: number, { forgetting, weight }: AuditCounting): number {
  if (times === 1) return forgetting * sum + (isOwn ? weight : 0);
  const faded = pow(forgetting, times);
  if (!isOwn) return faded * sum;
  return faded * sum + (forgetting === 1 ? weight * times : (weight * (1 - faded)) / (1 - forgetting));
}
