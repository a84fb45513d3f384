import { z } from 'zod';
import { largest } from '../../kernels/extent.js';
import { AttemptKind, AttemptState, checkedAttempt } from '../../model/columns/attempts.js';
import { type AttemptIndex, NONE } from '../../model/columns/nodes.js';
import { defineVerificationScheme } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import type { EvidenceKinds } from '../../model/contract/findings/evidence-kinds.js';
import type { NextStep, VerificationScheme } from '../../model/contract/roles.js';

/** The opinion of a scheme beside that of those before it: a failure stands, whatever comes later. */
function joined(earlier: EvidenceKind | null, later: EvidenceKind, { isFailure }: EvidenceKinds): EvidenceKind {
  if (earlier === null) return later;
  // too little seen says nothing, and a failure isn't made good by somebody who saw none
  if (later === EvidenceKind.inconclusive || isFailure[earlier] === 1) return earlier;
  if (isFailure[later] === 1 || later === EvidenceKind.unresolved) return later;
  return earlier === EvidenceKind.inconclusive ? later : earlier;
}

/**
 * Several schemes in turn: each begins at its predecessor's verdict, if there is a result that stands.
 *
 * The first failure found on an attempt stands, but what a scheme proves of an answer outranks what others hold of it.
 * So a recomputation, wherever it stands, also clears whom a captured quorum outvoted; a sole answer that was refuted
 * isn't recomputed, as none stands.
 */
export const list = defineVerificationScheme({
  kind: 'list',
  meaning:
    'Schemes one after the other while a result stands; a failure found stands, but a recomputation outranks it.',
  settings: z.strictObject({
    kind: z.literal('list'),
    schemes: z.array(z.looseObject({ kind: z.string() })).min(1),
  }),
  create: (settings, context): VerificationScheme => {
    const { attempts, jobs, kinds } = context;
    // which schemes there are never changes, their settings do
    const schemes = settings.now.schemes.map((_, index) =>
      context.create(settings.map((values) => values.schemes[index]!)),
    );
    const current = (attempt: AttemptIndex) => schemes[jobs.stage[attempts.job[attempt]!]!]!;

    const verdictSoFar = (attempt: AttemptIndex): EvidenceKind | null => {
      const stage = jobs.stage[attempts.job[attempt]!]!;
      let opinion: EvidenceKind | null = null;
      let proof: EvidenceKind | null = null;
      for (let index = 0; index <= stage; index++) {
        const scheme = schemes[index]!;
        const verdict = scheme.verdict(attempt);
        if (verdict === null) continue;
        if (scheme.proves === true) proof = verdict;
        else opinion = joined(opinion, verdict, kinds);
      }
      if (proof === null) return opinion;
      // who wasn't there, or was late, isn't cleared by the answer
      const isAboutAnswer = opinion !== EvidenceKind.absence && opinion !== EvidenceKind.timeout;
      return isAboutAnswer ? proof : opinion;
    };

    const stands = (attempt: AttemptIndex): boolean => {
      if (attempts.kind[attempt] !== AttemptKind.work || attempts.state[attempt] !== AttemptState.returned)
        return false;
      const verdict = verdictSoFar(attempt);
      return verdict === null || kinds.isAccepted[verdict] === 1;
    };

    /** The attempt that a scheme looks at: this one, or the latest whose result stands; NONE if none does. */
    const subject = (attempt: AttemptIndex): AttemptIndex => {
      const checked = checkedAttempt(attempts, attempt);
      if (stands(checked)) return checked;
      let other = jobs.lastAttempt[attempts.job[attempt]!]!;
      while (other !== NONE && !stands(other)) other = attempts.nextOfJob[other]!;
      return other;
    };

    /** Goes on to the next scheme if there is one and a result stands. */
    const afterVerdict = (attempt: AttemptIndex): NextStep | null => {
      const job = attempts.job[attempt]!;
      if (jobs.stage[job] === schemes.length - 1) return null;
      const next = subject(attempt);
      if (next === NONE) return null;
      jobs.stage[job]!++;
      return current(next).attemptEnded(next);
    };

    return {
      get observersMost() {
        return largest(schemes.map((scheme) => scheme.observersMost));
      },
      attemptsAtSubmission: (job) => schemes[0]!.attemptsAtSubmission(job),
      attemptEnded: (attempt) => current(attempt).attemptEnded(attempt),
      attemptsMore: (job) => schemes[jobs.stage[job]!]!.attemptsMore?.(job) ?? 1,
      subject,
      observers: (attempt) => current(attempt).observers(attempt),
      observed: (attempt) => current(attempt).observed(attempt),
      afterVerdict,
      verdict: verdictSoFar,
      nodeJoined: (node) => {
        for (const scheme of schemes) scheme.nodeJoined?.(node);
      },
      epochEnded: (epoch) => {
        for (const scheme of schemes) scheme.epochEnded?.(epoch);
      },
      evidenceArrived: (evidence) => {
        for (const scheme of schemes) scheme.evidenceArrived?.(evidence);
      },
      sideFindings: (job, findings) => {
        for (const scheme of schemes) scheme.sideFindings?.(job, findings);
      },
      audit: (node, findings) => {
        for (const scheme of schemes) scheme.audit?.(node, findings);
      },
      settingsChanged: () => {
        for (const scheme of schemes) scheme.settingsChanged?.();
      },
    };
  },
});
