import { z } from 'zod';
import { NodeState } from '../model/columns/nodes.js';
import { oneEach } from '../model/contract/cohorts/cohort-plan.js';
import { needsEpochs } from '../model/contract/cohorts/preconditions.js';
import { defineStrategy } from '../model/contract/definition.js';
import { Purpose } from '../model/contract/purposes.js';
import type { Strategy } from '../model/contract/roles.js';
import { probability } from '../model/contract/settings.js';
import { honestService } from './honest.js';

/** Signs two things that contradict each other, such as two blocks of one height; at jobs it works honestly. */
export const equivocate = defineStrategy({
  kind: 'equivocate',
  meaning: 'Signs two things that contradict each other now and then; works honestly at jobs.',
  formula: 'P(signs twice in an epoch) = probability; found with protocol.seesDoubleSigning',
  source: 'Double signing, as networks with proof of stake slash it',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('equivocate'),
    probability: probability({ meaning: 'Probability that a node does so at the end of an epoch' }).default(0.1),
  }),
  remarks: (settings, outline) => {
    if (settings.probability === 0) {
      return [{ setting: 'probability', expected: 'above 0', found: '0', why: 'so that it never does' }];
    }
    if (outline.seesDoubleSigning > 0) return needsEpochs(outline);
    const why = 'so that nobody ever sees it';
    return [{ setting: '', expected: 'a protocol.seesDoubleSigning above 0', found: '0', why }];
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { nodes } = context;
    return {
      ...honestService(context),
      wake: (actions) => {
        for (const node of context.nodesOf(actions.operator)) {
          if (nodes.state[node] !== NodeState.present) continue;
          if (context.uniformOf(node, actions.epoch, Purpose.equivocation) < settings.probability) {
            actions.equivocate(node);
          }
        }
      },
    };
  },
});
