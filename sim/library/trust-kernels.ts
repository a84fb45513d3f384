/** The public algorithms of trust and voting, with what they are given checked. */
import { z } from 'zod';
import { correlationPenalty as penaltyOf } from '../kernels/correlation-penalty.js';
import { bayesianAverage as averageOf } from '../kernels/trust/bayesian-average.js';
import { type BetaEvidence, betaReputation as betaOf } from '../kernels/trust/beta-reputation.js';
import {
  type ConsensusOptions,
  type ConsensusWeights,
  consensusWeights as consensusOf,
  type WeightMatrix,
} from '../kernels/trust/consensus-weights.js';
import { type EigenTrustOptions, eigenTrust as eigenOf, type LocalTrust } from '../kernels/trust/eigen-trust.js';
import { type LiquidRankOptions, liquidRank as liquidOf, type PeriodRatings } from '../kernels/trust/liquid-rank.js';
import { type PeerTrustOptions, peerTrust as peerOf, type RatedDealings } from '../kernels/trust/peer-trust.js';
import { subjectiveLogic as logic, type Opinion } from '../kernels/trust/subjective-logic.js';
import { trustGuard as guardOf, type TrustGuardOptions } from '../kernels/trust/trust-guard.js';
import { committeeCapture as captureOf } from '../kernels/voting/committee-capture.js';
import { type AnswerGroup, groupCredibility, nodeCredibility } from '../kernels/voting/group-credibility.js';
import { majorityError as errorOf } from '../kernels/voting/majority-error.js';
import { checkGiven, flag } from './given.js';

const within = (least: number, most: number, what = 'a number') => {
  const expected = `expected ${what} from ${least} to ${most}`;
  return z.number(expected).min(least, expected).max(most, expected);
};
const share = within(0, 1);
const atLeast = (least: number) =>
  z.number(`expected a number of at least ${least}`).min(least, `expected a number of at least ${least}`);
const whole = (least: number, most = 1e9) =>
  within(least, most, 'a whole number').int(`expected a whole number from ${least} to ${most}`);

/** So many numbers in a row, each within bounds. */
const row = (count: number, least: number, most = Number.POSITIVE_INFINITY) => {
  const bounds = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
  const expected = `expected ${count} numbers ${Number.isFinite(least) ? bounds : 'that are finite'}`;
  return z.custom<ArrayLike<number>>((given) => {
    if (!Array.isArray(given) && !(ArrayBuffer.isView(given) && !(given instanceof DataView))) return false;
    const values = given as ArrayLike<number>;
    if (values.length !== count) return false;
    for (let place = 0; place < count; place++) {
      const value = values[place];
      if (typeof value !== 'number' || !Number.isFinite(value) || value < least || value > most) return false;
    }
    return true;
  }, expected);
};
/** The same of numbers of peers, from 0. */
const peersIn = (count: number, peers: number) =>
  z.custom<ArrayLike<number>>(
    (given) => {
      if (!row(count, 0, peers - 1).safeParse(given).success) return false;
      for (let place = 0; place < count; place++)
        if (!Number.isInteger((given as ArrayLike<number>)[place])) return false;
      return true;
    },
    `expected ${count} numbers of peers, from 0 to ${peers - 1}`,
  );

const notAllZero = (schema: z.ZodType, what: string) =>
  schema.refine(
    (values) => Array.from(values as ArrayLike<number>).some((value) => value > 0),
    `expected ${what}, not all 0`,
  );

const lengthOf = (given: { readonly length?: number } | undefined) => given?.length ?? 0;
const peersOf = (given: { readonly peers?: number } | undefined) => given?.peers ?? 0;

/**
 * EigenTrust: t ← (1 − a)·Cᵀt + a·p until two steps lie within epsilon (Kamvar, Schlosser and Garcia-Molina 2003).
 *
 * @param local who holds what of whom: `peers` of them, and three rows of equal length
 * @returns by peer, 0 or more, with a sum of 1
 */
export function eigenTrust(local: LocalTrust, options: EigenTrustOptions): Float64Array {
  const [count, peers] = [lengthOf(local?.from), peersOf(local)];
  const edges = z.strictObject({
    peers: whole(1),
    from: peersIn(count, peers),
    to: peersIn(count, peers),
    value: row(count, Number.NEGATIVE_INFINITY),
  });
  const asked = z.strictObject({
    preTrust: notAllZero(row(peers, 0), 'pre-trust'),
    preTrustWeight: share,
    epsilon: atLeast(0),
    stepsMost: whole(1),
    start: notAllZero(row(peers, 0), 'trust to start with').optional(),
  });
  checkGiven('eigenTrust', { local: edges, options: asked }, { local, options });
  return eigenOf(local, options);
}

