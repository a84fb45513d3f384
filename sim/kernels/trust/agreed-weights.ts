import { highestHeld } from './highest-held.js';

/** What validators hold of subjects: sparse, a place a pair, in the order of subjects. */
export interface PairWeights {
  /** Validators and subjects, numbered from 0. */
  readonly peers: number;
  readonly validator: ArrayLike<number>;
  readonly subject: ArrayLike<number>;
  /** 0 or more. */
  readonly weight: ArrayLike<number>;
}

export interface AgreementOptions {
  /** By peer: stake as a validator, 0 or more. */
  readonly stake: ArrayLike<number>;
  /** Share of the stake that must hold at least a weight for it to count, 0 to 1. */
  readonly kappa: number;
  /** How far bonds follow the clipped weights and not those that were set, 0 to 1. */
  readonly beta: number;
  /** Of whose stake the share is: of all validators', or of those who weigh the subject at all. */
  readonly among: 'all' | 'raters';
}

export interface AgreedWeights {
  /** By subject: share of what subjects are paid, with a sum of 1; zeros where nothing has consensus. */
  readonly incentive: Float64Array;
  /** By place: the validator's share of the bonds with the subject. */
  readonly bonded: Float64Array;
}

/**
 * `consensusWeights` of pairs that are few among all that there could be: rows are normalised, each subject's weights
 * clipped to what so much of the stake holds at least, and incentives and new bonds reckoned of what is left.
 *
 * Among all validators it is the same, a pair without a weight having one of 0. Among a subject's raters, each
 * validator's weights are taken as multiples of their mean, so that who weighs few doesn't weigh each the more.
 */
export function agreedWeights(
  { peers, validator, subject, weight }: PairWeights,
  { stake, kappa, beta, among }: AgreementOptions,
): AgreedWeights {
  const [given, count] = [new Float64Array(peers), new Float64Array(peers)];
  for (let place = 0; place < validator.length; place++) {
    given[validator[place]!]! += weight[place]!;
    count[validator[place]!]!++;
  }
  let total = 0;
  for (let peer = 0; peer < peers; peer++) total += stake[peer]!;
  const held = new Float64Array(validator.length);
  for (let place = 0; place < held.length; place++) {
    const by = validator[place]!;
    if (given[by]! > 0) held[place] = (weight[place]! / given[by]!) * (among === 'all' ? 1 : count[by]!);
  }
  const stakes = new Float64Array(held.length);
  for (let place = 0; place < held.length; place++) stakes[place] = stake[validator[place]!]!;
  const incentive = new Float64Array(peers);
  const bonded = new Float64Array(held.length);
  for (let first = 0; first < held.length; ) {
    const of = subject[first]!;
    let end = first;
    let ofRaters = 0;
    for (; end < held.length && subject[end] === of; end++) ofRaters += stakes[end]!;
    const whole = among === 'all' ? total : ofRaters;
    const agreed = highestHeld(held.subarray(first, end), stakes.subarray(first, end), kappa * whole);
    let all = 0;
    for (let place = first; place < end; place++) {
      const share = whole > 0 ? stakes[place]! / whole : 0;
      const clipped = Math.min(held[place]!, agreed);
      incentive[of]! += share * clipped;
      bonded[place] = share * ((1 - beta) * held[place]! + beta * clipped);
      all += bonded[place]!;
    }
    for (let place = first; place < end; place++) if (all > 0) bonded[place]! /= all;
    first = end;
  }
  let paid = 0;
  for (const one of incentive) paid += one;
  if (paid > 0) for (let peer = 0; peer < peers; peer++) incentive[peer]! /= paid;
  return { incentive, bonded };
}
