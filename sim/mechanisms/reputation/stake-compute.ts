import { z } from 'zod';
import { FadedRates } from '../../kernels/scores/faded-rates.js';
import { fadedShare } from '../../kernels/scores/success-counts.js';
import { NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { defineReputationModel, type Remark } from '../../model/contract/definition.js';
import { type Evidence, EvidenceKind, EvidenceRole } from '../../model/contract/evidence.js';
import { FadingPenalties } from '../../model/contract/ratings/fading-penalties.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { duration, fraction, quantity } from '../../model/contract/settings.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { provenCompute } from '../../model/contract/verification/proof-of-compute.js';

const weight = (meaning: string) => fraction({ meaning: `Weight of ${meaning}` });

/**
 * R = (a · completion + b · accuracy + c · uptime) · (1 − d · (1 − compute)), from 0 to 1.
 *
 * completion is the share of its attempts that came back, accuracy that of what came back that wasn't refuted, uptime
 * that of its check-ins made, each a Bayesian average with the prior; compute is the mean of what proofs of compute
 * showed of what it declares, 1 without any. All fade by half in a half-life, as does what penalties changed.
 *
 * Stake is no part of it: whoever assigns weighs that beside the score. After a text on compute staking, in which
 * a reputation tracks task completion, accuracy of results and uptime; the formula is this project's reading.
 */
export const stakeCompute = defineReputationModel({
  kind: 'stake-compute',
  meaning: 'Completion, accuracy and uptime, weighted, times the share of the declared hardware that was proven.',
  settings: z.strictObject({
    kind: z.literal('stake-compute'),
    weights: z
      .strictObject({
        completion: weight('the share of attempts that came back').default(0.4),
        accuracy: weight('the share of results that weren’t refuted').default(0.4),
        uptime: weight('the share of check-ins that were made').default(0.2),
      })
      .refine(({ completion, accuracy, uptime }) => Math.abs(completion + accuracy + uptime - 1) < 1e-9, {
        message: 'expected weights that sum to 1',
      })
      .describe('What the parts of the score weigh; they sum to 1')
      .prefault({}),
    computeWeight: fraction({
      meaning: 'Share of the score that is lost by who proves none of the compute that it declares',
    }).default(1),
    prior: fraction({ meaning: 'Score of a new node, and mean of the prior' }).default(0.5),
    priorWeight: quantity({
      unit: 'observations',
      least: 0,
      most: 1e6,
      meaning: 'Jobs, or check-ins, that the prior counts like',
    }).default(20),
    halfLife: duration({ positive: true, meaning: 'Time in which what was counted fades by half' }).default(
      30 * secondsPerDay,
    ),
  }),
  scores: ({ prior, weights }, isCheckedIn) => ({
    lowest: 0,
    reachesLowest: true,
    highest: 1,
    initial: prior,
    unworked: prior + (isCheckedIn ? weights.uptime * (1 - prior) : 0),
  }),
  remarks: ({ computeWeight }, { measures }) => {
    const found: Remark[] = [];
    if (computeWeight > 0 && !measures.includes(provenCompute)) {
      const expected = 'a verification scheme that proves compute, or 0';
      const why = 'so that nobody’s compute is measured';
      found.push({ setting: 'computeWeight', expected, found: String(computeWeight), why });
    }
    return found;
  },
  create: (settings, context): ReputationModel => {
    const { kinds, nodes } = context;
    const [completion, accuracy, uptime, compute] = [0, 1, 2, 3].map(() => new FadedRates(() => context.column()));
    const rates = [completion!, accuracy!, uptime!, compute!];
    const penalties = new FadingPenalties(context);
    const proven = context.measure(provenCompute);
    /** By node: its uptime as of the last epoch's end; NaN before the first. */
    const seenUptime = context.column().fill(Number.NaN);
    /** When the epoch before this one ended [s]. */
    let reckonedAt = 0;

    const score = (node: NodeIndex): number => {
      const { computeWeight, prior, priorWeight, weights } = settings.now;
      const served =
        weights.completion * completion!.rate(node, prior, priorWeight) +
        weights.accuracy * accuracy!.rate(node, prior, priorWeight) +
        weights.uptime * (Number.isNaN(seenUptime[node]!) ? prior : seenUptime[node]!);
      return penalties.applied(node, served * (1 - computeWeight * (1 - compute!.rate(node, 1, 0))));
    };
    const forget = (node: NodeIndex): number => {
      for (const rate of rates) rate.forget(node);
      penalties.forget(node);
      seenUptime[node] = Number.NaN;
      return settings.now.prior;
    };

    /** Of a result whether it stood; of what never came that it didn't; NaN for what is neither. */
    const outcomeOf = ({ kind, role }: Evidence): number => {
      if (role !== EvidenceRole.worker) return Number.NaN;
      if (kind === EvidenceKind.success) return 1;
      return kinds.isFailure[kind] === 1 ? 0 : Number.NaN;
    };
    const isLost = (kind: EvidenceKind) =>
      kind === EvidenceKind.timeout || kind === EvidenceKind.absence || kind === EvidenceKind.unrevealed;

    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => settings.now.prior,
      nodeJoined: forget,
      historyReset: forget,
      scoreMoved: (node, change) => penalties.move(node, change),
      scoreAfter: (evidence, before) => {
        const { attempt, count, kind, subject } = evidence;
        if (kind === EvidenceKind.checkInMade || kind === EvidenceKind.checkInMissed) {
          // told by the score as the epoch ends, which is when they are counted
          uptime!.add(subject, kind === EvidenceKind.checkInMade ? 1 : 0, count);
          return before;
        }
        const outcome = outcomeOf(evidence);
        // what is of no attempt, such as a proof of compute, is neither; a result can be refuted later, too
        if (Number.isNaN(outcome) || (attempt === NONE && kind !== EvidenceKind.invalid)) return before;
        if (attempt !== NONE) completion!.add(subject, isLost(kind) ? 0 : 1);
        if (!isLost(kind)) accuracy!.add(subject, outcome);
        return score(subject);
      },
      reckon: () => {
        const share = fadedShare(context.now() - reckonedAt, settings.now.halfLife);
        reckonedAt = context.now();
        for (const rate of rates) rate.fade(nodes.count, share);
        penalties.fade(share);
      },
      scoreAtEpoch: (node) => {
        if (!Number.isNaN(proven[node]!)) compute!.add(node, proven[node]!);
        const { prior, priorWeight } = settings.now;
        seenUptime[node] = uptime!.rate(node, prior, priorWeight);
        return score(node);
      },
    };
  },
});
