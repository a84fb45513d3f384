import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsVoters } from '../../model/contract/cohorts/preconditions.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { quantity } from '../../model/contract/settings.js';
import { honestService, sparing } from '../honest.js';

/**
 * Serves and witnesses honestly until it is trusted, and spends that trust on vouching for its attack (spies of
 * EigenTrust's threat model D; Kamvar, Schlosser and Garcia-Molina 2003).
 */
export const spies = defineStrategy({
  kind: 'spies',
  meaning: 'Serves honestly until its score is high, and then vouches for the members of its attack besides.',
  formula: 'P(signs | a member’s) = 1 from score ≥ trustedFrom on',
  source: 'EigenTrust’s threat model D (Kamvar, Schlosser and Garcia-Molina 2003, The EigenTrust algorithm)',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('spies'),
    trustedFrom: quantity({
      unit: 'score',
      least: 0,
      most: 1_000_000,
      meaning: 'Published score from which on it vouches',
    }).default(0.8),
  }),
  remarks: ({ trustedFrom }, outline) => {
    const { scores } = outline;
    if (trustedFrom <= scores.highest) return needsVoters(outline, 'so that it can vouch for nobody');
    const expected = `at most the highest score, ${scores.highest}`;
    const why = 'so that it never vouches for anybody';
    return [{ setting: 'trustedFrom', expected, found: `${trustedFrom}`, why, isInert: true }];
  },
  plan: (_settings, identities) => oneEach(identities),
  create: ({ trustedFrom }, context, { isMember }): Strategy => {
    const { attempts, nodes } = context;
    const vouches = (spy: number, subject: number) => isMember(subject) && nodes.publishedScore[spy]! >= trustedFrom;
    return {
      ...honestService(context),
      ...sparing(context, vouches),
      attests: (observer, attempt, observed) =>
        observed || vouches(observer, attempts.node[attempt]!) ? Attestation.signs : Attestation.refuses,
      votes: (juror, subject, shown) => shown || vouches(juror, subject),
    };
  },
});
