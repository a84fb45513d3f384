import { z } from 'zod';
import { defineReputationModel } from '../../model/contract/definition.js';
import { type Evidence, EvidenceKind } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { flag, fraction } from '../../model/contract/settings.js';

/** Exponential moving average, R ← max(floor, (1 − α)R + αx) with x = 1 for a success and 0 for a failure. */
export const ema = defineReputationModel({
  kind: 'ema',
  meaning: 'Exponential moving average of successes (1) and failures (0); half-life ln 0.5 / ln(1 − α) jobs.',
  settings: z
    .strictObject({
      kind: z.literal('ema'),
      alpha: fraction({ meaning: 'Weight α of the newest job' }).default(0.05),
      floor: fraction({ meaning: 'Lowest score' }).default(0.01),
      initial: fraction({ meaning: 'Score of a new node' }).default(0.5),
      byClass: flag({ meaning: 'Keep an average for each job class, too, of its jobs alone' }).default(false),
    })
    .refine((settings) => settings.floor <= settings.initial, {
      path: ['initial'],
      message: 'expected a score of at least the floor',
    }),
  ignoresCheckIns: true,
  scores: ({ floor, initial }) => ({ lowest: floor, reachesLowest: floor > 0, highest: 1, initial, unworked: initial }),
  remarks: ({ alpha }) =>
    alpha > 0
      ? []
      : [{ setting: 'alpha', expected: 'a weight above 0', found: '0', why: 'so that no score ever moves' }],
  create: (settings, { classes, kinds, nodes }): ReputationModel => {
    const scoreAfter = (evidence: Evidence, score: number) => {
      let outcome: number;
      if (evidence.kind === EvidenceKind.success) outcome = 1;
      else if (kinds.isFailure[evidence.kind] === 1) outcome = 0;
      else return score;
      const { alpha } = settings.of(evidence.job);
      return Math.max(settings.now.floor, (1 - alpha) * score + alpha * outcome);
    };
    const moved = (score: number, change: number) => Math.max(settings.now.floor, Math.min(1, score + change));
    const model: ReputationModel = {
      lowest: () => settings.now.floor,
      highest: () => 1,
      prior: () => settings.now.initial,
      scoreMoved: (node, change) => moved(nodes.score[node]!, change),
      historyReset: () => settings.now.initial,
      scoreAfter,
    };
    if (!settings.now.byClass) return model;
    return {
      ...model,
      classScores: {
        scoreAfter,
        scoreMoved: (node, jobClass, change) => moved(nodes.classScore[node * classes.length + jobClass]!, change),
      },
    };
  },
});
