import { z } from 'zod';
import { agreedWeights } from '../../kernels/trust/agreed-weights.js';
import { SparseRatings } from '../../kernels/trust/sparse-ratings.js';
import { NodeState } from '../../model/columns/nodes.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { FadingPenalties } from '../../model/contract/ratings/fading-penalties.js';
import { WitnessRatings } from '../../model/contract/ratings/witness-ratings.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { choice, fraction } from '../../model/contract/settings.js';

/** Bonds below this share of a subject's are dropped. */
const leastBond = 1e-9;

/**
 * Weights of validators, clipped to what the majority of the stake holds, at epochs' ends (Yuma consensus): a witness
 * is a validator by its node's stake, and weighs a node by the share of its attempts that it signed.
 *
 * Of what is paid, nodes share a part by their incentive, the weights after clipping, and a part by the dividends of
 * their bonds with those whom they weighed early and rightly. The score of a node is e/(e + 1/n) for its share e, so
 * that 0.5 is an equal share. What was found without witnesses is held by a validator with as much stake as all others
 * together. Ratings fade by a factor an epoch, and so does a penalty on the score.
 *
 * Source: Yuma consensus, subtensor documentation, docs/consensus.md; κ among a node's raters is this project's
 * reading for networks in which nobody observes everybody.
 */
export const consensusWeights = defineReputationModel({
  kind: 'consensus-weights',
  meaning: 'Share of pay by witnesses’ weights, clipped to what the majority of the stake holds, and by bonds.',
  settings: z.strictObject({
    kind: z.literal('consensus-weights'),
    kappa: fraction({ meaning: 'Share κ of the stake that must hold at least a weight for it to count' }).default(0.5),
    among: choice(['raters', 'all'], {
      meaning: 'Of whose stake: of those who observed the node, or of all validators',
    }).default('raters'),
    bondRate: fraction({ meaning: 'Part α of the bonds that is new, an epoch' }).default(0.1),
    bondClipping: fraction({
      meaning: 'How far bonds follow the clipped weights (β), and not those that were set',
    }).default(1),
    dividendShare: fraction({ meaning: 'Part ξ of the pay that goes by dividends; incentives have the rest' }).default(
      0.5,
    ),
    forgetting: fraction({ meaning: 'Factor on ratings and penalties, an epoch; 1 forgets nothing' }).default(0.9),
  }),
  measures: ['incentiveFraction', 'dividendFraction'],
  ignoresCheckIns: true,
  // nobody has a share before anybody was paid
  scores: () => ({ lowest: 0, reachesLowest: true, highest: 1, initial: 0.5, unworked: 0.5 }),
  create: (settings, context): ReputationModel => {
    const { nodes } = context;
    const witnesses = new WitnessRatings(context);
    const { network, raters, sparse } = witnesses;
    const bonds = new SparseRatings(raters, leastBond);
    const penalties = new FadingPenalties(context);
    const incentive = context.measure('incentiveFraction', {
      unit: 'fraction',
      meaning: 'Its share of what nodes are paid for service, at the last epoch’s end',
    });
    const dividend = context.measure('dividendFraction', {
      unit: 'fraction',
      meaning: 'Its share of what validators are paid, at the last epoch’s end',
    });
    const stake = new Float64Array(raters);
    let equalShare = Number.NaN;
    /** Whether anything was ever paid: before that nobody has a share. */
    let isPaid = false;

    const isThere = (node: number) => node === network || nodes.state[node] === NodeState.present;
    /** By validator; the network is one where it has found anything by itself. */
    const weighStakes = () => {
      let [all, present] = [0, 0];
      for (let node = 0; node < nodes.count; node++) {
        stake[node] = isThere(node) ? nodes.stake[node]! : 0;
        all += stake[node]!;
        present += Number(isThere(node));
      }
      stake[network] = sparse.rater.includes(network) ? Math.max(1, all) : 0;
      equalShare = 1 / present;
    };
    const pay = () => {
      const { among, bondClipping: beta, bondRate, kappa } = settings.now;
      const { negative, positive, rater, size, subject } = sparse;
      const weight = new Float64Array(size);
      for (let place = 0; place < size; place++) {
        if (isThere(subject[place]!)) weight[place] = positive[place]! / (positive[place]! + negative[place]!);
      }
      const pairs = { peers: raters, validator: rater, subject, weight };
      const agreed = agreedWeights(pairs, { stake, kappa, beta, among });
      for (let place = 0; place < size; place++) {
        if (agreed.bonded[place]! > 0) bonds.add(rater[place]!, subject[place]!, bondRate * agreed.bonded[place]!);
      }
      bonds.fold(1 - bondRate);
      share(agreed.incentive);
    };
    /** What each node is paid of a whole of 1: by its incentive, and by the dividends of its bonds. */
    const share = (paid: Float64Array) => {
      const { positive, rater, size, subject } = bonds;
      const brought = new Float64Array(raters);
      let all = 0;
      for (let place = 0; place < size; place++) {
        if (rater[place] === network) continue;
        const dividends = positive[place]! * paid[subject[place]!]!;
        brought[rater[place]!]! += dividends;
        all += dividends;
      }
      for (let node = 0; node < nodes.count; node++) {
        incentive[node] = paid[node]!;
        // where no node is a validator, all is paid for service
        dividend[node] = all > 0 ? brought[node]! / all : paid[node]!;
        isPaid ||= paid[node]! > 0;
      }
    };
    const forget = (node: number): number => {
      sparse.forget(node);
      bonds.forget(node);
      penalties.forget(node);
      return 0.5;
    };
    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => 0.5,
      nodeJoined: forget,
      historyReset: forget,
      scoreMoved: (node, change) => penalties.move(node, change),
      scoreAfter: (evidence, score) => {
        witnesses.hear(evidence, 1);
        return score;
      },
      reckon: () => {
        const { forgetting } = settings.now;
        sparse.fold(forgetting);
        weighStakes();
        pay();
        penalties.fade(forgetting);
      },
      scoreAtEpoch: (node, score) => {
        const { dividendShare } = settings.now;
        if (!isPaid) return score;
        const own = (1 - dividendShare) * incentive[node]! + dividendShare * dividend[node]!;
        return penalties.applied(node, own / (own + equalShare));
      },
    };
  },
});
