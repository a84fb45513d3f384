import { z } from 'zod';
import { Agreement } from '../../model/agreement.js';
import { AttemptKind, AttemptState } from '../../model/attempts.js';
import { define } from '../../model/definition.js';
import { EvidenceKind } from '../../model/evidence.js';
import { type JobIndex, NONE } from '../../model/nodes.js';
import { NextStep, noObservers, type VerificationScheme } from '../../model/roles.js';
import { count } from '../../model/settings.js';

/**
 * m-first voting: one more attempt until m answers agree (L. F. G. Sarmenta, Sabotage-tolerance mechanisms for
 * volunteer computing systems, Future Generation Computer Systems 18 (2002), 561-572).
 *
 * The first m are asked at once, since fewer never suffice. With identical and independent wrong answers of probability
 * φ, the error rate is the sum over j < m of C(m − 1 + j, j) φ^m (1 − φ)^j.
 */
export const mFirst = define({
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
  create: (settings, { attempts, jobs, candidates, observation }): VerificationScheme => {
    const agreement = new Agreement(attempts, jobs, observation);
    const isDecided = (job: JobIndex) => {
      const leader = agreement.leader(job);
      return leader !== NONE && agreement.support(leader) >= settings.m;
    };
    return {
      observersMost: 0,
      attemptsAtSubmission: () => settings.m,
      attemptEnded: (attempt) => {
        const job = attempts.job[attempt]!;
        if (isDecided(job)) return NextStep.verdict;
        if (attempts.state[attempt] !== AttemptState.returned && candidates.mayRetry(job)) return NextStep.attempt;
        if (jobs.attemptsOpen[job]! > 0 || jobs.attemptsWanted[job]! > 0) return NextStep.wait;
        const mayGoOn = agreement.returned(job) < settings.returnedMost && candidates.hasTime(job);
        return mayGoOn && attempts.state[attempt] === AttemptState.returned ? NextStep.attempt : NextStep.verdict;
      },
      observers: noObservers,
      observed: () => NextStep.verdict,
      verdict: (attempt) => {
        // a recomputation isn't one of the replicas
        if (attempts.kind[attempt] !== AttemptKind.work) return null;
        const leader = agreement.leader(attempts.job[attempt]!);
        if (agreement.support(leader) < settings.m) return EvidenceKind.unresolved;
        return observation.answersAgree(attempt, leader) ? EvidenceKind.success : EvidenceKind.invalid;
      },
    };
  },
});
