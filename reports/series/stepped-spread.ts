import { type Level, levelBinDays, levelsOf } from './levels.js';
import type { Bin, BinnedSamples, ReplicationSamples } from './samples.js';
import { type Spread, spreadOf } from './spread.js';

/** Counts of replications at samples: their median as a line, and a band that takes in all between two points of it. */
export interface SteppedSpread {
  readonly line: readonly Level[];
  readonly band: readonly { readonly days: number; readonly spread: Spread | null }[];
}

/**
 * The levels of a count over the replications. From each time of the band to the next it reaches from the lowest to the
 * highest end that it has at any sample there, so that the line never leaves it.
 *
 * @param samples each on its own, `SAMPLE_DAYS` wide
 * @param bins stretches of the band
 */
export function steppedSpread(
  samples: BinnedSamples,
  value: (one: ReplicationSamples, sample: number) => number | null,
  bins: readonly Bin[],
  horizonDays: number,
): SteppedSpread {
  const [first, ...others] = samples.each;
  if (first !== undefined && others.length === 0) {
    return { line: levelsOf(samples, (sample) => value(first, sample), levelBinDays(horizonDays)), band: [] };
  }
  const spreads = samples.bins.map((_, sample) => spreadOf(samples.each.map((one) => value(one, sample))));
  const line = levelsOf(samples, (sample) => spreads[sample]?.middle ?? null, levelBinDays(horizonDays));
  const band: { days: number; spread: Spread | null }[] = [];
  let sample = 0;
  for (const { endDays } of bins) {
    const days = samples.bins[sample]?.endDays;
    let spread: Spread | null = null;
    for (; sample < samples.bins.length && samples.bins[sample]!.endDays <= endDays; sample++) {
      spread = around(spread, spreads[sample]!);
    }
    if (days !== undefined) band.push({ days, spread });
  }
  const end = samples.bins.at(-1)?.endDays;
  if (end !== undefined && end > band.at(-1)!.days) band.push({ days: end, spread: spreads.at(-1)! });
  return { line, band };
}

function around(one: Spread | null, other: Spread | null): Spread | null {
  if (one === null || other === null) return one ?? other;
  return { ...other, low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) };
}
