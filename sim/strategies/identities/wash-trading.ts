import { z } from 'zod';
import { NONE, NodeState } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { ownJobsRemarks, ownJobsSettings, workloadLike } from '../../model/contract/cohorts/own-jobs.js';
import { needsEpochs } from '../../model/contract/cohorts/preconditions.js';
import { defineStrategy } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { count } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/**
 * Operators that are clients of their own nodes, to be seen at work: what a job earns its node comes out of their own
 * purse, less what the protocol keeps. They compute honestly.
 */
export const washTrading = defineStrategy({
  kind: 'wash-trading',
  meaning: 'Submits jobs to its own nodes to farm reputation, and pays the protocol’s part of the fees.',
  formula: 'A job of its own costs fee × (1 − the share that its node is paid); jobsPerEpoch a node and epoch',
  source: 'Fake transactions in Srivatsa, Xiong and Liu 2005, TrustGuard',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('wash-trading'),
    jobsPerEpoch: count({
      least: 1,
      most: 1_000,
      unit: 'jobs',
      meaning: 'Jobs that it submits for each node at the end of an epoch',
    }).default(4),
    ...ownJobsSettings,
  }),
  plan: (_settings, identities) => oneEach(identities),
  remarks: (settings, outline, _nodes, funds) => [...needsEpochs(outline), ...ownJobsRemarks(settings, outline, funds)],
  create: (settings, context): Strategy => {
    const { nodes, workloads } = context;
    const workload = workloadLike(settings, workloads);
    return {
      ...honestService(context),
      wake: (actions) => {
        for (const node of context.nodesOf(actions.operator)) {
          for (let job = 0; job < settings.jobsPerEpoch && nodes.state[node] === NodeState.present; job++) {
            if (!actions.submit(workload, settings.directs ? node : NONE)) return;
          }
        }
      },
    };
  },
});
