import { quantileSorted } from '../../../kernels/quantile.js';
import type { Outline, Remark } from '../definition.js';
import { roundTokens } from '../units.js';

/** Fees that are remembered: the last ones; what is dear among them is reckoned anew after so many. */
const feesMost = 1_000;
const reckonedEvery = 100;

/** What a cohort has seen jobs pay, to tell dear ones from others. */
export interface RememberedFees {
  /** @param fee of a job that was offered [micro-tokens] */
  remember(fee: number): void;
  /**
   * Whether a fee is among the dearest of what it remembers; of nothing remembered, and
   * where all fees are equal, every fee is.
   * @param share of the jobs that count as dear, 0 to 1
   */
  isAmongDearest(fee: number, share: number): boolean;
}

/** The least fee that is among the dearest share of the sorted ones. */
function dearFrom(sorted: readonly number[], share: number): number {
  const dear = quantileSorted(sorted, 1 - share);
  const inclusive = sorted.length - sorted.findIndex((fee) => fee >= dear);
  // where most jobs pay one fee and few a higher one, the quantile is what most pay, which is nothing dear
  if (inclusive <= 2 * share * sorted.length) return dear;
  return sorted.find((fee) => fee > dear) ?? dear;
}

export function rememberedFees(): RememberedFees {
  const fees: number[] = [];
  let seen = 0;
  /** The least fee that is dear [micro-tokens]; NaN until it is asked for again. */
  let dear = Number.NaN;
  return {
    remember: (fee) => {
      fees[seen++ % feesMost] = fee;
      if (seen % reckonedEvery === 0) dear = Number.NaN;
    },
    isAmongDearest: (fee, share) => {
      if (share === 1 || fees.length === 0) return true;
      if (Number.isNaN(dear)) {
        dear = dearFrom(
          [...fees].sort((a, b) => a - b),
          share,
        );
      }
      return fee >= dear;
    },
  };
}

/** Where all jobs pay the same, so that a share of the dearest is all of them. */
export function dearestRemarks(dearest: number, { leastFee, mostFee }: Outline): readonly Remark[] {
  if (dearest === 1 || roundTokens(leastFee) < mostFee) return [];
  const expected = 'jobs of different fees (such as by feeFactor)';
  const why = 'so that all of them are equally dear';
  return [{ setting: '', expected, found: `${mostFee} tokens for each`, why }];
}
