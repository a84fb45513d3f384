import { z } from 'zod';
import { defineStrategy } from '../../../sim/model/contract/definition.js';
import { quantity } from '../../../sim/model/contract/settings.js';
import { honest } from '../../../sim/strategies/honest.js';

const plain = honest.settings.parse({ kind: 'honest' });
const score = (meaning: string) => quantity({ unit: 'score', least: 0, most: 2, meaning });

/** Cheats while its score is high, and repairs it once that is low. */
export const onOff = defineStrategy({
  kind: 'milking',
  meaning: 'Cheats at a high score, repairs at a low one.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('milking'),
    high: score('Score above which it begins to cheat'),
    low: score('Score below which it stops'),
  }),
  plan: (_settings, identities) => honest.plan(plain, identities),
  create: (settings, context, attack) => {
    const upright = honest.create(plain, context, attack);
    const isCheating = new Uint8Array(context.nodes.capacity);
    const cheats = (node: number) => {
      const own = context.nodes.score[node]!;
      if (own > settings.high) isCheating[node] = 1;
      else if (own < settings.low) isCheating[node] = 0;
      return isCheating[node] === 1;
    };
    return {
      ...upright,
      answer: (node, attempt) => (cheats(node) ? context.truth.loneLie(attempt, 0.1) : upright.answer(node, attempt)),
    };
  },
});
