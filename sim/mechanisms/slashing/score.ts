import { z } from 'zod';
import { largest } from '../../kernels/extent.js';
import { defineSlashingRule, type Remark } from '../../model/contract/definition.js';
import { EvidenceRole } from '../../model/contract/evidence.js';
import type { SlashingRule } from '../../model/contract/roles.js';
import { fraction, tokens } from '../../model/contract/settings.js';
import { toMicroTokens } from '../../model/contract/units.js';

/**
 * The score is the collateral: a fault takes a share of it, and tokens only where a bond or a hybrid says so.
 *
 * Not to be there is a fault in critical jobs alone, those with so much at risk as their client states; in others it
 * costs a share of its own.
 */
export const score = defineSlashingRule({
  kind: 'score',
  readsValueAtRisk: true,
  meaning: 'A fault costs a share of the score in place of tokens; absence does so in critical jobs.',
  settings: z.strictObject({
    kind: z.literal('score'),
    fraction: fraction({ meaning: 'Share of the score that a fault costs' }).default(0.3),
    criticalFrom: tokens({ meaning: 'Value at risk from which on a job is critical' }).default(0),
    offlineFraction: fraction({
      meaning: 'Share of the score that it costs not to be there, or not in time, in jobs that aren’t critical',
    }).default(0),
    bondFraction: fraction({ meaning: 'Share of the bond lost that was locked for the attempt' }).default(1),
    stakeFraction: fraction({ meaning: 'Share of the remaining stake that a fault costs, too' }).default(0),
  }),
  remarks: (settings, { locksBonds, valuesAtRisk }) => {
    const { bondFraction, criticalFrom, fraction, offlineFraction, stakeFraction } = settings;
    const found: Remark[] = [];
    if (bondFraction > 0 && !locksBonds) {
      const why = 'so that there is none to lose';
      found.push({ setting: 'bondFraction', expected: 'rewards that lock bonds', found: `${bondFraction}`, why });
    }
    if (fraction === 0 && offlineFraction === 0 && stakeFraction === 0 && !(bondFraction > 0 && locksBonds)) {
      const why = 'so that no fault costs anything';
      found.push({ setting: 'fraction', expected: 'a share above 0', found: '0', why });
    }
    const most = largest(Object.values(valuesAtRisk).map(([, highest]) => highest));
    if (most > 0 && most < criticalFrom) {
      const expected = `at most what is at risk in some job, ${most} tokens`;
      const why = 'so that no job is critical, in which it is a fault not to be there';
      found.push({ setting: 'criticalFrom', expected, found: `${criticalFrom}`, why });
    }
    return found;
  },
  create: (settings, { kinds, valueAtRisk }): SlashingRule => ({
    penalize: ({ job, kind, role }, score, penalty) => {
      if (kinds.isFailure[kind] !== 1 || role !== EvidenceRole.worker) return;
      const { bondFraction, criticalFrom, fraction, offlineFraction, stakeFraction } = settings.of(job);
      const isFault = kinds.isExcusable[kind] !== 1 || (job >= 0 && valueAtRisk(job) >= toMicroTokens(criticalFrom));
      penalty.scoreChange = -score * (isFault ? fraction : offlineFraction);
      if (!isFault) return;
      penalty.bondFraction = bondFraction;
      penalty.stakeFraction = stakeFraction;
    },
  }),
});
