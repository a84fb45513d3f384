import { z } from 'zod';
import { quantileSorted } from '../../kernels/quantile.js';
import { trimmedMeanSorted } from '../../kernels/trimmed-mean.js';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE } from '../../model/columns/nodes.js';
import { Agreement } from '../../model/contract/agreement.js';
import { commitRevealSetting, revealRemarks, revealSeconds } from '../../model/contract/commit-reveal.js';
import { defineVerificationScheme, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind, EvidenceRole, EvidenceSource } from '../../model/contract/evidence.js';
import type { DeclaredKind } from '../../model/contract/findings/evidence-kinds.js';
import type { Findings } from '../../model/contract/findings/findings.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import { choice, count, flag, fraction, quantity } from '../../model/contract/settings.js';

const committeeMost = 32;

const deviation: DeclaredKind = {
  name: 'deviation',
  meaning: 'How far a numeric answer was from the consensus, as a share of it',
  isFailure: false,
  isAccepted: true,
  // no failure in itself, but rules can hold it against a node
  rank: 1,
};

/**
 * A committee answers in numbers, and the client is given the consensus: the median, or the mean without the extremes.
 *
 * Fewer than half of a committee can't move its median beyond the others' answers, whatever they say; of n answers with
 * independent normal errors of deviation σ its standard error tends to σ·√(π / 2n). Answers further from the consensus
 * than the tolerance are invalid, and how far each was is a finding of its own. With fewer answers than the quorum
 * there is no consensus, and nobody failed. Exact answers have no median: there the answer of a quorum is accepted.
 */
