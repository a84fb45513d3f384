import { z } from 'zod';
import { subjectiveLogic as logic } from '../../kernels/trust/subjective-logic.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { FadingPenalties } from '../../model/contract/ratings/fading-penalties.js';
import { WitnessRatings } from '../../model/contract/ratings/witness-ratings.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { fraction } from '../../model/contract/settings.js';

/**
 * Subjective logic: the probability b + a·u that one expects of the opinion on a node, at epochs' ends, so that a node
 * of which little is known is near the base rate a, whatever the little is.
 *
 * The opinion is fused of what each witness holds of the node by what it signed and refused, discounted by the
 * probability expected of the witness itself at the last reckoning; what was found without witnesses is the network's
 * own evidence and counts whole. After n successes and no failure it is (n + 2a)/(n + 2). Evidence fades by a factor an
 * epoch, and so does a penalty on the score.
 *
 * Sources: A. Jøsang, A logic for uncertain probabilities, 2001; A. Jøsang, S. Marsh, S. Pope, Exploring different
 * types of trust propagation, iTrust 2006 (base rate sensitive discounting).
 */
export const subjectiveLogic = defineReputationModel({
  kind: 'subjective-logic',
  meaning: 'Expected probability of an opinion with uncertainty, fused of what witnesses hold, discounted by theirs.',
  settings: z.strictObject({
    kind: z.literal('subjective-logic'),
    baseRate: fraction({ meaning: 'Base rate a: score of a node of which nothing is known' }).default(0.5),
    forgetting: fraction({ meaning: 'Factor on evidence and penalties, an epoch; 1 forgets nothing' }).default(0.99),
  }),
  measures: ['uncertainty'],
  ignoresCheckIns: true,
  scores: ({ baseRate }) => ({
    lowest: 0,
    reachesLowest: true,
    highest: 1,
    initial: baseRate,
    unworked: baseRate,
  }),
  create: (settings, context): ReputationModel => {
    const { nodes } = context;
    const witnesses = new WitnessRatings(context);
    const { network, sparse } = witnesses;
    const penalties = new FadingPenalties(context);
    const expected = context.column().fill(settings.now.baseRate);
    /** Evidence for and against each node, as discounted. */
    const evidenceFor = context.column();
    const evidenceAgainst = context.column();
    const uncertainty = context.measure('uncertainty', {
      unit: 'fraction',
      meaning: 'Uncertainty of the opinion on it, at the last epoch’s end',
    });

    const forget = (node: number): number => {
      sparse.forget(node);
      penalties.forget(node);
      expected[node] = settings.now.baseRate;
      uncertainty[node] = 1;
      return settings.now.baseRate;
    };
    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => settings.now.baseRate,
      nodeJoined: forget,
      historyReset: forget,
      scoreMoved: (node, change) => penalties.move(node, change),
      scoreAfter: (evidence, score) => {
        witnesses.hear(evidence, 1);
        return score;
      },
      reckon: () => {
        const { baseRate, forgetting } = settings.now;
        sparse.fold(forgetting);
        const { negative, positive, rater, size, subject } = sparse;
        evidenceFor.fill(0);
        evidenceAgainst.fill(0);
        for (let place = 0; place < size; place++) {
          const [by, of] = [rater[place]!, subject[place]!];
          const [own, other] = [positive[place]!, negative[place]!];
          const probability = by === network ? 1 : expected[by]!;
          evidenceFor[of]! += logic.toldEvidence(own, own + other, probability);
          evidenceAgainst[of]! += logic.toldEvidence(other, own + other, probability);
        }
        for (let node = 0; node < nodes.count; node++) {
          const opinion = logic.opinion(evidenceFor[node]!, evidenceAgainst[node]!, baseRate);
          expected[node] = logic.expectation(opinion);
          uncertainty[node] = opinion.uncertainty;
        }
        penalties.fade(forgetting);
      },
      scoreAtEpoch: (node) => penalties.applied(node, expected[node]!),
    };
  },
});
