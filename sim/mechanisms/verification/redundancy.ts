import { z } from 'zod';
import type { JobIndex } from '../../model/columns/nodes.js';
import { Agreement } from '../../model/contract/agreement.js';
import { commitRevealSetting, revealRemarks, revealSeconds } from '../../model/contract/commit-reveal.js';
import { defineVerificationScheme, type Remark } from '../../model/contract/definition.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import { count, flag } from '../../model/contract/settings.js';

/**
 * Replicas of a job on nodes of different operators, and a quorum of equal answers (as in BOINC: Anderson 2004).
 *
 * The largest group of equal answers that reaches the quorum is accepted, and who answered otherwise failed; of two
 * equally large ones that of the attempt assigned first. Without a quorum nothing is accepted and nobody failed.
 */
export const redundancy = defineVerificationScheme({
  kind: 'redundancy',
  meaning: 'Several nodes do the same job; the answer that a quorum of them shares is accepted, others are invalid.',
  settings: z
    .strictObject({
      kind: z.literal('redundancy'),
      replicas: count({ least: 1, most: 32, unit: 'attempts', meaning: 'Nodes that do each job' }).default(3),
      quorum: count({ least: 1, most: 32, unit: 'attempts', meaning: 'Equal answers needed' }).default(2),
      endsAtQuorum: flag({
        meaning: 'Whether the verdict falls as soon as a quorum agrees; who is still at work then goes unpaid',
      }).default(false),
      commitReveal: commitRevealSetting,
    })
    .refine((settings) => settings.quorum <= settings.replicas, {
      path: ['quorum'],
      message: 'expected a quorum of at most the number of replicas',
    })
    .refine((settings) => !settings.endsAtQuorum || settings.commitReveal === 'none', {
      path: ['endsAtQuorum'],
      message: 'expected false with commitReveal, as no quorum shows before answers are revealed',
    }),
  revealSeconds: (settings) => revealSeconds(settings),
  attemptsMost: ({ replicas }) => replicas,
  remarks: (settings, outline) => {
    const { replicas, quorum } = settings;
    const { operators } = outline;
    const found = (setting: string, value: number, why: string, isFault: boolean): Remark => {
      return {
        setting,
        expected: `at most as many as there are operators, ${operators}`,
        found: `${value}`,
        why,
        isFault,
      };
    };
    if (quorum > operators) return [found('quorum', quorum, 'so that no answer is ever accepted', true)];
    const others = revealRemarks(settings, outline);
    if (replicas <= operators) return others;
    return [found('replicas', replicas, 'so that replicas are wanted for which there is nobody', false), ...others];
  },
  create: (settings, { attempts, jobs, retries, instruments }): VerificationScheme => {
    const agreement = new Agreement(attempts, jobs, instruments);
    /** One that failed, or those that a scheme before this one in a list didn't ask for. */
    const replicasMissing = (job: JobIndex) =>
      settings.of(job).replicas - agreement.returned(job) - jobs.attemptsOpen[job]! - jobs.attemptsWanted[job]!;
    return {
      attemptsAtSubmission: (job) => settings.of(job).replicas,
      attemptEnded: (attempt) => {
        const job = attempts.job[attempt]!;
        if (replicasMissing(job) > 0 && retries.mayRetry(job)) return NextStep.attempt;
        const isUnderWay = jobs.attemptsOpen[job]! > 0;
        if (!isUnderWay && jobs.attemptsWanted[job] === 0) return NextStep.verdict;
        const { endsAtQuorum, quorum } = settings.of(job);
        if (jobs.hidesSome(job)) {
          return !isUnderWay && agreement.returned(job) >= quorum ? NextStep.verdict : NextStep.wait;
        }
        // replicas that no node was free for can't be waited for by those who agree already
        return (endsAtQuorum || !isUnderWay) && agreement.hasQuorum(job, quorum) ? NextStep.verdict : NextStep.wait;
      },
      attemptsMore: replicasMissing,
      revealSeconds: (job) => revealSeconds(settings.of(job)),
      verdict: (attempt) => agreement.verdict(attempt, settings.of(attempts.job[attempt]!).quorum),
    };
  },
});
