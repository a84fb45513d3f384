import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsVoters } from '../../model/contract/cohorts/preconditions.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { honestService, sparing } from '../honest.js';

/**
 * Serves honestly, and signs for members of its attack whatever it saw: what an attack needs besides those who cheat
 * (spies of EigenTrust's threat model D; Kamvar, Schlosser and Garcia-Molina 2003).
 */
export const ballotStuffing = defineStrategy({
  kind: 'ballot-stuffing',
  meaning:
    'Serves honestly, and as a witness or juror finds for members of its attack, whatever it saw; disputes none of ' +
    'their results.',
  formula: 'P(signs | a member’s) = 1; of others what it saw',
  source:
    'EigenTrust’s threat model B (Kamvar, Schlosser and Garcia-Molina 2003, The EigenTrust algorithm); ' +
    'self-promotion in Hoffman, Zage and Nita-Rotaru 2009, A survey of attack and defense techniques for ' +
    'reputation systems',
  isAttacker: true,
  settings: z.strictObject({ kind: z.literal('ballot-stuffing') }),
  remarks: (_settings, outline) => needsVoters(outline, 'so that it can vouch for nobody'),
  plan: (_settings, identities) => oneEach(identities),
  create: (_settings, context, { isMember }): Strategy => ({
    ...honestService(context),
    ...sparing(context, (_node, subject) => isMember(subject)),
    attests: (_observer, attempt, observed) =>
      observed || isMember(context.attempts.node[attempt]!) ? Attestation.signs : Attestation.refuses,
    votes: (_juror, subject, shown) => shown || isMember(subject),
  }),
});
