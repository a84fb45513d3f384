import { z } from 'zod';
import { auditSum } from '../../kernels/scores/audit-score.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { fraction, quantity } from '../../model/contract/settings.js';

const audits = (meaning: string) => quantity({ unit: 'audits', least: 0, most: 1e6, meaning });

/** Bits of all lanes. */
const allLanes = 0xffff_ffff;

/**
 * Audit reputation of a storage network in production: R = α/(α + β), with α ← λα + w, β ← λβ after a success, and
 * α ← λα, β ← λβ + w after a failure. Who falls to the score of disqualification gets no job any more.
 *
 * By default the sums are as large as they get, w/(1 − λ) = 1000, so that 41 failures in a row disqualify: 0.999⁴¹ is
 * the first power below 0.96. A penalty on the score moves evidence from one sum to the other; disqualification is for
 * good, whatever follows, until the node re-enters.
 *
 * Source: storj, satellite/reputation (config.go, calculations.go); after Jøsang and Ismail (2002).
 */
export const betaAudit = defineReputationModel({
  kind: 'beta-audit',
  meaning: 'Share of successes among audits, older ones faded and begun with many; a low score disqualifies for good.',
  settings: z
    .strictObject({
      kind: z.literal('beta-audit'),
      forgetting: fraction({ meaning: 'Factor λ on what was counted, at each job' }).default(0.999),
      weight: quantity({ unit: 'audits', above: 0, most: 1e6, meaning: 'What a job counts' }).default(1),
      successes: audits('Successes α that a new node begins with').default(1_000),
      failures: audits('Failures β that a new node begins with').default(0),
      disqualifiedAt: fraction({
        meaning: 'Score at and below which a node is disqualified; 0: nobody is before failing all',
      }).default(0.96),
    })
    .refine(({ successes, failures }) => successes + failures > 0, {
      path: ['successes'],
      message: 'expected a number above 0 beside failures of 0',
    })
    .refine(({ successes, failures, disqualifiedAt }) => successes / (successes + failures) > disqualifiedAt, {
      path: ['disqualifiedAt'],
      message: 'expected a score below that of a new node',
    }),
  ignoresCheckIns: true,
  scores: ({ failures, forgetting, successes }) => ({
    lowest: 0,
    reachesLowest: forgetting === 0,
    highest: 1,
    initial: successes / (successes + failures),
    unworked: successes / (successes + failures),
  }),
  create: (settings, { column, kinds, nodes }): ReputationModel => {
    const passed = column();
    const failed = column();
    const isDisqualified = column();
    /** A row of a node that never joined counts nothing: it begins as every new one does. */
    const begin = (node: number): number => {
      const { successes, failures } = settings.now;
      passed[node] = successes;
      failed[node] = failures;
      return successes / (successes + failures);
    };
    for (let node = 0; node < nodes.capacity; node++) begin(node);
    const judged = (node: number, score: number): number => {
      if (score <= settings.now.disqualifiedAt) isDisqualified[node] = 1;
      return score;
    };
    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => settings.now.successes / (settings.now.successes + settings.now.failures),
      nodeJoined: (node) => {
        begin(node);
        isDisqualified[node] = 0;
      },
      historyReset: begin,
      scoreMoved: (node, change) => {
        const all = passed[node]! + failed[node]!;
        const score = Math.min(1, Math.max(0, nodes.score[node]! + change));
        passed[node] = score * all;
        failed[node] = (1 - score) * all;
        return judged(node, score);
      },
      scoreAfter: ({ job, kind, subject }, score) => {
        const isSuccess = kind === EvidenceKind.success;
        if (!isSuccess && kinds.isFailure[kind] !== 1) return score;
        const counting = settings.of(job);
        passed[subject] = auditSum(passed[subject]!, isSuccess, 1, counting);
        failed[subject] = auditSum(failed[subject]!, !isSuccess, 1, counting);
        return judged(subject, passed[subject]! / (passed[subject]! + failed[subject]!));
      },
      lanes: (node) => (isDisqualified[node] === 1 ? 0 : allLanes),
    };
  },
});
