import { z } from 'zod';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { count, flag, probability } from '../../model/contract/settings.js';
import { honestAnswer, sparing } from '../honest.js';

/**
 * Operators that pose as strangers: when enough of them sit on one job they return the same wrong answer, else they
 * work honestly; as witnesses they vouch for one another (quorum collusion, after Sarmenta 2002).
 */
export const collusionRing = defineStrategy({
  kind: 'collusion-ring',
  meaning: 'Operators that agree on a wrong answer when enough of them got the same job, and vouch for one another.',
  formula:
    'Lies with wrongProbability if members on the job ≥ least; of m among N nodes and n drawn P(k) = C(m, k)·C(N ' +
    '− m, n − k) ÷ C(N, n)',
  source:
    'EigenTrust’s threat model B (Kamvar, Schlosser and Garcia-Molina 2003, The EigenTrust algorithm); colluding ' +
    'saboteurs in Sarmenta 2002, Sabotage-tolerance mechanisms for volunteer computing systems',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('collusion-ring'),
    least: count({ least: 1, most: 32, unit: 'attempts', meaning: 'Members on one job from which they cheat' }).default(
      2,
    ),
    wrongProbability: probability({ meaning: 'Probability that a member goes through with it' }).default(1),
    shift: shiftSetting('the agreed answer', 'the true one'),
    vouches: flag({ meaning: 'Whether members sign for one another without looking' }).default(true),
  }),
  plan: (_settings, identities) => oneEach(identities),
  remarks: ({ least, shift, vouches }, outline, _nodes, _funds, { members }) => {
    const { attemptsMost, isChallengeable, jurors, witnesses } = outline;
    const isHeard = witnesses + jurors > 0 || isChallengeable;
    const found: Remark[] = [];
    if (vouches && !isHeard) {
      const expected = 'a verification scheme that asks witnesses or jurors beside it';
      found.push({ setting: 'vouches', expected, found: 'true', why: 'so that there is nothing to sign' });
    }
    const most = Math.min(attemptsMost, members);
    if (least > most) {
      const expected = `at most as many as can answer one job side by side, ${most}`;
      // who can't stand by its own either is honest under another name
      const isInert = !vouches || !isHeard;
      const isFault = (attemptsMost > 1 && least > attemptsMost) || (isInert && ('asWritten' as const));
      found.push({ setting: 'least', expected, found: `${least}`, why: 'so that they never cheat', isFault, isInert });
      return found;
    }
    return [...found, ...shiftRemarks(shift, outline)];
  },
  create: (settings, context, { index, isMember }): Strategy => {
    const { attempts, jobs } = context;
    /** One more for each attack. */
    const agreedAnswer = (attempt: AttemptIndex) => context.truth.agreedLie(attempt, index, settings.shift);
    /** Whether it is at work on the job, or gave the agreed answer: who failed or answered right is lost to it. */
    const canAgree = (attempt: AttemptIndex) => {
      if (attempts.state[attempt] === AttemptState.failed) return false;
      const answer = context.truth.answer(attempt);
      return Number.isNaN(answer) || answer === agreedAnswer(attempt);
    };
    const membersOn = (job: JobIndex) => {
      let members = 0;
      for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
        if (attempts.kind[attempt] === AttemptKind.work && isMember(attempts.node[attempt]!) && canAgree(attempt))
          members++;
      }
      return members;
    };
    const cheats = (attempt: AttemptIndex) => {
      const job = attempts.job[attempt]!;
      if (attempts.kind[attempt] !== AttemptKind.work || membersOn(job) < settings.least) return false;
      return context.uniform(job, attempts.number[attempt]!, Purpose.misbehaviour) < settings.wrongProbability;
    };
    return {
      accepts: () => true,
      // who else got the job shows only while it is being done: the work is spent
      workFraction: () => 1,
      answer: (_node, attempt) => (cheats(attempt) ? agreedAnswer(attempt) : honestAnswer(context, attempt)),
      attests: (_observer, attempt, observed) => {
        if (settings.vouches && isMember(attempts.node[attempt]!)) return Attestation.signs;
        return observed ? Attestation.signs : Attestation.refuses;
      },
      votes: (_juror, subject, shown) => (settings.vouches && isMember(subject)) || shown,
      ...sparing(context, (_node, subject) => settings.vouches && isMember(subject)),
    };
  },
});
