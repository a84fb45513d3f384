import { z } from 'zod';
import { AttemptState, checkedAttempt } from '../../model/attempts.js';
import { define } from '../../model/definition.js';
import { EvidenceKind, isJobFailure } from '../../model/evidence.js';
import type { AttemptIndex } from '../../model/nodes.js';
import { NextStep, type VerificationScheme } from '../../model/roles.js';

/** Several schemes in turn: each begins at its predecessor's verdict, and the first that finds a failure ends it. */
export const list = define({
  kind: 'list',
  meaning: 'Schemes one after the other; each begins at its predecessor’s verdict, and a failure found ends it.',
  settings: z.strictObject({
    kind: z.literal('list'),
    schemes: z.array(z.looseObject({ kind: z.string() })).min(1),
  }),
  create: (settings, context): VerificationScheme => {
    const { attempts, jobs } = context;
    const schemes = settings.schemes.map((scheme) => context.create('verification', scheme));
    const current = (attempt: AttemptIndex) => schemes[jobs.stage[attempts.job[attempt]!]!]!;

    const verdictSoFar = (attempt: AttemptIndex): EvidenceKind | null => {
      const stage = jobs.stage[attempts.job[attempt]!]!;
      let found: EvidenceKind | null = null;
      for (let index = 0; index <= stage; index++) {
        const verdict = schemes[index]!.verdict(attempt);
        if (verdict === null) continue;
        if (isJobFailure(verdict)) return verdict;
        if (found === null || found === EvidenceKind.inconclusive) found = verdict;
      }
      return found;
    };

    /** Goes on to the next scheme while there is one and nothing was found. */
    const advance = (step: NextStep, attempt: AttemptIndex): NextStep => {
      const job = attempts.job[attempt]!;
      const subject = checkedAttempt(attempts, attempt);
      let next = step;
      while (next === NextStep.verdict && jobs.stage[job]! < schemes.length - 1) {
        if (attempts.state[subject] !== AttemptState.returned) break;
        const verdict = verdictSoFar(subject);
        if (verdict !== null && isJobFailure(verdict)) break;
        jobs.stage[job]!++;
        next = current(attempt).attemptEnded(subject);
      }
      return next;
    };

    return {
      observersMost: Math.max(...schemes.map((scheme) => scheme.observersMost)),
      attemptsAtSubmission: (job) => schemes[0]!.attemptsAtSubmission(job),
      attemptEnded: (attempt) => advance(current(attempt).attemptEnded(attempt), attempt),
      observers: (attempt) => current(attempt).observers(attempt),
      observed: (attempt) => advance(current(attempt).observed(attempt), attempt),
      verdict: verdictSoFar,
      nodeJoined: (node) => {
        for (const scheme of schemes) scheme.nodeJoined?.(node);
      },
      epochEnded: (epoch) => {
        for (const scheme of schemes) scheme.epochEnded?.(epoch);
      },
    };
  },
});
