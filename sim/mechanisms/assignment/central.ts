import { z } from 'zod';
import { PolicyCause } from '../../model/columns/unserved-reason.js';
import { defineOraclePolicy } from '../../model/contract/definition.js';
import { firstByRank } from '../../model/contract/first-by-rank.js';

/**
 * An oracle that knows who computes right: no policy that goes by evidence can do better at it.
 *
 * It is the one mechanism that sees the truth, as a bound to hold others against.
 */
export const central = defineOraclePolicy({
  kind: 'central',
  ignoresBids: true,
  meaning:
    'The open node that is truly the likeliest to answer right, never an attacker: what no real policy can know.',
  usesTruth: true,
  ignoresScores: () => true,
  settings: z.strictObject({ kind: z.literal('central') }),
  create: (_settings, context) => {
    const { nodes, quality } = context;
    const policy = firstByRank(context, (node) => (quality(node) > 0 ? -quality(node) : Number.POSITIVE_INFINITY));
    return {
      ...policy,
      passesOver: () => PolicyCause.quality,
      // bugs come and go without a node's own doing
      epochEnded: () => {
        for (let node = 0; node < nodes.count; node++) policy.nodeChanged(node);
      },
    };
  },
});
