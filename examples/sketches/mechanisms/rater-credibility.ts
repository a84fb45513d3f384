import { z } from 'zod';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { defineReputationModel } from '../../../sim/model/contract/definition.js';
import { EvidenceKind } from '../../../sim/model/contract/evidence.js';

/** A success counts as much as those are trusted who signed for it, as PeerTrust weighs ratings. */
export const raterCredibility = defineReputationModel({
  kind: 'rater-credibility',
  meaning: 'Successes weighed by the scores of those who signed for them.',
  settings: z.strictObject({ kind: z.literal('rater-credibility') }),
  create: (_settings, { attempts, column, kinds, nodes, panels }) => {
    const [good, total] = [column(), column()];
    const trustIn = (attempt: number) => {
      let [sum, all] = [0, 0];
      for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!) {
        for (let place = 0; place < panels.asked[panel]!; place++) {
          const member = panels.repliedOf(panel, place);
          if (member === NONE || panels.hasRefused(panel, place)) continue;
          [sum, all] = [sum + nodes.score[member]!, all + 1];
        }
      }
      return (sum + 0.5) / (all + 1);
    };
    const forget = (node: number) => {
      good[node] = total[node] = 0;
      return 0.5;
    };
    return {
      ...{ lowest: () => 0, highest: () => 1, prior: () => 0.5, nodeJoined: forget, historyReset: forget },
      scoreMoved: (node, change) => Math.max(0, nodes.score[node]! + change),
      scoreAfter: ({ attempt, kind, subject }, score) => {
        if (attempt === NONE || (kind !== EvidenceKind.success && kinds.isFailure[kind] !== 1)) return score;
        const weight = kind === EvidenceKind.success ? trustIn(attempt) : 1;
        if (kind === EvidenceKind.success) good[subject]! += weight;
        total[subject]! += weight;
        return (good[subject]! + 1) / (total[subject]! + 2);
      },
    };
  },
});