export const consensus = defineVerificationScheme({
  kind: 'consensus',
  meaning: 'A committee answers in numbers; clients get their median or trimmed mean, answers far from it are invalid.',
  settings: z
    .strictObject({
      kind: z.literal('consensus'),
      committee: count({ least: 1, most: committeeMost, unit: 'attempts', meaning: 'Nodes that answer' }).default(7),
      quorum: count({
        least: 1,
        most: committeeMost,
        unit: 'attempts',
        meaning: 'Answers that a consensus needs; equal ones where answers are exact',
      }).default(4),
      method: choice(['median', 'trimmed-mean'], { meaning: 'What is made of the answers' }).default('median'),
      trim: fraction({ meaning: 'Share of the answers that a trimmed mean leaves out at each end' }).default(0.2),
      tolerance: quantity({
        least: 0,
        most: 1_000,
        unit: '1',
        meaning: 'Deviation from the consensus, as a share of it, beyond which an answer is invalid',
      }).default(0.05),
      floor: quantity({
        above: 0,
        unit: '1',
        meaning: 'Least size of the consensus that deviations are a share of',
      }).default(1e-9),
      commitReveal: commitRevealSetting,
      comparesConfidence: flag({
        meaning: 'Whether confidence that is stated with an answer is compared with the committee’s spread',
      }).default(false),
      outcomeAfter: z
        .union(
          [
            z.literal('never'),
            count({ least: 1, most: 365, unit: 'epochs', meaning: 'Ends of epochs until it is known what came to be' }),
          ],
          'expected never, or a number of epochs from 1 to 365',
        )
        .describe('Ends of epochs until it is known what came to be, and each answer’s deviation from it; or never')
        .default('never'),
    })
    .refine(({ quorum, committee }) => quorum <= committee, {
      path: ['quorum'],
      message: 'expected a quorum of at most the committee',
    })
    .refine(({ trim }) => trim < 0.5, { path: ['trim'], message: 'expected less than a half, so that some are left' }),
  kinds: [deviation],
  files: ({ comparesConfidence, outcomeAfter }) => [
    ...(comparesConfidence ? ['confidenceGap'] : []),
    ...(outcomeAfter === 'never' ? [] : ['outcomeDeviation']),
  ],
  revealSeconds: (settings) => revealSeconds(settings),
  attemptsMost: ({ committee }) => committee,
  remarks: (settings, outline) => {
    const { committee, quorum, method, outcomeAfter, trim } = settings;
    const { epochSeconds, hasNumeric, horizonSeconds, operators } = outline;
    const expected = `at most as many as there are operators, ${operators}`;
    if (quorum > operators) {
      return [
        { setting: 'quorum', expected, found: `${quorum}`, why: 'so that no answer is ever accepted', isFault: true },
      ];
    }
    const found: Remark[] = [...revealRemarks(settings, outline)];
    if (committee > operators) {
      const why = 'so that answers are wanted for which there is nobody';
      found.push({ setting: 'committee', expected, found: `${committee}`, why });
    }
    if (outcomeAfter !== 'never' && outcomeAfter * epochSeconds > horizonSeconds) {
      const most = Math.floor(horizonSeconds / epochSeconds);
      const why = 'so that no outcome is ever known';
      found.push({
        setting: 'outcomeAfter',
        expected: `at most the epochs of the run, ${most}`,
        found: `${outcomeAfter}`,
        why,
      });
    }
    if (!hasNumeric) {
      const why = 'so that equal answers are counted, as by redundancy';
      found.push({ setting: '', expected: 'a workload with numeric answers', found: 'none', why });
    }
    if (method === 'median') {
      const why = 'so that nothing is left out';
      found.push({ setting: 'trim', expected: 'method: trimmed-mean beside it', found: `${trim}`, why });
    } else if (Math.floor(trim * committee) === 0) {
      const why = 'so that nothing is left out, and one answer can move the mean at will';
      found.push({ setting: 'trim', expected: `at least one answer in ${committee}`, found: `${trim}`, why });
    }
    return found;
  },
  create: (settings, { attempts, classes, jobs, kinds, retries, instruments }): VerificationScheme => {
    const agreement = new Agreement(attempts, jobs, instruments);
    const deviationKind = kinds.indexOf(deviation.name);
    const answers = new Float64Array(committeeMost);
    const deviations = new Float64Array(committeeMost);
    // their numbers are taken by networks that file them alone
    const seldom = settings.map((values) => ({
      gap: values.comparesConfidence ? kinds.find('confidenceGap') : NONE,
      outcome: values.outcomeAfter === 'never' ? NONE : kinds.find('outcomeDeviation'),
    }));
    const isNumeric = (job: JobIndex) => classes[jobs.jobClass[job]!]!.answers === 'numeric';
    const isAnswer = (attempt: AttemptIndex) =>
      attempts.kind[attempt] === AttemptKind.work && attempts.state[attempt] === AttemptState.returned;
    /** Those who failed, or whom a scheme before this one in a list didn't ask. */
    const missing = (job: JobIndex) =>
      settings.of(job).committee - agreement.returned(job) - jobs.attemptsOpen[job]! - jobs.attemptsWanted[job]!;

    /** What the committee holds of a numeric job; NaN without a quorum. */
    const consensusOf = (job: JobIndex): number => {
      const { quorum, method, trim } = settings.of(job);
      let size = 0;
      for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
        if (isAnswer(attempt) && size < committeeMost) answers[size++] = instruments.value(attempt);
      }
      if (size < quorum) return Number.NaN;
      const sorted = answers.subarray(0, size).sort();
      return method === 'median' ? quantileSorted(sorted, 0.5) : trimmedMeanSorted(sorted, trim);
    };
    const deviationOf = (attempt: AttemptIndex, agreed: number): number => {
      const { floor } = settings.of(attempts.job[attempt]!);
      return Math.abs(instruments.value(attempt) - agreed) / Math.max(Math.abs(agreed), floor);
    };

    const eachAnswer = (job: JobIndex, visit: (attempt: AttemptIndex) => void) => {
      for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
        if (isAnswer(attempt)) visit(attempt);
      }
    };

    /** How far the committee's answers are from the consensus: 1.4826 times the median, a normal deviation (Hampel). */
    const spreadOf = (job: JobIndex, agreed: number): number => {
      let size = 0;
      eachAnswer(job, (attempt) => {
        if (size < committeeMost) deviations[size++] = deviationOf(attempt, agreed);
      });
      return 1.4826 * quantileSorted(deviations.subarray(0, size).sort(), 0.5);
    };
    /** What of the confidence stated the spread refutes: up to three spreads, or a tenth of the tolerance, nothing. */
    const fileGaps = (job: JobIndex, agreed: number, findings: Findings) => {
      const allowed = Math.max(3 * spreadOf(job, agreed), settings.of(job).tolerance / 10);
      eachAnswer(job, (attempt) => {
        const stated = attempts.confidence(attempt);
        const off = deviationOf(attempt, agreed);
        const gap = Math.max(0, stated - (off > allowed ? allowed / off : 1));
        // NaN where nothing was stated
        if (gap > 0)
          findings.file(
            attempts.node[attempt]!,
            EvidenceRole.worker,
            seldom.of(job).gap,
            gap,
            EvidenceSource.scheme,
            0,
          );
      });
    };
    const fileOutcomes = (job: JobIndex, epochs: number, findings: Findings) => {
      eachAnswer(job, (attempt) => {
        const off = instruments.outcomeDeviation(attempt);
        const node = attempts.node[attempt]!;
        findings.file(node, EvidenceRole.worker, seldom.of(job).outcome, off, EvidenceSource.scheme, epochs);
      });
    };

    return {
      attemptsAtSubmission: (job) => settings.of(job).committee,
      attemptEnded: (attempt) => {
        const job = attempts.job[attempt]!;
        if (missing(job) > 0 && retries.mayRetry(job)) return NextStep.attempt;
        if (jobs.attemptsOpen[job]! > 0) return NextStep.wait;
        if (jobs.attemptsWanted[job] === 0) return NextStep.verdict;
        // those that no node was free for can't be waited for once there are enough
        return agreement.returned(job) >= settings.of(job).quorum ? NextStep.verdict : NextStep.wait;
      },
      attemptsMore: missing,
      revealSeconds: (job) => revealSeconds(settings.of(job)),
      verdict: (attempt) => {
        const job = attempts.job[attempt]!;
        const { quorum, tolerance } = settings.of(job);
        if (attempts.kind[attempt] !== AttemptKind.work) return null;
        if (!isNumeric(job)) return agreement.verdict(attempt, quorum);
        const agreed = consensusOf(job);
        if (Number.isNaN(agreed)) return EvidenceKind.unresolved;
        return deviationOf(attempt, agreed) > tolerance ? EvidenceKind.invalid : EvidenceKind.success;
      },
      accepted: (job) => (isNumeric(job) ? consensusOf(job) : Number.NaN),
      sideFindings: (job, findings) => {
        if (!isNumeric(job)) return;
        const { comparesConfidence, outcomeAfter } = settings.of(job);
        if (outcomeAfter !== 'never') fileOutcomes(job, outcomeAfter, findings);
        const agreed = consensusOf(job);
        if (Number.isNaN(agreed)) return;
        eachAnswer(job, (attempt) => {
          const value = deviationOf(attempt, agreed);
          findings.file(attempts.node[attempt]!, EvidenceRole.worker, deviationKind, value, EvidenceSource.scheme, 0);
        });
        if (comparesConfidence) fileGaps(job, agreed, findings);
      },
    };
  },
});
