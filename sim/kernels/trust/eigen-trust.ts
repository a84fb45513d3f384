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
  const edges = added(from, to, value);
  const given = new Float64Array(peers);
  for (const { rater, trust } of edges) given[rater]! += trust;
  let trust = options.start === undefined ? Float64Array.from(pre) : normalised(options.start, peers);
  for (let step = 0; step < stepsMost; step++) {
    const next = new Float64Array(peers);
    let idle = 0;
    for (let peer = 0; peer < peers; peer++) if (given[peer] === 0) idle += trust[peer]!;
    for (const edge of edges) next[edge.subject]! += (edge.trust / given[edge.rater]!) * trust[edge.rater]!;
    let distance = 0;
    for (let peer = 0; peer < peers; peer++) {
      next[peer] = (1 - weight) * (next[peer]! + idle * pre[peer]!) + weight * pre[peer]!;
      distance += (next[peer]! - trust[peer]!) * (next[peer]! - trust[peer]!);
    }
    trust = next;
    if (Math.sqrt(distance) <= epsilon) break;
  }
  return trust;
}

interface Edge {
  readonly rater: number;
  readonly subject: number;
  trust: number;
}

/** One edge a pair, in the order of the first rating of each; those at or below 0 are left out. */
function added(from: ArrayLike<number>, to: ArrayLike<number>, value: ArrayLike<number>): readonly Edge[] {
  const byPair = new Map<number, Map<number, Edge>>();
  const edges: Edge[] = [];
  for (let place = 0; place < from.length; place++) {
    const [rater, subject] = [from[place]!, to[place]!];
    if (rater === subject) continue;
    const own = byPair.get(rater) ?? new Map<number, Edge>();
    byPair.set(rater, own);
    const known = own.get(subject);
    if (known !== undefined) known.trust += value[place]!;
    else {
      const edge = { rater, subject, trust: value[place]! };
      own.set(subject, edge);
      edges.push(edge);
    }
  }
  return edges.filter(({ trust }) => trust > 0);
}

function normalised(values: ArrayLike<number>, peers: number): Float64Array {
  let sum = 0;
  for (let peer = 0; peer < peers; peer++) sum += values[peer]!;
  return Float64Array.from({ length: peers }, (_, peer) => values[peer]! / sum);
}
