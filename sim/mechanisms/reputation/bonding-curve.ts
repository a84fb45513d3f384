import { z } from 'zod';
import { bondedJobs, bondingScore } from '../../kernels/scores/bonding-curve.js';
import { fadedShare } from '../../kernels/scores/success-counts.js';
import { UptimeBuckets } from '../../kernels/scores/uptime-buckets.js';
import { AttemptState } from '../../model/columns/attempts.js';
import { NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { contributionName } from '../../model/contract/cohorts/ballots.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { type Evidence, EvidenceKind, EvidenceRole } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { duration, flag, fraction, quantity } from '../../model/contract/settings.js';
import { secondsPerDay } from '../../model/contract/units.js';

/**
 * R = 1 − e^(−x/k) of the accumulated work x, a non-linear bonding curve: the first jobs build most of the score.
 *
 * Each success adds s · l · a · h to x: the node's success rate, how soon the result was there, its share of check-ins,
 * and 1/(1 + w·p) for p penalties that its score ever had; each of the first three weighs as the settings say. All that
 * was accumulated fades by half in a half-life, at epochs' ends. A failure by itself adds nothing; what it costs of the
 * score is the slashing rule's to say, and lies in x from then on, so that it takes work to get it back.
 *
 * Nodes that are there from the start begin at a score, later ones at 0, who have nothing behind them; so does whoever
 * enters afresh, as a score belongs to an identity and can't be handed on.
 *
 * After the description of reputation-backed compute; k, the weights and the half-life are this project's.
 */
export const bondingCurve = defineReputationModel({
  kind: 'bonding-curve',
  meaning: 'The share 1 − e^(−x/k) for accumulated work x, weighted by success, latency, availability and penalties.',
  settings: z
    .strictObject({
      kind: z.literal('bonding-curve'),
      scale: quantity({
        unit: 'jobs',
        above: 0,
        most: 1e6,
        meaning: 'Accumulated work k at which the score is 1 − 1/e, 0.632',
      }).default(200),
      halfLife: z
        .union(
          [
            duration({ positive: true, meaning: 'Time in which half of what was accumulated fades, at epochs’ ends' }),
            z.literal('unlimited'),
          ],
          'expected a duration such as 60d, or unlimited',
        )
        .describe('Time in which half of what was accumulated fades, at epochs’ ends')
        .default(60 * secondsPerDay),
      initialScore: quantity({
        unit: 'score',
        least: 0,
        below: 1,
        meaning: 'Score of nodes that are there at time 0; later ones begin at 0',
      }).default(0.6),
      successWeight: fraction({ meaning: 'How much of a success is lost with the success rate' }).default(1),
      latencyWeight: fraction({ meaning: 'How much of a success is lost if the result came late' }).default(0.5),
      latencyFull: quantity({
        unit: '1',
        least: 0,
        most: 1e6,
        meaning: 'Time from assignment to the result, as a multiple of the declared work, up to which nothing is lost',
      }).default(2),
      latencyNone: quantity({
        unit: '1',
        above: 0,
        most: 1e6,
        meaning: 'The same, from which on all of the weight is lost; in between in proportion',
      }).default(6),
      availabilityWeight: fraction({ meaning: 'How much of a success is lost with check-ins missed' }).default(1),
      uptimeOver: duration({ positive: true, meaning: 'Time over which check-ins count' }).default(30 * secondsPerDay),
      penaltyWeight: quantity({
        unit: '1',
        least: 0,
        most: 1_000,
        meaning: 'What a penalty on the score weighs against later successes, which count 1/(1 + weight × penalties)',
      }).default(0.5),
      byClass: flag({ meaning: 'Keep a score for each job class, too, from what was counted of its jobs' }).default(
        false,
      ),
    })
    .refine(({ latencyFull, latencyNone }) => latencyFull < latencyNone, {
      path: ['latencyNone'],
      message: 'expected more than latencyFull',
    }),
  measures: [contributionName],
  scores: ({ initialScore }) => ({
    lowest: 0,
    reachesLowest: true,
    highest: 1,
    initial: initialScore,
    unworked: initialScore,
  }),
  contribution: ({ initialScore, scale }) => ({
    first: bondedJobs(initialScore, scale),
    most: bondedJobs(1, scale),
  }),
  create: (settings, context): ReputationModel => {
    const { attempts, classes, jobs, kinds, nodes } = context;
    const hasClasses = settings.now.byClass;
    /** Rows of a node: its own, then that of each class. */
    const rowsEach = 1 + (hasClasses ? classes.length : 0);
    const rowOf = (node: NodeIndex, jobClass: number) => node * rowsEach + 1 + jobClass;
    const accumulated = context.column(rowsEach);
    const successes = context.column(rowsEach);
    const failures = context.column(rowsEach);
    /** By row: penalties on the score, which fade as work does. */
    const penalties = context.column(rowsEach);
    const uptimes = new UptimeBuckets(nodes.capacity);
    const uptime = context.column().fill(1);
    const work = context.measure(contributionName, {
      unit: 'jobs',
      meaning: 'Accumulated work behind its score: jobs that it takes to build it again',
    });
    /** By node: 1 once its rows were filled in. */
    const hasBegun = context.column();
    let reckonedAt = 0;
    let share = 1;

    const scoreOf = (node: NodeIndex, row: number) => {
      if (row === node * rowsEach) work[node] = accumulated[row]!;
      return bondingScore(accumulated[row]!, settings.now.scale);
    };
    const timeliness = ({ attempt, job }: Evidence) => {
      if (attempt === NONE || attempts.state[attempt] !== AttemptState.returned) return 1;
      const { latencyFull, latencyNone } = settings.of(job);
      // a second more, as of short jobs the way there and back is most
      const times = (attempts.returnedAt[attempt]! - attempts.assignedAt[attempt]!) / (jobs.work[job]! + 1);
      return Math.min(1, Math.max(0, (latencyNone - times) / (latencyNone - latencyFull)));
    };
    const weightOf = (evidence: Evidence, row: number) => {
      const { availabilityWeight, latencyWeight, penaltyWeight, successWeight } = settings.of(evidence.job);
      const done = successes[row]! + failures[row]!;
      const lost = done === 0 ? 0 : failures[row]! / done;
      return (
        ((1 - successWeight * lost) *
          (1 - latencyWeight * (1 - timeliness(evidence))) *
          (1 - availabilityWeight * (1 - uptime[evidence.subject]!))) /
        (1 + penaltyWeight * penalties[row]!)
      );
    };
    const after = (evidence: Evidence, row: number, score: number) => {
      const { kind, role, subject } = evidence;
      if (role !== EvidenceRole.worker) return score;
      if (hasBegun[subject] === 0) begin(subject, prior(subject));
      if (kind === EvidenceKind.success) {
        successes[row]!++;
        accumulated[row]! += weightOf(evidence, row);
        return scoreOf(subject, row);
      }
      if (kinds.isFailure[kind] === 1) failures[row]!++;
      return score;
    };
    const move = (node: NodeIndex, row: number, change: number) => {
      const { scale } = settings.now;
      if (hasBegun[node] === 0) begin(node, prior(node));
      if (change < 0) penalties[row]!++;
      accumulated[row] = bondedJobs(bondingScore(accumulated[row]!, scale) + change, scale);
      return scoreOf(node, row);
    };
    const fade = (node: NodeIndex, row: number) => {
      if (hasBegun[node] === 0) begin(node, prior(node));
      accumulated[row]! *= share;
      successes[row]! *= share;
      failures[row]! *= share;
      penalties[row]! *= share;
      return scoreOf(node, row);
    };
    const prior = (node: NodeIndex) => (nodes.joinedAt[node] === 0 ? settings.now.initialScore : 0);
    /** Once it has the work that its first score stands for; before, nothing was heard of the node. */
    const begin = (node: NodeIndex, score: number) => {
      hasBegun[node] = 1;
      for (let row = node * rowsEach; row < (node + 1) * rowsEach; row++) {
        accumulated[row] = bondedJobs(score, settings.now.scale);
        successes[row] = 0;
        failures[row] = 0;
        penalties[row] = 0;
      }
      return scoreOf(node, node * rowsEach);
    };
    const model: ReputationModel = {
      lowest: () => 0,
      highest: () => 1,
      prior: (node) => bondingScore(bondedJobs(prior(node), settings.now.scale), settings.now.scale),
      nodeJoined: (node) => {
        uptimes.clear(node);
        uptime[node] = 1;
        begin(node, prior(node));
      },
      historyReset: (node) => begin(node, prior(node)),
      scoreMoved: (node, change) => move(node, node * rowsEach, change),
      scoreAfter: (evidence, score) => {
        const { count, kind, subject } = evidence;
        if (kind === EvidenceKind.checkInMade) uptimes.add(subject, count, count);
        else if (kind === EvidenceKind.checkInMissed) uptimes.add(subject, 0, count);
        return after(evidence, subject * rowsEach, score);
      },
      reckon: () => {
        const { halfLife } = settings.now;
        share = fadedShare(context.now() - reckonedAt, halfLife === 'unlimited' ? Number.POSITIVE_INFINITY : halfLife);
        for (let node = 0; node < nodes.count; node++) {
          const made = uptimes.share(node);
          uptime[node] = Number.isNaN(made) ? 1 : made;
        }
      },
      scoreAtEpoch: (node) => fade(node, node * rowsEach),
      epochEnded: () => {
        uptimes.pass(context.now() - reckonedAt, settings.now.uptimeOver);
        reckonedAt = context.now();
      },
    };
    if (!hasClasses) return model;
    return {
      ...model,
      classScores: {
        scoreAfter: (evidence, score) => after(evidence, rowOf(evidence.subject, evidence.jobClass), score),
        scoreMoved: (node, jobClass, change) => move(node, rowOf(node, jobClass), change),
        scoreAtEpoch: (node, jobClass) => fade(node, rowOf(node, jobClass)),
      },
    };
  },
});
