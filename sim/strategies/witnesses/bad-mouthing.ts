import { z } from 'zod';
import type { NodeIndex } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsVoters } from '../../model/contract/cohorts/preconditions.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { choice, probability } from '../../model/contract/settings.js';
import { honestService, witnessLuck } from '../honest.js';

/**
 * Serves honestly, and refuses to sign for others whatever it saw, so that they seem to have failed (slandering:
 * Dellarocas 2000; Hoffman, Zage and Nita-Rotaru 2009); as a juror it finds against them. For members of its attack it
 * says what it saw.
 */
export const badMouthing = defineStrategy({
  kind: 'bad-mouthing',
  meaning: 'Serves honestly, and as a witness or juror reports failures of others that there weren’t.',
  formula: 'P(refuses, or finds against | saw it done right, by a rival) = slanderProbability',
  source:
    'Slandering in Hoffman, Zage and Nita-Rotaru 2009, A survey of attack and defense techniques for reputation ' +
    'systems; Dellarocas 2000, Immunizing online reputation reporting systems',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('bad-mouthing'),
    slanderProbability: probability({ meaning: 'Probability that it refuses what it saw was right' }).default(1),
    rivals: choice(['all', 'alike'], {
      meaning: 'Whom it slanders: everybody else, or who declares the same hardware and region as it does',
    }).default('all'),
  }),
  remarks: ({ slanderProbability }, outline) =>
    slanderProbability > 0
      ? needsVoters(outline, 'so that it slanders nobody')
      : [{ setting: 'slanderProbability', expected: 'above 0', found: '0', why: 'so that nobody is slandered' }],
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context, { isMember }): Strategy => {
    const { attempts, nodes } = context;
    /** By node: cases that it sat on as a juror and was shown to be right. */
    const cases = new Uint32Array(nodes.capacity);
    const isRival = (observer: NodeIndex, node: NodeIndex) =>
      !isMember(node) &&
      (settings.rivals === 'all' ||
        (nodes.hardware[observer] === nodes.hardware[node] && nodes.region[observer] === nodes.region[node]));
    return {
      ...honestService(context),
      attests: (observer, attempt, observed) => {
        if (!observed) return Attestation.refuses;
        const slanders =
          isRival(observer, attempts.node[attempt]!) &&
          witnessLuck(context, observer, attempt) < settings.slanderProbability;
        return slanders ? Attestation.refuses : Attestation.signs;
      },
      votes: (juror, subject, shown) =>
        shown &&
        !(
          isRival(juror, subject) &&
          context.uniformOf(juror, cases[juror]!++, Purpose.slander) < settings.slanderProbability
        ),
    };
  },
});
