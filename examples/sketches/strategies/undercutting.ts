import { z } from 'zod';
import { NodeState } from '../../../sim/model/columns/nodes.js';
import { defineStrategy } from '../../../sim/model/contract/definition.js';
import { duration, fraction } from '../../../sim/model/contract/settings.js';
import { honest } from '../../../sim/strategies/honest.js';

const plain = honest.settings.parse({ kind: 'honest' });

/** Undercuts everybody for a while, and then raises its prices. */
export const undercutting = defineStrategy({
  kind: 'undercutting',
  meaning: 'Undercuts, then raises prices.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('undercutting'),
    low: fraction({ meaning: 'Share of the fee that it asks for at first' }).default(0.3),
    high: fraction({ meaning: 'Share of the fee that it asks for later' }).default(1),
    until: duration({ meaning: 'When it raises its prices' }),
  }),
  plan: (_settings, identities) => honest.plan(plain, identities),
  bids: () => true,
  create: (settings, context, attack) => ({
    ...honest.create(plain, context, attack),
    bid: () => settings.low,
    wake: (actions) => {
      if (context.now() < settings.until) return;
      for (const node of context.nodesOf(actions.operator)) {
        if (context.nodes.state[node] === NodeState.present) actions.bid(node, settings.high);
      }
    },
  }),
});
