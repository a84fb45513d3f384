import { z } from 'zod';
import { liquidRank as rankOf } from '../../kernels/trust/liquid-rank.js';
import { NONE } from '../../model/columns/nodes.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import type { Evidence } from '../../model/contract/evidence.js';
import { FadingPenalties } from '../../model/contract/ratings/fading-penalties.js';
import { WitnessRatings } from '../../model/contract/ratings/witness-ratings.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { choice, flag, fraction } from '../../model/contract/settings.js';
import { microTokens } from '../../model/contract/units.js';

/**
 * Liquid rank: at each epoch's end dR is the mean of what witnesses signed (1) and refused (−1) in it, each times the
 * witness's rank of before, normalised over all who were rated; R ← (1 − c)·dR + c·R.
 *
 * Of the epoch's ratings the highest is 1 and, with the full range, the lowest 0: ranks tell who is better, not how
 * good anybody is. What was found without witnesses is the network's own rating, by a rank of 1. A penalty on the score
 * fades as ranks do.
 *
 * Source: A. Kolonin and others, A reputation system for artificial societies, 2018 (SingularityNET).
 */
export const liquidRank = defineReputationModel({
  kind: 'liquid-rank',
  meaning: 'Mean of an epoch’s ratings, each times the rank of who gave it, normalised and averaged with the past.',
  settings: z.strictObject({
    kind: z.literal('liquid-rank'),
    conservatism: fraction({ meaning: 'Share c of a rank that stays at each epoch’s end' }).default(0.5),
    initial: fraction({ meaning: 'Rank of a new node' }).default(0.5),
    unrated: fraction({ meaning: 'Rank towards which goes a node that nobody rated in the epoch' }).default(0.5),
    weighting: choice(['equal', 'fee'], {
      meaning: 'What a rating counts: all alike, or by the fee of the job that it is of',
    }).default('equal'),
    downrates: flag({ meaning: 'Whether a refusal counts −1, else 0' }).default(true),
    logarithmic: flag({ meaning: 'Whether means are taken by their logarithm' }).default(false),
    fullRange: flag({ meaning: 'Whether the lowest of an epoch is 0, else only the highest is 1' }).default(true),
  }),
  ignoresCheckIns: true,
  scores: ({ fullRange, initial, unrated }) => {
    const range = { lowest: 0, reachesLowest: true, highest: 1, initial };
    // spread over the full range, ranks depend on one another
    return fullRange ? range : { ...range, unworked: Math.max(initial, unrated) };
  },
  create: (settings, context): ReputationModel => {
    const { jobs } = context;
    const witnesses = new WitnessRatings(context);
    const { network, raters, sparse } = witnesses;
    const penalties = new FadingPenalties(context);
    const ranks = new Float64Array(raters).fill(settings.now.initial);

    const forget = (node: number): number => {
      sparse.forget(node);
      penalties.forget(node);
      ranks[node] = settings.now.initial;
      return settings.now.initial;
    };
    const weightOf = ({ job }: Evidence) =>
      job === NONE || settings.of(job).weighting === 'equal' ? 1 : jobs.fee[job]! / microTokens;
    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => settings.now.initial,
      nodeJoined: forget,
      historyReset: forget,
      scoreMoved: (node, change) => penalties.move(node, change),
      scoreAfter: (evidence, score) => {
        witnesses.hear(evidence, weightOf(evidence));
        return score;
      },
      reckon: () => {
        const { conservatism, downrates, fullRange, logarithmic, unrated } = settings.now;
        sparse.fold(0);
        const { negative, positive, rater, size, subject } = sparse;
        const [value, weight] = [new Float64Array(size), new Float64Array(size)];
        for (let place = 0; place < size; place++) {
          weight[place] = positive[place]! + negative[place]!;
          value[place] = (positive[place]! - (downrates ? negative[place]! : 0)) / weight[place]!;
        }
        ranks[network] = 1;
        const options = { conservatism, unrated, isLogarithmic: logarithmic, isFullRange: fullRange };
        ranks.set(rankOf({ peers: raters, rater, subject, value, weight }, ranks, options));
        penalties.fade(conservatism);
      },
      scoreAtEpoch: (node) => penalties.applied(node, ranks[node]!),
    };
  },
});
