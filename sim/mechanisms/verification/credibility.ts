import { z } from 'zod';
import { type AnswerGroup, groupCredibility, nodeCredibility } from '../../kernels/voting/group-credibility.js';
import { AttemptKind } from '../../model/columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { Agreement } from '../../model/contract/agreement.js';
import { defineVerificationScheme, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import type { VerificationScheme } from '../../model/contract/roles.js';
import { count, flag, fraction, probability } from '../../model/contract/settings.js';
import {
  knownAnswerVerdict,
  spotCheckFailed,
  spotCheckPassed,
  spotCheckProbability,
  spotChecksPassed,
  spotChecksWith,
} from '../../model/contract/verification/spot-checks.js';
import { nextUntilDecided } from '../../model/contract/verification/until-decided.js';

/**
 * Credibility-based fault tolerance: more nodes do a job until some answer is credible enough, by the spot-checks that
 * those who gave it have passed (L. F. G. Sarmenta, Sabotage-tolerance mechanisms for volunteer computing systems,
 * Future Generation Computer Systems 18 (2002), 561-572).
 *
 * Spot-checks are replicated like other jobs, so that nobody can tell by it. If no more than the assumed share is
 * faulty and errors are independent, at most ε of the accepted results are wrong.
 */
export const credibility = defineVerificationScheme({
  kind: 'credibility',
  meaning: 'More nodes do a job until an answer is credible enough, by the spot-checks that they have passed.',
  kinds: [spotCheckFailed],
  settings: z.strictObject({
    kind: z.literal('credibility'),
    assumedFaulty: fraction({ most: 0.5, meaning: 'Share of nodes that are assumed faulty at most' }).default(0.2),
    errorMost: probability({ meaning: 'Probability of a wrong result that is taken at most' }).default(0.01),
    probability: spotCheckProbability(),
    blacklists: flag({
      meaning: 'Whether to count on it that the slashing rule ejects who fails a spot-check',
    }).default(false),
    returnedMost: count({ least: 1, most: 63, unit: 'attempts', meaning: 'Answers after which it gives up' }).default(
      15,
    ),
  }),
  files: ({ probability }) => (probability > 0 ? [spotCheckPassed.name] : []),
  attemptsMost: ({ returnedMost }) => returnedMost,
  remarks: ({ assumedFaulty, errorMost, returnedMost, probability }, { operators }): readonly Remark[] => {
    if (errorMost >= assumedFaulty) {
      const expected = `a probability below assumedFaulty, ${assumedFaulty}`;
      return [{ setting: 'errorMost', expected, found: `${errorMost}`, why: 'so that any first result is taken' }];
    }
    if (probability > 0) return [];
    // with no checks passed, as many equal answers as there can be
    const group = { good: 1, bad: 1 };
    for (let answers = 0; answers < Math.min(returnedMost, operators); answers++) {
      group.good *= 1 - assumedFaulty;
      group.bad *= assumedFaulty;
    }
    if (groupCredibility([group], 0) >= 1 - errorMost) return [];
    const expected = 'a probability of spot-checks above 0, or a larger errorMost';
    return [{ setting: 'errorMost', expected, found: `${errorMost}`, why: 'so that no answer is ever credible' }];
  },
  create: (settings, context): VerificationScheme => {
    const { attempts, jobs, instruments, kinds } = context;
    const agreement = new Agreement(attempts, jobs, instruments);
    /** By node: spot-checks passed since it last failed one. */
    const passed = context.column();
    const credibilityOf = (node: NodeIndex, job: JobIndex) => {
      const { assumedFaulty, blacklists } = settings.of(job);
      return nodeCredibility(passed[node]!, assumedFaulty, blacklists);
    };

    /** The most credible answer of those that returned, by an attempt that gave it; NONE if none is credible enough. */
    const credible = (job: JobIndex): AttemptIndex => {
      const first: AttemptIndex[] = [];
      const groups: AnswerGroup[] = [];
      agreement.each(job, (attempt) => {
        const place = first.findIndex((other) => instruments.answersAgree(attempt, other));
        const group = groups[place] ?? { good: 1, bad: 1 };
        if (place < 0) {
          first.push(attempt);
          groups.push(group);
        }
        const own = credibilityOf(attempts.node[attempt]!, job);
        group.good *= own;
        group.bad *= 1 - own;
      });
      const least = 1 - settings.of(job).errorMost;
      const place = groups.findIndex((_, group) => groupCredibility(groups, group) >= least);
      return place < 0 ? NONE : first[place]!;
    };
    return {
      nodeJoined: (node) => {
        passed[node] = 0;
      },
      proves: true,
      spotChecks: (job) => spotChecksWith(context, job, settings.of(job).probability),
      attemptsAtSubmission: () => 1,
      attemptEnded: (attempt) =>
        nextUntilDecided(context, agreement, attempt, {
          isDecided: (job) => credible(job) !== NONE,
          least: 1,
          most: settings.of(attempts.job[attempt]!).returnedMost,
        }),
      verdict: (attempt) => {
        const known = knownAnswerVerdict(context, attempt);
        if (known !== null) return known;
        if (attempts.kind[attempt] !== AttemptKind.work) return null;
        const leader = credible(attempts.job[attempt]!);
        if (leader === NONE) return EvidenceKind.unresolved;
        return instruments.answersAgree(attempt, leader) ? EvidenceKind.success : EvidenceKind.invalid;
      },
      ...spotChecksPassed(context),
      evidenceArrived: ({ subject, kind, job, attempt }) => {
        if (attempt === NONE || !instruments.isSpotCheck(job)) return;
        if (kind === EvidenceKind.success) passed[subject]!++;
        else if (kinds.isFailure[kind] === 1) passed[subject] = 0;
      },
    };
  },
});
