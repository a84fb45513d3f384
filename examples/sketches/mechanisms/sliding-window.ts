import { z } from 'zod';
import { defineReputationModel } from '../../../sim/model/contract/definition.js';
import { EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { count } from '../../../sim/model/contract/settings.js';

/** Successes among a node's last jobs: so many places a node in a column. */
export const slidingWindow = defineReputationModel({
  kind: 'sliding-window',
  meaning: 'Share of successes among the last jobs.',
  settings: z.strictObject({
    kind: z.literal('sliding-window'),
    jobs: count({ unit: 'jobs', least: 1, most: 1_000, meaning: 'Jobs in the window' }).default(50),
  }),
  create: (settings, { column, kinds }) => {
    const width = settings.now.jobs;
    const [outcomes, made, right] = [column(width), column(), column()];
    const scoreOf = (node: number) => Math.max(0, Math.min(1, (right[node]! + 1) / (Math.min(made[node]!, width) + 2)));
    const forget = (node: number) => {
      outcomes.fill(0, node * width, (node + 1) * width);
      made[node] = 0;
      right[node] = 0;
      return 0.5;
    };
    return {
      ...{ lowest: () => 0, highest: () => 1, prior: () => 0.5, nodeJoined: forget, historyReset: forget },
      scoreMoved: (node, change) => {
        right[node]! += change * (Math.min(made[node]!, width) + 2);
        return scoreOf(node);
      },
      scoreAfter: ({ job, kind, subject }, score) => {
        if (job < 0 || (kind !== EvidenceKind.success && kinds.isFailure[kind] !== 1)) return score;
        const outcome = kind === EvidenceKind.success ? 1 : 0;
        const place = subject * width + (made[subject]!++ % width);
        right[subject]! += outcome - outcomes[place]!;
        outcomes[place] = outcome;
        return scoreOf(subject);
      },
    };
  },
});
