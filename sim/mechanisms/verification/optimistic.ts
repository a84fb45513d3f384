import { z } from 'zod';
import { constant } from '../../engine/distributions.js';
import { largest } from '../../kernels/extent.js';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE } from '../../model/columns/nodes.js';
import { PanelRole } from '../../model/columns/panels.js';
import { defineVerificationScheme, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { type ChallengeWindow, NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import { choice, count, duration, probability, quantity, toDuration } from '../../model/contract/settings.js';
import { roundTokens } from '../../model/contract/units.js';

const fees = (meaning: string) => quantity({ unit: 'fees', least: 0, most: 1e6, meaning });

/**
 * Results are taken at once, and can be challenged for a while: the verification game (J. Teutsch, C. Reitwießner, A
 * scalable verification solution for blockchains, 2017).
 *
 * Checkers compute the result again at their own cost, and challenge what they find to be another, with a bond. After
 * the rounds of the dispute an arbiter decides; whoever loses is punished, and the winner gets the challenger's share.
 * Forced errors keep checkers looking: with forced-error rate f, jackpot J and cost c of a check, looking pays for a
 * lone checker if f·J ≥ c. Of k who find one each gets J/2^(k−1).
 */
export const optimistic = defineVerificationScheme({
  kind: 'optimistic',
  meaning: 'Results are taken at once, and can be challenged within a window; disputes end with an arbiter.',
  settings: z.strictObject({
    kind: z.literal('optimistic'),
    window: duration({ positive: true, meaning: 'How long a result can be challenged' }).default(3_600),
    checkers: count({ least: 0, most: 16, meaning: 'Nodes of other operators appointed for each job' }).default(1),
    checkProbability: probability({ meaning: 'Probability that one who is appointed is called upon to check' }).default(
      0.1,
    ),
    bond: fees('What a challenger locks until the dispute is decided').default(1),
    rounds: count({ least: 1, most: 64, meaning: 'Rounds of a dispute before the arbiter decides' }).default(10),
    round: duration({ positive: true, meaning: 'How long a round takes' }).default(30),
    arbiter: choice(['referee', 'recheck', 'jury'], {
      meaning: 'Who decides: the protocol itself, a node that computes it again, or jurors; else the result stands',
    }).default('referee'),
    jurors: count({ least: 1, most: 32, meaning: 'Jurors of other operators, whose majority decides' }).default(5),
    jurorErrorProbability: probability({ meaning: 'Probability that a juror sees the opposite' }).default(0.05),
    juryWithin: duration({ positive: true, meaning: 'How long jurors have to vote' }).default(3_600),
    forcedErrorProbability: probability({
      meaning: 'Probability that the protocol falsifies a result itself, to see who looks',
    }).default(0),
    jackpot: fees('What the treasury pays who finds a forced error; of k finders each gets a 2^(k−1)th').default(100),
  }),
  isChallengeable: true,
  jurors: ({ arbiter, jurors }) => (arbiter === 'jury' ? jurors : 0),
  remarks: (settings, outline) => {
    const { window, checkers, checkProbability, bond, arbiter, jurors, rounds, round, juryWithin } = settings;
    const { bondFunds, bondPurse, horizonSeconds, leastFee, operators, unbondingSeconds } = outline;
    const found: Remark[] = [];
    const others = operators - 1;
    if (checkers === 0 || checkProbability === 0) {
      const setting = checkers === 0 ? 'checkers' : 'checkProbability';
      const why = 'so that only those look who do so of their own accord';
      found.push({ setting, expected: 'more than 0', found: '0', why });
    } else if (checkers > others) {
      const expected = `at most as many as there are other operators, ${others}`;
      found.push({ setting: 'checkers', expected, found: `${checkers}`, why: 'so that fewer are appointed' });
    }
    if (arbiter === 'jury' && jurors > others) {
      const expected = `at most as many as there are other operators, ${others}`;
      found.push({ setting: 'jurors', expected, found: `${jurors}`, why: 'so that fewer vote' });
    }
    if (settings.forcedErrorProbability > 0 && settings.jackpot === 0) {
      const why = 'so that who finds a forced error gets nothing for it';
      found.push({ setting: 'jackpot', expected: 'more than 0 fees', found: '0', why });
    }
    const least = bond * leastFee;
    if (Object.values(bondFunds).every((each) => each < least)) {
      const tokens = roundTokens(least);
      const expected = `0, or what some operator’s ${bondPurse} suffice for, ${tokens} tokens for the lowest fee`;
      // pay is in the network's own token
      const isEarned = bondPurse === 'funds';
      found.push({
        setting: 'bond',
        expected,
        found: `${bondPurse} of at most ${largest(Object.values(bondFunds))}`,
        why: isEarned ? 'so that nobody can challenge before it earns otherwise' : 'so that nobody can ever challenge',
        isInert: !isEarned,
        isOfChoice: true,
      });
    }
    if (window > unbondingSeconds) {
      const expected = `at most the unbonding period, ${toDuration(unbondingSeconds)}`;
      const why = 'so that who leaves at once can have its stake back before a challenge';
      found.push({ setting: 'window', expected, found: toDuration(window), why });
    }
    // from the verdict on until the last of the disputes is decided
    const longest = window + (rounds - 1) * round + (arbiter === 'jury' ? juryWithin : 0);
    if (window <= unbondingSeconds && longest > unbondingSeconds) {
      const expected = `window, rounds and jury within the unbonding period, ${toDuration(unbondingSeconds)}`;
      const why = 'so that who leaves at once can have its stake back before a dispute is decided';
      found.push({ setting: 'rounds', expected, found: toDuration(longest), why });
    }
    if (longest - window > horizonSeconds) {
      const expected = `rounds and jury within the horizon, ${toDuration(horizonSeconds)}`;
      found.push({
        setting: 'rounds',
        expected,
        found: toDuration(longest - window),
        why: 'so that no dispute is decided',
      });
    }
    return found;
  },
  create: (settings, context): VerificationScheme => {
    const { attempts, jobs, panels, instruments } = context;
    const windows = settings.map(
      ({ window, checkers, checkProbability, forcedErrorProbability, jackpot, bond, round }): ChallengeWindow => ({
        seconds: window,
        checkers,
        checkProbability,
        forcedErrorProbability,
        jackpot,
        bond,
        roundSeconds: round,
      }),
    );
    const juries = settings.map(({ jurors, jurorErrorProbability, juryWithin }) => ({
      role: PanelRole.juror,
      peers: jurors,
      among: 'online' as const,
      observes: 'result' as const,
      errorProbability: jurorErrorProbability,
      replyDelay: constant(0),
      replyWithinSeconds: juryWithin,
    }));
    const chain = oneAtATime(context, () => NextStep.verdict);

    const hasRecheck = (job: JobIndex) => {
      let attempt = jobs.lastAttempt[job]!;
      while (attempt !== NONE && !isReturnedRecheck(attempt)) attempt = attempts.nextOfJob[attempt]!;
      return attempt !== NONE;
    };
    const isReturnedRecheck = (attempt: AttemptIndex) =>
      attempts.kind[attempt] === AttemptKind.recheck && attempts.state[attempt] === AttemptState.returned;

    /** What the majority of the jury holds of the attempt; null without one. */
    const votedOn = (attempt: AttemptIndex) => {
      let panel = attempts.lastPanel[attempt]!;
      while (panel !== NONE && panels.role[panel] !== PanelRole.juror) panel = panels.nextOfAttempt[panel]!;
      if (panel === NONE || panels.signed[panel] === panels.refused[panel]) return null;
      return panels.signed[panel]! > panels.refused[panel]! ? EvidenceKind.success : EvidenceKind.invalid;
    };

    const recomputed = (attempt: AttemptIndex) =>
      instruments.recomputationAgrees(attempt) ? EvidenceKind.success : EvidenceKind.invalid;

    return {
      ...chain,
      attemptEnded: (attempt) =>
        attempts.kind[attempt] === AttemptKind.recheck ? NextStep.verdict : chain.attemptEnded(attempt),
      membersMost: () => (settings.now.arbiter === 'jury' ? settings.now.jurors : 0),
      panel: (attempt) => juries.of(attempts.job[attempt]!),
      panelClosed: () => NextStep.verdict,
      // a dispute begins after the verdict
      looksAtAnswers: () => false,
      verdict: (attempt) => (attempts.kind[attempt] === AttemptKind.recheck ? recomputed(attempt) : null),
      window: (job) => windows.of(job),
      disputed: (attempt, _challenger, round) => {
        const { rounds, arbiter } = settings.of(attempts.job[attempt]!);
        if (round < rounds) return NextStep.wait;
        return arbiter === 'referee' ? NextStep.verdict : arbiter === 'recheck' ? NextStep.recheck : NextStep.panel;
      },
      outcome: (attempt) => {
        const job = attempts.job[attempt]!;
        const { arbiter } = settings.of(job);
        if (arbiter === 'jury') return votedOn(attempt);
        return arbiter === 'referee' || hasRecheck(job) ? recomputed(attempt) : null;
      },
    };
  },
});
