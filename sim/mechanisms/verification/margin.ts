import { z } from 'zod';
import type { JobIndex } from '../../model/columns/nodes.js';
import { Agreement } from '../../model/contract/agreement.js';
import { commitRevealSetting, revealRemarks, revealSeconds } from '../../model/contract/commit-reveal.js';
import { defineVerificationScheme } from '../../model/contract/definition.js';
import type { VerificationScheme } from '../../model/contract/roles.js';
import { count } from '../../model/contract/settings.js';
import { nextAfterReveal, nextUntilDecided } from '../../model/contract/verification/until-decided.js';

/**
 * Voting by a margin: more attempts until one answer leads the next by δ, as in the sequential test of two hypotheses
 * (A. Wald, Sequential tests of statistical hypotheses, Annals of Mathematical Statistics 16 (1945), 117-186).
 *
 * As many are asked at once as the leader lacks, since fewer never suffice: that changes how long it takes, not how
 * many there are. Where answers are right with probability p, and with q = 1 − p wrong and all equal, the accepted one
 * is right with probability p^δ/(p^δ + q^δ), after δ/(p − q)·(p^δ − q^δ)/(p^δ + q^δ) answers in the mean.
 */
export const margin = defineVerificationScheme({
  kind: 'margin',
  meaning: 'More nodes do the job until one answer leads the next by a margin; it is accepted, others are invalid.',
  settings: z
    .strictObject({
      kind: z.literal('margin'),
      lead: count({ least: 1, most: 16, unit: 'attempts', meaning: 'Answers by which one has to lead' }).default(2),
      returnedMost: count({ least: 1, most: 63, unit: 'attempts', meaning: 'Answers after which it gives up' }).default(
        31,
      ),
      commitReveal: commitRevealSetting,
    })
    .refine((settings) => settings.lead <= settings.returnedMost, {
      path: ['returnedMost'],
      message: 'expected at least the lead',
    }),
  revealSeconds: (settings) => revealSeconds(settings),
  attemptsMost: ({ returnedMost }) => returnedMost,
  remarks: (settings, outline) => {
    const { lead, returnedMost } = settings;
    const { operators } = outline;
    const expected = `at most as many as there are operators, ${operators}`;
    if (lead > operators) {
      return [
        { setting: 'lead', expected, found: `${lead}`, why: 'so that no answer is ever accepted', isFault: true },
      ];
    }
    const others = revealRemarks(settings, outline);
    if (returnedMost <= operators) return others;
    const why = 'so that more may be wanted than there is anybody for';
    return [{ setting: 'returnedMost', expected, found: `${returnedMost}`, why }, ...others];
  },
  create: (settings, context): VerificationScheme => {
    const { attempts, jobs, instruments } = context;
    const agreement = new Agreement(attempts, jobs, instruments);
    const isDecided = (job: JobIndex) => agreement.lead(job) >= settings.of(job).lead;
    const bounds = (job: JobIndex) => {
      const { lead, returnedMost } = settings.of(job);
      return { isDecided, least: lead, most: returnedMost };
    };
    return {
      attemptsAtSubmission: (job) => settings.of(job).lead,
      attemptEnded: (attempt) => nextUntilDecided(context, agreement, attempt, bounds(attempts.job[attempt]!)),
      attemptsMore: (job) => {
        const { lead, returnedMost } = settings.of(job);
        const missing = jobs.hidesSome(job) ? lead - agreement.returned(job) : lead - agreement.lead(job);
        const underWay = jobs.attemptsOpen[job]! + jobs.attemptsWanted[job]!;
        return Math.max(1, Math.min(missing - underWay, returnedMost - agreement.returned(job)));
      },
      revealSeconds: (job) => revealSeconds(settings.of(job)),
      revealed: (job) => nextAfterReveal(context, agreement, job, bounds(job)),
      verdict: (attempt) => agreement.verdictIf(isDecided(attempts.job[attempt]!), attempt),
    };
  },
});
