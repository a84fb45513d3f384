import { z } from 'zod';
import { NONE } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsEpochs } from '../../model/contract/cohorts/preconditions.js';
import { markTargets, targetsSetting } from '../../model/contract/cohorts/targets.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { count, flag, partName, quantity } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/**
 * Operators that are clients of their rivals, with jobs that take far more work than they declare: whoever takes one is
 * kept busy until its deadline, and has failed then. What came to nothing is refunded, so that it costs a client
 * little.
 */
export const griefingClient = defineStrategy({
  kind: 'griefing-client',
  meaning: 'Submits jobs to rivals that take far more work than they declare, so that these run out of time.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('griefing-client'),
    targets: targetsSetting,
    jobsEach: count({
      least: 1,
      most: 1_000,
      unit: 'jobs',
      meaning: 'Jobs that each of its operators submits for each target at the end of an epoch',
    }).default(1),
    timesWork: quantity({
      unit: 'times',
      least: 1,
      most: 1_000_000,
      meaning: 'How many times the work that they declare these jobs take',
    }).default(20),
    like: partName.describe('Workload whose jobs they are like, and cost the same; default: the first').optional(),
    directs: flag({
      meaning: 'Whether the jobs name the node that they are for; else they go to whoever the policy says',
    }).default(true),
  }),
  plan: (_settings, identities) => oneEach(identities),
  remarks: ({ directs, like, targets, timesWork }, outline, members, funds) => {
    const { directsJobs, leastFee, nodes, workloadNames } = outline;
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
    if (timesWork === 1) {
      found.push({ setting: 'timesWork', expected: 'above 1', found: '1', why: 'so that its jobs are like any other' });
    }
    if (targets > nodes - members) {
      const expected = `at most as many as there are others, ${nodes - members}`;
      found.push({ setting: 'targets', expected, found: `${targets}`, why: 'so that it finds fewer' });
    }
    return found;
  },
  create: ({ directs, jobsEach, like, targets, timesWork }, context, attack): Strategy => {
    const workload = like === undefined ? 0 : context.workloads.indexOf(like);
    return {
      ...honestService(context),
      wake: (actions) => {
        markTargets(context.nodes, attack, targets);
        for (const target of attack.targets) {
          for (let job = 0; job < jobsEach; job++) {
            if (!actions.submit(workload, directs ? target : NONE, timesWork)) return;
          }
        }
      },
    };
  },
});
