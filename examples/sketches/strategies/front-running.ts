import { z } from 'zod';
import { defineStrategy } from '../../../sim/model/contract/definition.js';
import { duration } from '../../../sim/model/contract/settings.js';
import { honest } from '../../../sim/strategies/honest.js';

/** Serves honestly, asks for its stake, and lies in the last days before it goes. */
export const exitScam = defineStrategy({
  kind: 'front-running',
  meaning: 'Asks to unstake, then cheats, then leaves.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('front-running'),
    from: duration({ meaning: 'When it asks for its stake and begins to lie' }),
    leaves: duration({ meaning: 'When it goes' }),
  }),
  plan: (_settings, identities) => honest.plan(honest.settings.parse({ kind: 'honest' }), identities),
  create: (settings, context, attack) => {
    const upright = honest.create(honest.settings.parse({ kind: 'honest' }), context, attack);
    return {
      ...upright,
      answer: (node, attempt) =>
        context.now() >= settings.from ? context.truth.loneLie(attempt, 0.1) : upright.answer(node, attempt),
      wake: (actions) => {
        for (const node of context.nodesOf(actions.operator)) {
          if (context.now() >= settings.leaves) actions.leave(node);
          else if (context.now() >= settings.from) actions.unstake(node, Math.floor(context.nodes.stake[node]! / 2));
        }
      },
    };
  },
});