/** Beta reputation: (r + 1)/(r + s + 2) (Jøsang and Ismail 2002). */
export function betaReputation(evidence: BetaEvidence): number {
  checkGiven(
    'betaReputation',
    { evidence: z.strictObject({ positive: atLeast(0), negative: atLeast(0) }) },
    { evidence },
  );
  return betaOf(evidence);
}

/** Bayesian average: (C·m + Σx)/(C + n); NaN without prior and observations. */
export function bayesianAverage(sum: number, count: number, priorMean: number, priorCount: number): number {
  const finite = z.number('expected a number');
  const parameters = { sum: finite, count: atLeast(0), priorMean: finite, priorCount: atLeast(0) };
  checkGiven('bayesianAverage', parameters, { sum, count, priorMean, priorCount });
  return averageOf(sum, count, priorMean, priorCount);
}

/** PeerTrust with credibility by trust value (Xiong and Liu 2004); by peer, 0 to alpha + beta. */
export function peerTrust(dealings: RatedDealings, options: PeerTrustOptions): Float64Array {
  const [count, peers] = [lengthOf(dealings?.rater), peersOf(dealings)];
  const rated = z.strictObject({
    peers: whole(1),
    rater: peersIn(count, peers),
    subject: peersIn(count, peers),
    satisfaction: row(count, 0, 1),
    context: row(count, 0, 1).optional(),
    count: row(count, 0).optional(),
  });
  const asked = z.strictObject({
    alpha: share,
    beta: share,
    community: row(peers, 0, 1).optional(),
    initial: share,
    start: row(peers, 0, 1).optional(),
    trusted: z.array(whole(0, peers - 1)).optional(),
    rounds: whole(1, 10_000),
  });
  checkGiven('peerTrust', { dealings: rated, options: asked }, { dealings, options });
  return peerOf(dealings, options);
}

/** TrustGuard: present, past and change of a peer's trust (Srivatsa and others 2005), 0 to 1; NaN without reports. */
export function trustGuard(reports: ArrayLike<number>, options: TrustGuardOptions): number {
  const asked = z.strictObject({ alpha: share, beta: share, gammaRise: atLeast(0), gammaFall: atLeast(0) });
  checkGiven('trustGuard', { reports: row(lengthOf(reports), 0, 1), options: asked }, { reports, options });
  return guardOf(reports, options);
}

/** One period of liquid rank (SingularityNET 2018); by peer, 0 to 1. */
export function liquidRank(ratings: PeriodRatings, ranks: ArrayLike<number>, options: LiquidRankOptions): Float64Array {
  const [count, peers] = [lengthOf(ratings?.rater), peersOf(ratings)];
  const rated = z.strictObject({
    peers: whole(1),
    rater: peersIn(count, peers),
    subject: peersIn(count, peers),
    value: row(count, Number.NEGATIVE_INFINITY),
    weight: row(count, 0).optional(),
  });
  const asked = z.strictObject({ conservatism: share, unrated: share, isLogarithmic: flag, isFullRange: flag });
  const parameters = { ratings: rated, ranks: row(peers, 0, 1), options: asked };
  checkGiven('liquidRank', parameters, { ratings, ranks, options });
  return liquidOf(ratings, ranks, options);
}

/** Stake-weighted clipping and bonds of Yuma consensus: consensus, incentive, bonds and dividends. */
export function consensusWeights(matrix: WeightMatrix, options: ConsensusOptions): ConsensusWeights {
  const validators = matrix?.validators ?? 0;
  const places = validators * (matrix?.subjects ?? 0);
  const given = z.strictObject({
    validators: whole(1, 1e6),
    subjects: whole(1, 1e6),
    stake: notAllZero(row(validators, 0), 'stakes'),
    weights: row(places, 0),
    bonds: row(places, 0).optional(),
  });
  const asked = z.strictObject({ kappa: share, alpha: share, beta: share });
  checkGiven('consensusWeights', { matrix: given, options: asked }, { matrix, options });
  return consensusOf(matrix, options);
}

