import { quantileSorted } from '../../../kernels/quantile.js';

/** Fees that are remembered: the last ones; what is dear among them is reckoned anew after so many. */
const feesMost = 1_000;
const reckonedEvery = 100;

/** What a cohort has seen jobs pay, to tell dear ones from others. */
export interface RememberedFees {
  /** @param fee of a job that was offered [micro-tokens] */
  remember(fee: number): void;
  /**
   * Whether a fee is among the dearest of what it remembers; of nothing remembered every fee is.
   * @param share of the jobs that count as dear, 0 to 1
   */
  isAmongDearest(fee: number, share: number): boolean;
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
        const sorted = [...fees].sort((a, b) => a - b);
        dear = quantileSorted(sorted, 1 - share);
      }
      return fee >= dear;
    },
  };
}
