import { z } from 'zod';
import { guardedTrust } from '../../kernels/trust/trust-guard.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { fraction } from '../../model/contract/settings.js';

/**
 * TrustGuard: α·R + β·(1/t)∫R + γ·R′ at the end of each epoch, with R the share of successes among the epoch's jobs,
 * the integral its mean over the node's epochs, those without a job left out, and R′ the change since the one before.
 *
 * The past can fade, by a factor an epoch; γ is larger for falls than for rises, so that trust is built slowly and lost
 * fast. A penalty on the score fades as further epochs come in.
 *
 * Source: M. Srivatsa, L. Xiong, L. Liu, TrustGuard: countering vulnerabilities in reputation management for
 * decentralized overlay networks, WWW 2005.
 */
export const trustguard = defineReputationModel({
  kind: 'trustguard',
  meaning: 'Success rate of the epoch, its mean over all of them, and its change, which weighs more where it falls.',
  settings: z
    .strictObject({
      kind: z.literal('trustguard'),
      current: fraction({ meaning: 'Weight α of the epoch’s success rate; the mean has the rest' }).default(0.4),
      rise: fraction({ meaning: 'Weight γ of the change since the last epoch where it is a rise' }).default(0.05),
      fall: fraction({ meaning: 'Weight γ of the change where it is a fall' }).default(0.4),
      memory: fraction({ meaning: 'Factor on the weight of past epochs, at each; 1 forgets nothing' }).default(1),
      initial: fraction({ meaning: 'Score of a new node, until an epoch in which it had a job ends' }).default(0.5),
    })
    .refine(({ rise, fall }) => rise <= fall, {
      path: ['fall'],
      message: 'expected at least the weight of a rise',
    }),
  ignoresCheckIns: true,
  scores: ({ initial }) => ({ lowest: 0, reachesLowest: true, highest: 1, initial, unworked: initial }),
  create: (settings, { column, kinds, nodes }): ReputationModel => {
    /** Of the epoch under way. */
    const successes = column();
    const failures = column();
    /** Success rate of the last epoch with a job; the mean, and how many epochs that weighs like. */
    const last = column();
    const mean = column();
    const epochs = column();
    const penalty = column();
    const within = (score: number) => Math.min(1, Math.max(0, score));
    const forget = (node: number): number => {
      for (const values of [successes, failures, last, mean, epochs, penalty]) values[node] = 0;
      return settings.now.initial;
    };
    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => settings.now.initial,
      nodeJoined: forget,
      historyReset: forget,
      scoreMoved: (node, change) => {
        const score = within(nodes.score[node]! + change);
        penalty[node]! += score - nodes.score[node]!;
        return score;
      },
      scoreAfter: ({ kind, subject }, score) => {
        if (kind === EvidenceKind.success) successes[subject]!++;
        else if (kinds.isFailure[kind] === 1) failures[subject]!++;
        return score;
      },
      scoreAtEpoch: (node, score) => {
        const jobs = successes[node]! + failures[node]!;
        if (jobs === 0) return score;
        const { current, fall, memory, rise } = settings.now;
        const rate = successes[node]! / jobs;
        const weight = memory * epochs[node]!;
        const change = epochs[node] === 0 ? 0 : rate - last[node]!;
        mean[node] = (weight * mean[node]! + rate) / (weight + 1);
        penalty[node]! *= weight / (weight + 1);
        epochs[node] = weight + 1;
        last[node] = rate;
        successes[node] = 0;
        failures[node] = 0;
        const weights = { alpha: current, beta: 1 - current, gammaRise: rise, gammaFall: fall };
        const trust = guardedTrust(rate, mean[node]!, change, weights);
        return within(trust + penalty[node]!);
      },
    };
  },
});