const opinionSchema = z
  .strictObject({ belief: share, disbelief: share, uncertainty: share, baseRate: share })
  .refine(({ belief, disbelief, uncertainty }) => Math.abs(belief + disbelief + uncertainty - 1) <= 1e-9, {
    message: 'expected belief, disbelief and uncertainty with a sum of 1',
  });

/** Opinions from evidence, at second hand, and of several together (Jøsang 2001). */
export const subjectiveLogic = {
  /** b = r/(r + s + 2), d = s/(r + s + 2), u = 2/(r + s + 2); with a base rate of 0.5 unless it is given. */
  opinion(positive: number, negative: number, baseRate = 0.5): Opinion {
    const parameters = { positive: atLeast(0), negative: atLeast(0), baseRate: share };
    checkGiven('subjectiveLogic.opinion', parameters, { positive, negative, baseRate });
    return logic.opinion(positive, negative, baseRate);
  },
  /** b + a·u */
  expectation(opinion: Opinion): number {
    checkGiven('subjectiveLogic.expectation', { opinion: opinionSchema }, { opinion });
    return logic.expectation(opinion);
  },
  /** What somebody says, by what one holds of him: b₁b₂, b₁d₂, d₁ + u₁ + b₁u₂. */
  discounted(ofHim: Opinion, his: Opinion): Opinion {
    checkGiven('subjectiveLogic.discounted', { ofHim: opinionSchema, his: opinionSchema }, { ofHim, his });
    return logic.discounted(ofHim, his);
  },
  /** Of two who saw different things: their evidence added. */
  fused(one: Opinion, other: Opinion): Opinion {
    checkGiven('subjectiveLogic.fused', { one: opinionSchema, other: opinionSchema }, { one, other });
    return logic.fused(one, other);
  },
} as const;

/** Sarmenta's credibilities (2002): of a node by the spot-checks that it passed, and of an answer by who gave it. */
export const credibility = {
  /** 1 − f without a check passed; then 1 − f/k, or where who fails one is out 1 − f/((1 − f)·k·e). */
  ofNode(passed: number, assumedFaulty: number, blacklists: boolean): number {
    checkGiven(
      'credibility.ofNode',
      { passed: whole(0), assumedFaulty: share, blacklists: flag },
      { passed, assumedFaulty, blacklists },
    );
    return nodeCredibility(passed, assumedFaulty, blacklists);
  },

  /** Probability that the answer of a group is right, of groups with the credibilities of those in each. */
  ofAnswer(groups: readonly (readonly number[])[], of: number): number {
    const lists = z.array(z.array(share, 'expected a list of credibilities'), 'expected a list of groups').min(1);
    checkGiven(
      'credibility.ofAnswer',
      { groups: lists, of: whole(0, Math.max(0, lengthOf(groups) - 1)) },
      { groups, of },
    );
    const products = groups.map((members): AnswerGroup => {
      const product = (value: (member: number) => number) => members.reduce((all, one) => all * value(one), 1);
      return { good: product((one) => one), bad: product((one) => 1 - one) };
    });
    return groupCredibility(products, of);
  },
} as const;

/** Probability that of `drawn` members, without replacement, at least `needed` are colluders: a hypergeometric tail. */
export function committeeCapture(population: number, colluders: number, drawn: number, needed: number): number {
  const parameters = {
    population: whole(1),
    colluders: whole(0, Math.max(0, population)),
    drawn: whole(1, Math.max(1, population)),
    needed: whole(0),
  };
  checkGiven('committeeCapture', parameters, { population, colluders, drawn, needed });
  return captureOf(population, colluders, drawn, needed);
}

/** Probability that the first answer with `agreeing` equal copies is wrong, if all wrong answers are alike. */
export function majorityError(agreeing: number, errorProbability: number): number {
  checkGiven('majorityError', { agreeing: whole(1, 1e6), errorProbability: share }, { agreeing, errorProbability });
  return errorOf(agreeing, errorProbability);
}

/** Whole tokens of a correlation penalty, floor(min(B, m·S·B/T)); `total` is above 0. */
export function correlationPenalty(stake: number, slashed: number, total: number, multiplier: number): number {
  const above = 'expected a number above 0';
  const parameters = {
    stake: atLeast(0),
    slashed: atLeast(0),
    total: z.number(above).gt(0, above),
    multiplier: atLeast(0),
  };
  checkGiven('correlationPenalty', parameters, { stake, slashed, total, multiplier });
  return penaltyOf(stake, slashed, total, multiplier);
}
