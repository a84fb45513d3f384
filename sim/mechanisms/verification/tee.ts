import { z } from 'zod';
import { defineVerificationScheme, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import { duration, fraction, toDuration } from '../../model/contract/settings.js';

/**
 * Results are computed in trusted execution environments, whose quote is checked (V. Costan, S. Devadas, Intel SGX
 * explained, 2016).
 *
 * A quote says that the program ran as it is, so that a wrong result has none; one of a machine that is broken says
 * whatever its operator likes. Which machines break doesn't depend on when: a larger share has those of a smaller one.
 */
export const tee = defineVerificationScheme({
  kind: 'tee',
  meaning: 'Each result bears a quote of trusted hardware; from some time on that of a share of machines is worthless.',
  settings: z.strictObject({
    kind: z.literal('tee'),
    brokenShare: fraction({ meaning: 'Share of machines whose trusted hardware is broken' }).default(0),
    brokenFrom: duration({ meaning: 'Time from which they are broken' }).default(0),
  }),
  remarks: ({ brokenShare, brokenFrom }, { horizonSeconds }): readonly Remark[] => {
    if (brokenFrom > 0 && brokenShare === 0) {
      const why = 'so that no machine is ever broken';
      return [{ setting: 'brokenFrom', expected: 'a brokenShare above 0', found: toDuration(brokenFrom), why }];
    }
    if (brokenFrom < horizonSeconds) return [];
    const expected = `a time before the horizon, ${toDuration(horizonSeconds)}`;
    const why = 'so that no machine is ever broken';
    return [{ setting: 'brokenFrom', expected, found: toDuration(brokenFrom), why }];
  },
  create: (settings, context): VerificationScheme => {
    const { attempts, instruments } = context;
    return {
      ...oneAtATime(context, () => NextStep.verdict),
      verdict: (attempt) => {
        const { brokenShare, brokenFrom } = settings.of(attempts.job[attempt]!);
        // by when the answer came, not by when the verdict on it falls
        const broken = attempts.returnedAt[attempt]! < brokenFrom ? 0 : brokenShare;
        return instruments.quoteVerifies(attempt, broken) ? EvidenceKind.success : EvidenceKind.invalid;
      },
    };
  },
});
