import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { dearestRemarks, rememberedFees } from '../../model/contract/cohorts/remembered-fees.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { duration, flag, fraction, quantity, toDuration } from '../../model/contract/settings.js';
import { lyingService } from '../honest.js';

/**
 * Serves until its score or a day is reached, and then lies, in the dearest jobs alone if so told (build, then milk:
 * Hoffman, Zage and Nita-Rotaru 2009). A node that began to betray goes on.
 */
export const buildThenBetray = defineStrategy({
  kind: 'build-then-betray',
  meaning: 'Serves honestly until a score or a day, then lies, in the dearest jobs first.',
  formula:
    'Lies from min(until, first score ≥ untilScore) on, in fees of the highest share dearest of those seen before',
  source:
    'Self-serving attacks in Hoffman, Zage and Nita-Rotaru 2009, A survey of attack and defense techniques for ' +
    'reputation systems',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('build-then-betray'),
    until: duration({ meaning: 'Time at which all begin to lie, if they haven’t yet' }).prefault('20d'),
    untilScore: quantity({
      unit: 'score',
      least: 0,
      most: 1_000_000,
      meaning: 'Published score at which a node begins to lie earlier; default: none',
    }).optional(),
    dearest: fraction({
      meaning: 'Share of the jobs in which it lies: those with the highest fees, as it saw them while building',
    }).default(1),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(false),
    shift: shiftSetting(),
  }),
  remarks: ({ dearest, shift, until, untilScore }, outline) => {
    const { horizonSeconds, scores } = outline;
    if (untilScore !== undefined && untilScore > scores.highest) {
      const expected = `at most the highest score, ${scores.highest}`;
      return [{ setting: 'untilScore', expected, found: `${untilScore}`, why: 'so that no score is ever enough' }];
    }
    if (untilScore === undefined && until >= horizonSeconds) {
      const expected = 'a time before the horizon, or untilScore';
      return [{ setting: 'until', expected, found: toDuration(until), why: 'so that nobody ever lies', isInert: true }];
    }
    return dearest > 0
      ? [...dearestRemarks(dearest, outline), ...shiftRemarks(shift, outline)]
      : [{ setting: 'dearest', expected: 'a share above 0', found: '0', why: 'so that nobody ever lies' }];
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { attempts, jobs, nodes } = context;
    const betrays = new Uint8Array(nodes.capacity);
    const fees = rememberedFees();
    const betrayed = (node: number, attempt: number) => {
      const { until, untilScore } = settings;
      if (context.now() >= until) betrays[node] = 1;
      if (untilScore !== undefined && nodes.publishedScore[node]! >= untilScore) betrays[node] = 1;
      return betrays[node] === 1 && fees.isAmongDearest(jobs.fee[attempts.job[attempt]!]!, settings.dearest);
    };
    return {
      ...lyingService(context, settings, betrayed),
      accepts: (node, attempt) => {
        if (betrays[node] === 0) fees.remember(jobs.fee[attempts.job[attempt]!]!);
        return true;
      },
    };
  },
});
