/** Dealings that were rated, a place each. */
export interface RatedDealings {
  /** Peers, numbered from 0. */
  readonly peers: number;
  readonly rater: ArrayLike<number>;
  readonly subject: ArrayLike<number>;
  /** 0 to 1. */
  readonly satisfaction: ArrayLike<number>;
  /** How much the dealing matters, such as by its value, 0 to 1; absent: 1. */
  readonly context?: ArrayLike<number>;
  /** How many dealings a place stands for, 0 or more, not necessarily whole; absent: 1. */
  readonly count?: ArrayLike<number>;
}

export interface PeerTrustOptions {
  /** Weights of what was rated and of the community's own factor. */
  readonly alpha: number;
  readonly beta: number;
  /** By peer: the community's factor, such as a reward for rating others, 0 to 1; absent: 0. */
  readonly community?: ArrayLike<number>;
  /** What a peer is trusted whom nobody rated, and at first, 0 to 1. */
  readonly initial: number;
  /** By peer: where it begins, such as the result of before, 0 to 1; absent: `initial`. */
  readonly start?: ArrayLike<number>;
  /** Peers whose trust is 1 whatever is said of them, such as an authority; absent: none. */
  readonly trusted?: readonly number[];
  /** Rounds in which raters are weighed by the trust of the round before. */
  readonly rounds: number;
}

/**
 * T(u) = α·Σᵢ S(u, i)·Cr(p(u, i))·TF(u, i) + β·CF(u), where a rater's credibility is its own trust among those who
 * rated u: Cr = T(p(u, i))/Σⱼ T(p(u, j)).
 *
 * Source: L. Xiong and L. Liu, "PeerTrust: Supporting Reputation-Based Trust for Peer-to-Peer Electronic Communities",
 * IEEE TKDE 16(7), 2004; credibility by trust value (TVM).
 *
 * @returns by peer, 0 to α + β
 */
export function peerTrust(
  { peers, rater, subject, satisfaction, context, count }: RatedDealings,
  { alpha, beta, community, initial, rounds, start, trusted = [] }: PeerTrustOptions,
): Float64Array {
  let trust = Float64Array.from({ length: peers }, (_, peer) => start?.[peer] ?? initial);
  for (const peer of trusted) trust[peer] = 1;
  for (let round = 0; round < rounds; round++) {
    const [rated, weight] = [new Float64Array(peers), new Float64Array(peers)];
    const isRated = new Uint8Array(peers);
    for (let place = 0; place < rater.length; place++) {
      const [by, of] = [rater[place]!, subject[place]!];
      isRated[of] = 1;
      const counts = trust[by]! * (count?.[place] ?? 1);
      weight[of]! += counts;
      rated[of]! += counts * satisfaction[place]! * (context?.[place] ?? 1);
    }
    // those whom only the untrusted rated are as those whom nobody did
    trust = trust.map((_, peer) => {
      const own = isRated[peer] === 1 && weight[peer]! > 0 ? rated[peer]! / weight[peer]! : initial;
      return alpha * own + beta * (community?.[peer] ?? 0);
    });
    for (const peer of trusted) trust[peer] = 1;
  }
  return trust;
}
