import { z } from 'zod';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { NONE } from '../../model/columns/nodes.js';
import { defineVerificationScheme, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { Purpose } from '../../model/contract/purposes.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import { fraction } from '../../model/contract/settings.js';

/**
 * Recomputes a share of the jobs: an attempt of kind recheck on another operator's node, which takes capacity and is
 * paid by the treasury. The comparison itself is the recomputation instrument with error rates (0, 0).
 */
export const recompute = defineVerificationScheme({
  kind: 'recompute',
  meaning: 'A share of the jobs is recomputed on another node and the answers compared.',
  settings: z.strictObject({
    kind: z.literal('recompute'),
    share: fraction({ meaning: 'Share of the jobs, of classes that can be recomputed, that are' }).default(0.1),
  }),
  foundProbability: ({ share }) => share,
  remarks: ({ share }, { hasRecomputable, operators }) => {
    const found = (expected: string, why: string): readonly Remark[] => [
      { setting: 'share', expected, found: `${share}`, why },
    ];
    if (!hasRecomputable) return found('a workload whose jobs can be recomputed', 'so that nothing is ever recomputed');
    if (operators < 2) return found('a second operator, who recomputes', 'so that nothing is ever recomputed');
    if (share === 0) return found('a share above 0', 'so that nothing is ever recomputed');
    return [];
  },
  create: (settings, context): VerificationScheme => {
    const { attempts, jobs, classes, instruments, instance } = context;
    const isChosen = (job: number) =>
      classes[jobs.jobClass[job]!]!.isRecomputable &&
      context.uniform(job, instance, Purpose.validationCheck) < settings.of(job).share;
    const chain = oneAtATime(context, (attempt) =>
      isChosen(attempts.job[attempt]!) ? NextStep.recheck : NextStep.verdict,
    );
    return {
      ...chain,
      proves: true,
      // a recheck that fails leaves the job unchecked: nothing was found against it
      attemptEnded: (attempt) =>
        attempts.kind[attempt] === AttemptKind.recheck ? NextStep.verdict : chain.attemptEnded(attempt),
      verdict: (attempt) => {
        if (attempts.kind[attempt] === AttemptKind.recheck) {
          // whoever recomputes is held to the same: a wrong answer neither counts as work nor is paid
          return instruments.recomputationAgrees(attempt) ? EvidenceKind.success : EvidenceKind.invalid;
        }
        for (
          let other = jobs.lastAttempt[attempts.job[attempt]!]!;
          other !== NONE;
          other = attempts.nextOfJob[other]!
        ) {
          if (attempts.kind[other] !== AttemptKind.recheck || attempts.state[other] !== AttemptState.returned) continue;
          return instruments.recomputationAgrees(attempt) ? EvidenceKind.success : EvidenceKind.invalid;
        }
        return null;
      },
    };
  },
});
