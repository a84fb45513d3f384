import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import type { Strategy } from '../../model/contract/roles.js';
import { flag, probability } from '../../model/contract/settings.js';
import { lyingService } from '../honest.js';

/** Recognises spot-checks with some probability, and is honest then (imperfect checking). */
export const auditDetection = defineStrategy({
  kind: 'audit-detection',
  meaning: 'Lies but in the spot-checks that it recognises.',
  formula: 'P(found at a job) = q·(1 − recognises)·wrongProbability, where a share q are spot-checks',
  source:
    'Spot-checks: Sarmenta 2002, Sabotage-tolerance mechanisms for volunteer computing systems; that some are ' +
    'recognised: this project',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('audit-detection'),
    recognises: probability({ meaning: 'Probability that it knows a spot-check for what it is' }).default(0.9),
    wrongProbability: probability({ meaning: 'Probability that it answers wrong where it recognises none' }).default(1),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(false),
    shift: shiftSetting(),
  }),
  remarks: ({ wrongProbability, shift }, outline) => {
    const found: Remark[] = [...shiftRemarks(shift, outline)];
    if (wrongProbability === 0) {
      const why = 'so that nobody ever lies';
      found.push({ setting: 'wrongProbability', expected: 'a probability above 0', found: '0', why });
    }
    if (!outline.filed.includes('spotCheckPassed') && !outline.findings.includes('spotCheckFailed')) {
      const expected = 'a protocol that makes spot-checks';
      found.push({ setting: 'recognises', expected, found: 'none', why: 'so that there is none to recognise' });
    }
    return found;
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { attempts, truth } = context;
    return lyingService(context, settings, (_node, attempt) => {
      const job = attempts.job[attempt]!;
      const luck = (purpose: number) => context.uniform(job, attempts.number[attempt]!, purpose);
      if (truth.isSpotCheck(job) && luck(Purpose.recognition) < settings.recognises) return false;
      return luck(Purpose.misbehaviour) < settings.wrongProbability;
    });
  },
});
