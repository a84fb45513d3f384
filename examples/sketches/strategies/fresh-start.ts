import { z } from 'zod';
import { NodeState } from '../../../sim/model/columns/nodes.js';
import { defineStrategy } from '../../../sim/model/contract/definition.js';
import { count, quantity } from '../../../sim/model/contract/settings.js';
import { alwaysWrong } from '../../../sim/strategies/lies/always-wrong.js';

const lies = alwaysWrong.settings.parse({ kind: 'always-wrong' });

/** Lies until its score is low, and then re-enters with a fresh identity. */
export const freshStart = defineStrategy({
  kind: 'fresh-start',
  meaning: 'Leaves a spoilt identity and enters a fresh one.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('fresh-start'),
    low: quantity({ unit: 'score', least: 0, most: 2, meaning: 'Score below which it leaves' }),
    identities: count({ unit: 'identities', least: 1, most: 100, meaning: 'Identities for each that it declares' }),
  }),
  plan: (settings, identities) => ({
    ...alwaysWrong.plan(lies, identities),
    identitiesMost: identities * settings.identities,
  }),
  create: (settings, context, attack) => ({
    ...alwaysWrong.create(lies, context, attack),
    wake: (actions) => {
      const { nodes } = context;
      for (const node of context.nodesOf(actions.operator)) {
        if (nodes.state[node] !== NodeState.present || nodes.score[node]! >= settings.low) continue;
        if (actions.join(node)) actions.leave(node);
      }
    },
  }),
});
