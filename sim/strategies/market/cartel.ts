import { z } from 'zod';
import { NodeState } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsBids, needsEpochs } from '../../model/contract/cohorts/preconditions.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { duration, fraction, toDuration } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/**
 * Honest work at prices that its members agree on: below everybody’s until a day, to have the work and drive others
 * out, and then higher ones (predatory pricing: Areeda and Turner 1975).
 */
export const cartel = defineStrategy({
  kind: 'cartel',
  meaning: 'Undercuts everybody for a while, and then raises its prices together.',
  formula: 'bid = low before until, high from then on',
  source: 'Predatory pricing; told of by operators of a network for transcoding (Livepeer)',
  isAttacker: true,
  settings: z
    .strictObject({
      kind: z.literal('cartel'),
      low: fraction({ meaning: 'Share of the fee that its members ask for at first' }).default(0.3),
      high: fraction({ meaning: 'Share of the fee that they ask for afterwards' }).default(1),
      until: duration({
        positive: true,
        meaning: 'When they raise it, at the first end of an epoch from then on',
      }).prefault('7d'),
    })
    .refine(({ low, high }) => low < high, { path: ['low'], message: 'expected less than high' }),
  remarks: ({ until }, outline) => {
    const found: Remark[] = [...needsEpochs(outline), ...needsBids(outline, '', 'none')];
    if (until >= outline.horizonSeconds) {
      const expected = `a time before the horizon, ${toDuration(outline.horizonSeconds)}`;
      found.push({ setting: 'until', expected, found: toDuration(until), why: 'so that prices are never raised' });
    }
    return found;
  },
  plan: (_settings, identities) => oneEach(identities),
  bids: () => true,
  create: ({ low, high, until }, context): Strategy => {
    const { nodes } = context;
    return {
      ...honestService(context),
      bid: () => (context.now() < until ? low : high),
      wake: (actions) => {
        if (context.now() < until) return;
        for (const node of context.nodesOf(actions.operator)) {
          if (nodes.state[node] === NodeState.present) actions.bid(node, high);
        }
      },
    };
  },
});
