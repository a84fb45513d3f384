import { z } from 'zod';
import type { JobIndex } from '../../model/columns/nodes.js';
import { Agreement } from '../../model/contract/agreement.js';
import { commitRevealSetting, revealRemarks, revealSeconds } from '../../model/contract/commit-reveal.js';
import { defineVerificationScheme } from '../../model/contract/definition.js';
import type { VerificationScheme } from '../../model/contract/roles.js';
import { count } from '../../model/contract/settings.js';
import { nextAfterReveal, nextUntilDecided } from '../../model/contract/verification/until-decided.js';

/**
 * m-first voting: one more attempt until m answers agree (L. F. G. Sarmenta, Sabotage-tolerance mechanisms for
 * volunteer computing systems, Future Generation Computer Systems 18 (2002), 561-572).
 *
 * The first m are asked at once, since fewer never suffice. Only they can be sealed: whoever is asked after them finds
 * their answers open. With identical and independent wrong answers of probability φ, the error rate is the sum over
 * j < m of C(m − 1 + j, j) φ^m (1 − φ)^j.
 */
export const mFirst = defineVerificationScheme({
  kind: 'm-first',
  meaning: 'One more node does the job until m answers agree; the first answer to get there is accepted.',
  settings: z
    .strictObject({
      kind: z.literal('m-first'),
      m: count({ least: 1, most: 16, unit: 'attempts', meaning: 'Equal answers needed' }).default(2),
      returnedMost: count({ least: 1, most: 63, unit: 'attempts', meaning: 'Answers after which it gives up' }).default(
        15,
      ),
      commitReveal: commitRevealSetting,
    })
    .refine((settings) => settings.m <= settings.returnedMost, {
      path: ['returnedMost'],
      message: 'expected at least m answers',
    }),
  revealSeconds: (settings) => revealSeconds(settings),
  attemptsMost: ({ returnedMost }) => returnedMost,
  remarks: (settings, outline) => {
    const { m } = settings;
    const { operators } = outline;
    if (m <= operators) return revealRemarks(settings, outline);
    const expected = `at most as many as there are operators, ${operators}`;
    return [{ setting: 'm', expected, found: `${m}`, why: 'so that no answer is ever accepted', isFault: true }];
  },
  create: (settings, context): VerificationScheme => {
    const { attempts, jobs, instruments } = context;
    const agreement = new Agreement(attempts, jobs, instruments);
    const bounds = (job: JobIndex) => {
      const { m, returnedMost } = settings.of(job);
      return { isDecided: () => agreement.hasQuorum(job, m), least: m, most: returnedMost };
    };
    return {
      attemptsAtSubmission: (job) => settings.of(job).m,
      attemptEnded: (attempt) => nextUntilDecided(context, agreement, attempt, bounds(attempts.job[attempt]!)),
      revealSeconds: (job) => revealSeconds(settings.of(job)),
      revealed: (job) => nextAfterReveal(context, agreement, job, bounds(job)),
      verdict: (attempt) => agreement.verdict(attempt, settings.of(attempts.job[attempt]!).m),
    };
  },
});
