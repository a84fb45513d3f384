import { z } from 'zod';
import { defineSlashingRule } from '../../model/contract/definition.js';
import { isJobFailure } from '../../model/contract/evidence.js';
import type { SlashingRule } from '../../model/contract/roles.js';
import { count, fraction } from '../../model/contract/settings.js';

/** The same share of the remaining stake for every failed job. */
export const fixed = defineSlashingRule({
  kind: 'fixed',
  meaning: 'Every failed job costs the same share of the remaining stake.',
  settings: z.strictObject({
    kind: z.literal('fixed'),
    fraction: fraction({ meaning: 'Share of the remaining stake slashed' }).default(0.01),
    bondFraction: fraction({ meaning: 'Share of the bond slashed that was locked for the attempt' }).default(0),
    jailEpochs: count({ most: 10_000, unit: 'epochs', meaning: 'Whole epochs in jail after a failure' }).default(0),
  }),
  create: (settings): SlashingRule => ({
    penalize: (evidence, _score, penalty) => {
      if (!isJobFailure(evidence.kind)) return;
      penalty.stakeFraction = settings.fraction;
      penalty.bondFraction = settings.bondFraction;
      penalty.jailEpochs = settings.jailEpochs;
    },
  }),
});
