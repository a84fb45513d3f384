import { z } from 'zod';
import { AttemptState } from '../../model/columns/attempts.js';
import { Agreement } from '../../model/contract/agreement.js';
import { defineVerificationScheme } from '../../model/contract/definition.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import { count } from '../../model/contract/settings.js';

/**
 * m-first voting: one more attempt until m answers agree (L. F. G. Sarmenta, Sabotage-tolerance mechanisms for
 * volunteer computing systems, Future Generation Computer Systems 18 (2002), 561-572).
 *
 * The first m are asked at once, since fewer never suffice. With identical and independent wrong answers of probability
 * φ, the error rate is the sum over j < m of C(m − 1 + j, j) φ^m (1 − φ)^j.
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
    })
    .refine((settings) => settings.m <= settings.returnedMost, {
      path: ['returnedMost'],
      message: 'expected at least m answers',
    }),
  attemptsMost: ({ returnedMost }) => returnedMost,
  remarks: ({ m }, { operators }) => {
    if (m <= operators) return [];
    const expected = `at most as many as there are operators, ${operators}`;
    return [{ setting: 'm', expected, found: `${m}`, why: 'so that no answer is ever accepted', isFault: true }];
  },
  create: (settings, { attempts, jobs, retries, instruments }): VerificationScheme => {
    const agreement = new Agreement(attempts, jobs, instruments);
    return {
      attemptsAtSubmission: (job) => settings.of(job).m,
      attemptEnded: (attempt) => {
        const job = attempts.job[attempt]!;
        const { m, returnedMost } = settings.of(job);
        if (agreement.hasQuorum(job, m)) return NextStep.verdict;
        if (attempts.state[attempt] !== AttemptState.returned && retries.mayRetry(job)) return NextStep.attempt;
        if (jobs.attemptsOpen[job]! > 0 || jobs.attemptsWanted[job]! > 0) return NextStep.wait;
        const mayGoOn = agreement.returned(job) < returnedMost && retries.hasTime(job);
        return mayGoOn && attempts.state[attempt] === AttemptState.returned ? NextStep.attempt : NextStep.verdict;
      },
      verdict: (attempt) => agreement.verdict(attempt, settings.of(attempts.job[attempt]!).m),
    };
  },
});
