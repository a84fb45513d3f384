import { z } from 'zod';
import { largest } from '../../../kernels/extent.js';
import { AttemptKind, AttemptState, checkedAttempt } from '../../../model/columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE } from '../../../model/columns/nodes.js';
import type { OwnColumn } from '../../../model/columns/rows/own-column.js';
import { defineVerificationScheme } from '../../../model/contract/definition.js';
import { EvidenceKind } from '../../../model/contract/evidence.js';
import type { EvidenceKinds } from '../../../model/contract/findings/evidence-kinds.js';
import { NextStep, type VerificationScheme } from '../../../model/contract/roles.js';

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
    const schemes = settings.now.schemes.map((_, stage) =>
      context.create(
        settings.map((values) => values.schemes[stage]!),
        stage,
      ),
    );
    /** The one under which results can be challenged, to which disputes are handed. */
    const challengeable = schemes.find((scheme) => scheme.window !== undefined);
    const at = (job: JobIndex) => (jobs.watch[job] === NONE ? schemes[jobs.stage[job]!]! : challengeable!);
    const current = (attempt: AttemptIndex) => at(attempts.job[attempt]!);
    /** By attempt: what the schemes so far hold of it, and what they proved; NONE for nothing yet. */
    const opinions = context.attemptColumn();
    const proofs = context.attemptColumn();
    /** By attempt: how many of the schemes have said what they hold of it. */
    const heard = context.attemptColumn();
    const kindIn = (column: OwnColumn, attempt: AttemptIndex) => {
      const kind = column.get(attempt);
      return kind === NONE ? null : (kind as EvidenceKind);
    };

    const isReturned = (attempt: AttemptIndex) => attempts.state[attempt] === AttemptState.returned;

    /** What the schemes say up to the one at work is heard of each result as it falls, and never asked again. */
    const fold = (job: JobIndex): void => {
      for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
        if (!isReturned(attempt)) continue;
        // of results that came in later schemes the earlier ones may hold something, too
        for (let place = heard.get(attempt); place <= jobs.stage[job]!; place++) hear(schemes[place]!, attempt);
        heard.set(attempt, jobs.stage[job]! + 1);
      }
    };

    const hear = (scheme: VerificationScheme, attempt: AttemptIndex): void => {
      const verdict = scheme.verdict(attempt);
      if (verdict === null) return;
      if (scheme.proves === true) proofs.set(attempt, verdict);
      else opinions.set(attempt, joined(kindIn(opinions, attempt), verdict, kinds));
    };

    const verdictSoFar = (attempt: AttemptIndex): EvidenceKind | null => {
      const opinion = kindIn(opinions, attempt);
      const proof = kindIn(proofs, attempt);
      if (proof === null) return opinion;
      // who wasn't there, or was late, isn't cleared by the answer
      const isAboutAnswer = opinion !== EvidenceKind.absence && opinion !== EvidenceKind.timeout;
      return isAboutAnswer ? proof : opinion;
    };

    const stands = (attempt: AttemptIndex): boolean => {
      if (attempts.kind[attempt] !== AttemptKind.work || !isReturned(attempt)) return false;
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

    /** The first from this place on that has answers sealed, if none before it looks at any; NONE otherwise. */
    const sealing = (job: JobIndex, from: number): number => {
      for (let place = from; place < schemes.length; place++) {
        const scheme = schemes[place]!;
        if ((scheme.revealSeconds?.(job) ?? null) !== null) return place;
        if (scheme.looksAtAnswers?.(job) ?? true) return NONE;
      }
      return NONE;
    };

    /** Goes on to the next scheme if there is one and a result stands. */
    const afterVerdict = (attempt: AttemptIndex): NextStep | null => {
      const job = attempts.job[attempt]!;
      fold(job);
      if (jobs.stage[job] === schemes.length - 1) return null;
      const next = subject(attempt);
      if (next === NONE) return null;
      jobs.stage[job]!++;
      // answers that came open stay so, those that this scheme or a later one asks for needn't
      if (jobs.isSealed[job] === 0 && sealing(job, jobs.stage[job]!) !== NONE) jobs.seal(job);
      return current(next).attemptEnded(next);
    };

    return {
      membersMost: () => largest(schemes.map((scheme) => scheme.membersMost?.() ?? 0)),
      spotChecks: (job) => schemes.reduce((sum, scheme) => sum + (scheme.spotChecks?.(job) ?? 0), 0),
      workFactor: (job) => schemes.reduce((factor, scheme) => factor * (scheme.workFactor?.(job) ?? 1), 1),
      attemptsAtSubmission: (job) => {
        // each is told of the job, as each sets its own rows anew
        const [first, ...later] = schemes;
        for (const scheme of later) scheme.attemptsAtSubmission(job);
        return first!.attemptsAtSubmission(job);
      },
      assigned: (attempt) => {
        opinions.set(attempt, NONE);
        proofs.set(attempt, NONE);
        heard.set(attempt, 0);
        return current(attempt).assigned?.(attempt) ?? 0;
      },
      attemptEnded: (attempt) => current(attempt).attemptEnded(attempt),
      attemptsMore: (job) => at(job).attemptsMore?.(job) ?? 1,
      revealSeconds: (job) => {
        const place = sealing(job, jobs.stage[job]!);
        return place === NONE ? null : schemes[place]!.revealSeconds!(job);
      },
      looksAtAnswers: (job) => schemes.some((scheme) => scheme.looksAtAnswers?.(job) ?? true),
      staysSealed: (attempt) => {
        const job = attempts.job[attempt]!;
        if (sealing(job, jobs.stage[job]!) === jobs.stage[job]) return false;
        // where no result stands none of the later schemes begins
        fold(job);
        return subject(attempt) !== NONE;
      },
      revealed: (job) => at(job).revealed?.(job) ?? NextStep.verdict,
      subject,
      panel: (attempt) => current(attempt).panel!(attempt),
      panelClosed: (panel) => current(context.panels.attempt[panel]!).panelClosed!(panel),
      afterVerdict,
      verdict: verdictSoFar,
      accepted: (job) => {
        // the last that says one, of those whose turn came
        for (let place = jobs.stage[job]!; place >= 0; place--) {
          const value = schemes[place]!.accepted?.(job) ?? Number.NaN;
          if (!Number.isNaN(value)) return value;
        }
        return Number.NaN;
      },
      ...(challengeable === undefined
        ? {}
        : {
            window: (job) => challengeable.window!(job),
            disputed: (attempt, challenger, round) => challengeable.disputed!(attempt, challenger, round),
            outcome: (attempt) => challengeable.outcome!(attempt),
          }),
      nodeJoined: (node) => {
        for (const scheme of schemes) scheme.nodeJoined?.(node);
      },
      resourceTokenChanged: (node) => {
        for (const scheme of schemes) scheme.resourceTokenChanged?.(node);
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
