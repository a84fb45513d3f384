import { z } from 'zod';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE } from '../../model/columns/nodes.js';
import { Agreement } from '../../model/contract/agreement.js';
import { defineVerificationScheme } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import { Purpose } from '../../model/contract/purposes.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import { count } from '../../model/contract/settings.js';
import { nextUntilDecided } from '../../model/contract/verification/until-decided.js';

/** What is settled of a job. */
const Replication = { undecided: 0, alone: 1, replicated: 2 } as const;
/** Draw numbers of an instance of the scheme, one an attempt. */
const drawsAnInstance = 65_536;

/**
 * BOINC's adaptive replication: a node that was right often enough is trusted alone, the more often the longer it has
 * been (sched_send.cpp and validator.cpp of BOINC; D. P. Anderson, BOINC: a platform for volunteer computing, 2020).
 *
 * With n consecutive valid results that others confirmed, a job of the node is replicated if n is below `trustedFrom`,
 * else with probability 1/n. What nobody confirmed doesn't raise n; an invalid result, a crash and a missed deadline
 * return it to 0.
 */
export const adaptiveReplication = defineVerificationScheme({
  kind: 'adaptive-replication',
  meaning: 'Jobs of nodes that have been right for long are seldom replicated, those of others always.',
  settings: z
    .strictObject({
      kind: z.literal('adaptive-replication'),
      trustedFrom: count({
        least: 1,
        most: 1_000_000,
        unit: 'results',
        meaning: 'Consecutive confirmed results from which a node can be trusted alone',
      }).default(10),
      quorum: count({ least: 2, most: 16, unit: 'attempts', meaning: 'Equal answers that confirm one' }).default(2),
      returnedMost: count({
        least: 2,
        most: 63,
        unit: 'attempts',
        meaning: 'Answers of a replicated job after which it gives up',
      }).default(8),
    })
    .refine((settings) => settings.quorum <= settings.returnedMost, {
      path: ['returnedMost'],
      message: 'expected at least the quorum',
    }),
  attemptsMost: ({ returnedMost }) => returnedMost,
  remarks: ({ quorum }, { operators }) => {
    if (quorum <= operators) return [];
    const expected = `at most as many as there are operators, ${operators}`;
    return [
      { setting: 'quorum', expected, found: `${quorum}`, why: 'so that no answer is ever accepted', isFault: true },
    ];
  },
  create: (settings, context): VerificationScheme => {
    const { attempts, jobs, instruments, instance, kinds } = context;
    const agreement = new Agreement(attempts, jobs, instruments);
    /** By node: consecutive valid results that were replicated. */
    const confirmed = context.column();
    /** By job: `Replication`. */
    const replication = context.jobColumn();

    const isTrusted = (attempt: AttemptIndex): boolean => {
      const job = attempts.job[attempt]!;
      const n = confirmed[attempts.node[attempt]!]!;
      if (n < settings.of(job).trustedFrom) return false;
      return context.uniform(job, instance * drawsAnInstance + attempts.number[attempt]!, Purpose.trust) >= 1 / n;
    };
    /** Whether the job is replicated, now that it is known who does it; once it is, it stays so. */
    const decide = (attempt: AttemptIndex): boolean => {
      const job = attempts.job[attempt]!;
      if (replication.get(job) === Replication.replicated) return false;
      const isAlone = isTrusted(attempt);
      replication.set(job, isAlone ? Replication.alone : Replication.replicated);
      return !isAlone;
    };
    const isReplicated = (job: JobIndex) => replication.get(job) === Replication.replicated;
    return {
      nodeJoined: (node) => {
        confirmed[node] = 0;
      },
      attemptsAtSubmission: (job) => {
        replication.set(job, Replication.undecided);
        return 1;
      },
      assigned: (attempt) => {
        const becomes = attempts.kind[attempt] === AttemptKind.work && decide(attempt);
        return becomes ? settings.of(attempts.job[attempt]!).quorum - 1 : 0;
      },
      attemptEnded: (attempt) => {
        const job = attempts.job[attempt]!;
        // begun by another scheme of a list: who does it is known only now
        if (replication.get(job) === Replication.undecided) decide(attempt);
        const isReturned = attempts.state[attempt] === AttemptState.returned;
        if (!isReplicated(job) && isReturned) return NextStep.verdict;
        const { quorum, returnedMost } = settings.of(job);
        const isDecided = () => isReplicated(job) && agreement.hasQuorum(job, quorum);
        return nextUntilDecided(context, agreement, attempt, { isDecided, least: quorum, most: returnedMost });
      },
      attemptsMore: (job) => {
        if (!isReplicated(job) || agreement.returned(job) === 0) return 1;
        const { quorum } = settings.of(job);
        const leading = agreement.support(agreement.leader(job));
        return Math.max(1, quorum - leading - jobs.attemptsOpen[job]! - jobs.attemptsWanted[job]!);
      },
      // of whom is trusted alone nobody has an opinion
      verdict: (attempt) => {
        const job = attempts.job[attempt]!;
        return isReplicated(job) ? agreement.verdict(attempt, settings.of(job).quorum) : null;
      },
      evidenceArrived: ({ subject, kind, job, attempt }) => {
        if (attempt === NONE) return;
        if (kinds.isFailure[kind] === 1) confirmed[subject] = 0;
        else if (kind === EvidenceKind.success && isReplicated(job) && attempts.kind[attempt] === AttemptKind.work) {
          confirmed[subject]!++;
        }
      },
    };
  },
});
