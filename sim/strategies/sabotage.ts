import { z } from 'zod';
import { oneEach } from '../model/contract/cohorts/cohort-plan.js';
import { needsEpochs } from '../model/contract/cohorts/preconditions.js';
import { markTargets, targetsRemarks, targetsSetting } from '../model/contract/cohorts/targets.js';
import { defineStrategy } from '../model/contract/definition.js';
import { Purpose } from '../model/contract/purposes.js';
import type { Strategy } from '../model/contract/roles.js';
import { duration, probability } from '../model/contract/settings.js';
import { honestService } from './honest.js';

/** Takes rivals' machines down, such as by flooding them: they miss jobs and check-ins. It works honestly itself. */
export const sabotage = defineStrategy({
  kind: 'sabotage',
  meaning: 'Takes the machines of rivals down for a while, at a price a strike; works honestly itself.',
  formula: 'P(strikes a target at an epoch’s end) = probability, at money.strike USD each',
  source:
    'Denial of service in Hoffman, Zage and Nita-Rotaru 2009, A survey of attack and defense techniques for ' +
    'reputation systems',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('sabotage'),
    targets: targetsSetting,
    probability: probability({ meaning: 'Probability that it strikes a target at the end of an epoch' }).default(1),
    for: duration({ positive: true, meaning: 'How long the machine is down' }).prefault('6h'),
  }),
  remarks: (settings, outline, _nodes, _funds, standing) => {
    const lacking = needsEpochs(outline);
    if (lacking.length > 0) return lacking;
    if (settings.probability === 0) {
      return [{ setting: 'probability', expected: 'above 0', found: '0', why: 'so that it never strikes' }];
    }
    return targetsRemarks(settings.targets, standing);
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context, attack): Strategy => {
    /** The epoch at whose end it struck last: its operators strike together. */
    let struckIn = 0;
    return {
      ...honestService(context),
      wake: (actions) => {
        if (struckIn === actions.epoch) return;
        struckIn = actions.epoch;
        markTargets(context.nodes, attack, settings.targets);
        for (const target of attack.targets) {
          if (context.uniformOf(target, actions.epoch, Purpose.sabotage) >= settings.probability) continue;
          actions.forceOutage(target, settings.for);
        }
      },
    };
  },
});
