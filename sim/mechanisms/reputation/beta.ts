import { z } from 'zod';
import { fadedShare, SuccessCounts } from '../../kernels/scores/success-counts.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { type Evidence, EvidenceKind } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { duration, flag, fraction } from '../../model/contract/settings.js';

/**
 * Beta reputation: r ← λr + x, s ← λs + (1 − x), R = (r + 1)/(r + s + 2), the mean of Beta(r + 1, s + 1).
 *
 * A penalty on the score counts as so many failures at once, at most 1/(1 − λ) of them; what exceeds that, it takes
 * from the successes. A bonus counts the other way round. With a half-life, what was counted fades at the end of each
 * epoch by 2^(−epoch/halfLife), too, so that the score of an idle node goes back to 0.5.
 *
 * Source: A. Jøsang, R. Ismail, The Beta reputation system, 15th Bled Electronic Commerce Conference (2002).
 */
export const beta = defineReputationModel({
  kind: 'beta',
  meaning: 'Mean of the Beta distribution over successes and failures, older ones forgotten by a factor a job.',
  settings: z.strictObject({
    kind: z.literal('beta'),
    forgetting: fraction({ meaning: 'Factor λ on what was counted, at each job; 1 forgets nothing' }).default(0.99),
    halfLife: z
      .union(
        [
          duration({ positive: true, meaning: 'Time in which half of what was counted is forgotten, at epochs’ ends' }),
          z.literal('unlimited'),
        ],
        'expected a duration such as 30d, or unlimited',
      )
      .describe('Time in which half of what was counted is forgotten, at epochs’ ends')
      .default('unlimited'),
    byClass: flag({ meaning: 'Keep a score for each job class, too, from what was counted of its jobs' }).default(
      false,
    ),
  }),
  ignoresCheckIns: true,
  // failures alone come to 1/(1 − λ) of them
  scores: ({ forgetting }) => ({
    lowest: (1 - forgetting) / (1 + 2 * (1 - forgetting)),
    reachesLowest: forgetting === 0,
    highest: 1,
    initial: 0.5,
    unworked: 0.5,
  }),
  create: (settings, context): ReputationModel => {
    const classCount = settings.now.byClass ? context.classes.length : 0;
    const all = new SuccessCounts(() => context.column());
    const ofClass = new SuccessCounts(() => context.column(classCount));
    /** When the epoch before this one ended [s]. */
    let reckonedAt = 0;
    let share = 1;

    const scoreAfter = (counts: SuccessCounts, row: number, { kind, job }: Evidence, score: number) => {
      const isSuccess = kind === EvidenceKind.success;
      if (!isSuccess && context.kinds.isFailure[kind] !== 1) return score;
      return counts.count(row, isSuccess, settings.of(job).forgetting);
    };
    const forget = (node: number) => {
      all.reset(node, node + 1);
      ofClass.reset(node * classCount, (node + 1) * classCount);
    };
    const model: ReputationModel = {
      lowest: () => 0,
      highest: () => 1,
      prior: () => 0.5,
      nodeJoined: forget,
      scoreMoved: (node, change) => all.move(node, change, settings.now.forgetting),
      historyReset: (node) => {
        forget(node);
        return 0.5;
      },
      scoreAfter: (evidence, score) => scoreAfter(all, evidence.subject, evidence, score),
      reckon: () => {
        const { halfLife } = settings.now;
        share = fadedShare(context.now() - reckonedAt, halfLife === 'unlimited' ? Number.POSITIVE_INFINITY : halfLife);
        reckonedAt = context.now();
      },
      scoreAtEpoch: (node, score) => (share === 1 ? score : all.fade(node, share)),
    };
    if (!settings.now.byClass) return model;
    return {
      ...model,
      classScores: {
        scoreAfter: (evidence, score) =>
          scoreAfter(ofClass, evidence.subject * classCount + evidence.jobClass, evidence, score),
        scoreMoved: (node, jobClass, change) =>
          ofClass.move(node * classCount + jobClass, change, settings.now.forgetting),
        scoreAtEpoch: (node, jobClass, score) =>
          share === 1 ? score : ofClass.fade(node * classCount + jobClass, share),
      },
    };
  },
});
