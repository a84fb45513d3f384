import { z } from 'zod';
import { NONE } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { ownJobsRemarks, ownJobsSettings, workloadLike } from '../../model/contract/cohorts/own-jobs.js';
import { needsEpochs } from '../../model/contract/cohorts/preconditions.js';
import { markTargets, targetsRemarks, targetsSetting } from '../../model/contract/cohorts/targets.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { count, quantity } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/**
 * Operators that are clients of their rivals, with jobs that take far more work than they declare: whoever takes one is
 * kept busy until its deadline, and has failed then. What came to nothing is refunded, so that it costs a client
 * little.
 */
export const griefingClient = defineStrategy({
  kind: 'griefing-client',
  meaning: 'Submits jobs to rivals that take far more work than they declare, so that these run out of time.',
  formula: 'True work = timesWork × declared work',
  source: 'Jobs built to time out, in the issues of a compute market (Golem)',
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
    ...ownJobsSettings,
  }),
  plan: (_settings, identities) => oneEach(identities),
  remarks: (settings, outline, _nodes, funds, standing) => {
    const { targets, timesWork } = settings;
    const found: Remark[] = [...needsEpochs(outline), ...ownJobsRemarks(settings, outline, funds)];
    if (timesWork === 1) {
      found.push({ setting: 'timesWork', expected: 'above 1', found: '1', why: 'so that its jobs are like any other' });
    }
    return [...found, ...targetsRemarks(targets, standing)];
  },
  create: (settings, context, attack): Strategy => {
    const { directs, jobsEach, targets, timesWork } = settings;
    const workload = workloadLike(settings, context.workloads);
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
