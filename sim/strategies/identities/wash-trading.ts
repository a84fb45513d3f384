import { z } from 'zod';
import { NONE, NodeState } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsEpochs } from '../../model/contract/cohorts/preconditions.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { count, flag, partName } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/**
 * Operators that are clients of their own nodes, to be seen at work: what a job earns its node comes out of their own
 * purse, less what the protocol keeps. They compute honestly.
 */
export const washTrading = defineStrategy({
  kind: 'wash-trading',
  meaning: 'Submits jobs to its own nodes to farm reputation, and pays the protocol’s part of the fees.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('wash-trading'),
    jobsPerEpoch: count({
      least: 1,
      most: 1_000,
      unit: 'jobs',
      meaning: 'Jobs that it submits for each node at the end of an epoch',
    }).default(4),
    like: partName.describe('Workload whose jobs they are like, and cost the same; default: the first').optional(),
    directs: flag({
      meaning: 'Whether the jobs name the node that they are for; else they go to whoever the policy says',
    }).default(true),
  }),
  plan: (_settings, identities) => oneEach(identities),
  remarks: ({ like, directs }, outline, _nodes, funds) => {
    const { directsJobs, leastFee, workloadNames } = outline;
    const found: Remark[] = [...needsEpochs(outline)];
    if (funds < leastFee) {
      const expected = `funds of at least ${leastFee} tokens an operator, the lowest fee of a job`;
      const why = 'so that it submits none before it earns otherwise';
      found.push({ setting: '', expected, found: `${Math.round(funds * 1e6) / 1e6} tokens`, why });
    }
    if (like !== undefined && !workloadNames.includes(like)) {
      const expected = `a workload: ${workloadNames.join(', ')}`;
      found.push({ setting: 'like', expected, found: like, why: 'so that it has nothing to submit', isFault: true });
    }
    if (directs && !directsJobs) {
      const why = 'so that none of its jobs is taken';
      found.push({ setting: 'directs', expected: 'protocol.directedJobs: true', found: 'false', why });
    }
    return found;
  },
  create: (settings, context): Strategy => {
    const { nodes, workloads } = context;
    const workload = settings.like === undefined ? 0 : workloads.indexOf(settings.like);
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
