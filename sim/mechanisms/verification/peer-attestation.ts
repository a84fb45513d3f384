import { z } from 'zod';
import { constant } from '../../engine/distributions.js';
import { type AttemptIndex, NONE, type PanelIndex } from '../../model/columns/nodes.js';
import { PanelRole } from '../../model/columns/panels.js';
import { type ClientRegion, defineVerificationScheme, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { NextStep, type PanelRequest, type VerificationScheme } from '../../model/contract/roles.js';
import { choice, count, distribution, duration, probability, toDuration } from '../../model/contract/settings.js';

/** Peers sign what they saw; `threshold` signatures of `peers` carry, fewer replies than that decide nothing. */
export const peerAttestation = defineVerificationScheme({
  kind: 'peer-attestation',
  meaning: 'Peers of other operators sign what they saw of an attempt; a threshold of signatures carries.',
  settings: z
    .strictObject({
      kind: z.literal('peer-attestation'),
      peers: count({ least: 1, most: 32, meaning: 'Witnesses asked about each attempt' }).default(4),
      threshold: count({ least: 1, most: 32, meaning: 'Signatures needed' }).default(3),
      among: choice(['online', 'neighbours', 'any'], {
        meaning:
          'Who can be a witness: nodes that are online, those of them in the client’s region, or all present ones',
      }).default('online'),
      observes: choice(['participation', 'result'], { meaning: 'What a witness can see' }).default('participation'),
      errorProbability: probability({ meaning: 'Probability that a witness sees the opposite' }).default(0),
      replyDelay: distribution({
        unit: 'seconds',
        least: 0,
        meaning: 'Time that a witness takes to reply, besides latency',
      }).default(constant(0)),
      replyWithin: z
        .union([
          duration({
            positive: true,
            meaning: 'Replies later than this do not count; unlimited: later than giveUpAfter',
          }),
          z.literal('unlimited'),
        ])
        .default(30),
    })
    .refine((settings) => settings.threshold <= settings.peers, {
      path: ['threshold'],
      message: 'expected a threshold of at most the number of peers',
    }),
  witnesses: ({ peers }) => peers,
  remarks: ({ among, peers, threshold, replyDelay, replyWithin }, outline) => {
    const { clientRegions, operators, leastRoundTripSeconds } = outline;
    const others = operators - 1;
    const expected = `at most as many as there are other operators, ${others}`;
    const found: Remark[] = [];
    if (threshold > others) {
      const why = 'so that no attempt ever has enough signatures';
      found.push({ setting: 'threshold', expected, found: `${threshold}`, why, isFault: true });
    } else if (peers > others) {
      found.push({ setting: 'peers', expected, found: `${peers}`, why: 'so that fewer are asked' });
    }
    const few = among === 'neighbours' && peers <= others ? neighbourRemark(peers, threshold, clientRegions) : null;
    if (few !== null) found.push(few);
    const soonest = replyDelay.quantile(0);
    if (replyWithin !== 'unlimited' && soonest > replyWithin) {
      const wanted = `a delay that can end within replyWithin, ${toDuration(replyWithin)}`;
      const why = 'so that no reply ever counts';
      found.push({ setting: 'replyDelay', expected: wanted, found: `${toDuration(soonest)} at least`, why });
    } else if (replyWithin !== 'unlimited' && leastRoundTripSeconds + soonest > replyWithin) {
      const least = toDuration(leastRoundTripSeconds + soonest);
      const wanted = `at least the time that the nearest witness takes to reply, ${least}`;
      found.push({
        setting: 'replyWithin',
        expected: wanted,
        found: toDuration(replyWithin),
        why: 'so that no reply ever counts',
      });
    }
    return found;
  },
  create: (settings, context): VerificationScheme => {
    const { attempts, jobs, panels, instruments } = context;
    const requests = settings.map(
      ({ peers, among, observes, errorProbability, replyDelay, replyWithin }): PanelRequest => ({
        role: PanelRole.witness,
        peers,
        among,
        observes,
        errorProbability,
        replyDelay,
        replyWithinSeconds: replyWithin === 'unlimited' ? Number.POSITIVE_INFINITY : replyWithin,
      }),
    );

    /** The panel of this scheme on the attempt, or NONE: those of others in a list count for themselves. */
    const panelOn = (attempt: AttemptIndex): PanelIndex => {
      let panel = attempts.lastPanel[attempt]!;
      while (panel !== NONE && panels.stage[panel] !== context.stage) panel = panels.nextOfAttempt[panel]!;
      return panel;
    };

    /** The panel that says something of the attempt: what it says of an answer holds for all that gave it. */
    const panelFor = (attempt: AttemptIndex, isOfResult: boolean): PanelIndex => {
      const own = panelOn(attempt);
      if (!isOfResult || own !== NONE) return own;
      let other = jobs.lastAttempt[attempts.job[attempt]!]!;
      while (other !== NONE) {
        const panel = panelOn(other);
        if (panel !== NONE && instruments.answersAgree(attempt, other)) return panel;
        other = attempts.nextOfJob[other]!;
      }
      return NONE;
    };
    return {
      membersMost: () => settings.now.peers,
      ...oneAtATime(context, () => NextStep.panel),
      panel: (attempt) => requests.of(attempts.job[attempt]!),
      panelClosed: () => NextStep.verdict,
      looksAtAnswers: (job) => settings.of(job).observes === 'result',
      verdict: (attempt) => {
        const { observes, threshold } = settings.of(attempts.job[attempt]!);
        const isOfResult = observes === 'result';
        const panel = panelFor(attempt, isOfResult);
        if (panel === NONE) return EvidenceKind.inconclusive;
        const signed = panels.signed[panel]!;
        if (signed >= threshold) return EvidenceKind.success;
        if (signed + panels.refused[panel]! >= threshold) {
          return isOfResult ? EvidenceKind.invalid : EvidenceKind.absence;
        }
        return EvidenceKind.inconclusive;
      },
    };
  },
});

/** So large a part of a workload’s jobs must lack neighbours for it to be told: few nodes are nearly nowhere many. */
const toldFrom = 0.25;

/** Of panels that aren’t full, or never decide, where clients have few neighbours besides the worker itself. */
function neighbourRemark(peers: number, threshold: number, regions: readonly ClientRegion[]): Remark | null {
  const few = (least: number) => regions.filter(({ nodes }) => nodes - 1 < least);
  const isMuch = (some: readonly ClientRegion[]) =>
    some.reduce((sum, { jobsFraction }) => sum + jobsFraction, 0) >= toldFrom;
  const isUndecided = isMuch(few(threshold));
  const lacking = few(isUndecided ? threshold : peers);
  if (!isMuch(lacking)) return null;
  const expected = `online, or regions of clients with at least ${isUndecided ? threshold : peers} neighbours`;
  const found = lacking
    .map(({ region, nodes }) => `${Math.max(0, Math.floor(nodes - 1 + 1e-9))} in ${region}`)
    .join(', ');
  const why = isUndecided ? 'so that no attempt there has enough signatures' : 'so that fewer are asked';
  return { setting: 'among', expected, found: `about ${found}`, why };
}
