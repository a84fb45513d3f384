import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { flag, fraction } from '../../model/contract/settings.js';
import { lyingService, sparing } from '../honest.js';

/**
 * A collective that is right in a share of its jobs so as not to be known, and signs for its own whatever they did
 * (EigenTrust's threat model C; Kamvar, Schlosser and Garcia-Molina 2003).
 */
export const camouflage = defineStrategy({
  kind: 'camouflage',
  meaning: 'Is right in a share of its jobs, wrong in the others, and vouches for the members of its attack.',
  formula: 'P(right) = rightFraction, times how right its hardware is',
  source: 'EigenTrust’s threat model C (Kamvar, Schlosser and Garcia-Molina 2003, The EigenTrust algorithm)',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('camouflage'),
    rightFraction: fraction({ meaning: 'Share of its jobs in which it is as right as its hardware' }).default(0.5),
    vouches: flag({ meaning: 'Whether it signs for members of its attack whatever it saw' }).default(true),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(false),
    shift: shiftSetting(),
  }),
  remarks: ({ rightFraction, shift }, outline) =>
    rightFraction < 1
      ? shiftRemarks(shift, outline)
      : [{ setting: 'rightFraction', expected: 'below 1', found: '1', why: 'so that nobody ever lies' }],
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context, { isMember }): Strategy => {
    const { attempts } = context;
    const vouchesFor = (node: number) => settings.vouches && isMember(node);
    return {
      ...lyingService(context, settings, (_node, attempt) => {
        const luck = context.uniform(attempts.job[attempt]!, attempts.number[attempt]!, Purpose.misbehaviour);
        return luck >= settings.rightFraction;
      }),
      attests: (_observer, attempt, observed) =>
        observed || vouchesFor(attempts.node[attempt]!) ? Attestation.signs : Attestation.refuses,
      votes: (_juror, subject, shown) => shown || vouchesFor(subject),
      ...sparing(context, (_node, subject) => vouchesFor(subject)),
    };
  },
});
