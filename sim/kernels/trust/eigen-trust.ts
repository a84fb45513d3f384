import { orderByPair } from './sparse-ratings.js';

/** What raters hold of others: sparse, a place a rating; of a pair that stands twice the values are added. */
export interface LocalTrust {
  /** Peers, numbered from 0. */
  readonly peers: number;
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  /** Satisfactory minus unsatisfactory dealings; what is below 0 in sum counts as 0. */
  readonly value: ArrayLike<number>;
}

export interface EigenTrustOptions {
  /** By peer: trust that is there before any dealing, 0 or more, not all 0; normalised to a sum of 1. */
  readonly preTrust: ArrayLike<number>;
  /** Weight a of the pre-trusted, 0 to 1; with 0 it may not converge. */
  readonly preTrustWeight: number;
  /** Ends once the Euclidean distance of two steps is at most this. */
  readonly epsilon: number;
  /** Steps at most. */
  readonly stepsMost: number;
  /** Where it begins, such as the result of before; absent: the pre-trust. */
  readonly start?: ArrayLike<number>;
}

/**
 * Global trust by the power iteration t ← (1 − a)·Cᵀt + a·p, where c_ij = max(s_ij, 0)/Σ_j max(s_ij, 0), and whoever
 * trusts nobody trusts the pre-trusted. Self-ratings don't count.
 *
 * Source: S. D. Kamvar, M. T. Schlosser and H. Garcia-Molina, "The EigenTrust Algorithm for Reputation Management in
 * P2P Networks", WWW 2003, algorithm 2.
 *
 * @returns by peer, 0 or more, with a sum of 1
 */
export function eigenTrust({ peers, from, to, value }: LocalTrust, options: EigenTrustOptions): Float64Array {
  const { epsilon, preTrustWeight: weight, stepsMost } = options;
  const pre = normalised(options.preTrust, peers);
  const { rater, share, first, isIdle } = normalisedTrust(peers, from, to, value);
  let trust: Float64Array = options.start === undefined ? Float64Array.from(pre) : normalised(options.start, peers);
  let next: Float64Array = new Float64Array(peers);
  for (let step = 0; step < stepsMost; step++) {
    let idle = 0;
    for (let peer = 0; peer < peers; peer++) if (isIdle[peer] === 1) idle += trust[peer]!;
    let distance = 0;
    for (let peer = 0; peer < peers; peer++) {
      let given = 0;
      for (let edge = first[peer]!; edge < first[peer + 1]!; edge++) given += share[edge]! * trust[rater[edge]!]!;
      next[peer] = (1 - weight) * (given + idle * pre[peer]!) + weight * pre[peer]!;
      distance += (next[peer]! - trust[peer]!) * (next[peer]! - trust[peer]!);
    }
    [trust, next] = [next, trust];
    if (Math.sqrt(distance) <= epsilon) break;
  }
  return trust;
}

/** c_ij by subject: its raters stand from `first[subject]` to before that of the next. */
interface NormalisedTrust {
  readonly first: Int32Array;
  readonly rater: Int32Array;
  readonly share: Float64Array;
  /** By peer: 1 for who trusts nobody. */
  readonly isIdle: Uint8Array;
}

function normalisedTrust(
  peers: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  value: ArrayLike<number>,
): NormalisedTrust {
  const order = orderByPair(peers, from, to, from.length);
  const [rater, share, first] = [
    new Int32Array(order.length),
    new Float64Array(order.length),
    new Int32Array(peers + 1),
  ];
  const given = new Float64Array(peers);
  let edges = 0;
  for (let at = 0; at < order.length; ) {
    const [by, of] = [from[order[at]!]!, to[order[at]!]!];
    let sum = 0;
    for (; at < order.length && from[order[at]!] === by && to[order[at]!] === of; at++) sum += value[order[at]!]!;
    if (by === of || sum <= 0) continue;
    rater[edges] = by;
    share[edges++] = sum;
    given[by]! += sum;
    first[of + 1]!++;
  }
  for (let peer = 0; peer < peers; peer++) first[peer + 1]! += first[peer]!;
  for (let edge = 0; edge < edges; edge++) share[edge]! /= given[rater[edge]!]!;
  return { first, rater, share, isIdle: Uint8Array.from(given, (sum) => Number(sum === 0)) };
}

function normalised(values: ArrayLike<number>, peers: number): Float64Array {
  let sum = 0;
  for (let peer = 0; peer < peers; peer++) sum += values[peer]!;
  return Float64Array.from({ length: peers }, (_, peer) => values[peer]! / sum);
}
