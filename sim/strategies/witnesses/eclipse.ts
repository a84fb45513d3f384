import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsEpochs, needsWitnesses } from '../../model/contract/cohorts/preconditions.js';
import { markTargets, targetsRemarks, targetsSetting } from '../../model/contract/cohorts/targets.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { probability } from '../../model/contract/settings.js';
import { honestAnswer } from '../honest.js';

/**
 * Members of the attack crowd round their victims, so that the network draws them as witnesses of these, and see
 * nothing of what the victims do (Heilman et al. 2015).
 */
export const eclipse = defineStrategy({
  kind: 'eclipse',
  meaning: 'Fills the panels of witnesses of its victims, and refuses to sign for them.',
  formula: 'P(a member sits in a place of a victim’s panel) = probability',
  source: 'Heilman, Kendler, Zohar and Goldberg 2015, Eclipse attacks on Bitcoin’s peer-to-peer network',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('eclipse'),
    targets: targetsSetting,
    probability: probability({
      meaning: 'Probability with which a member sits in each place of a victim’s panel',
    }).default(1),
  }),
  remarks: (settings, outline, _nodes, _funds, standing) => {
    const lacking = [...needsWitnesses(outline, 'so that there is no panel to fill'), ...needsEpochs(outline)];
    if (lacking.length > 0) return lacking;
    if (settings.probability === 0) {
      const why = 'so that it sits on no panel but those it is drawn for';
      return [{ setting: 'probability', expected: 'above 0', found: '0', why }];
    }
    return targetsRemarks(settings.targets, standing);
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context, attack): Strategy => {
    const { attempts, nodes } = context;
    const { isMember, targets } = attack;
    return {
      accepts: () => true,
      workFraction: () => 1,
      answer: (_node, attempt) => honestAnswer(context, attempt),
      attests: (_observer, attempt, observed) => {
        const subject = attempts.node[attempt]!;
        if (targets.has(subject)) return Attestation.refuses;
        return observed || isMember(subject) ? Attestation.signs : Attestation.refuses;
      },
      votes: (_juror, _subject, shown) => shown,
      wake: (actions) => {
        markTargets(nodes, attack, settings.targets);
        for (const target of targets) actions.eclipse(target, settings.probability);
      },
    };
  },
});
