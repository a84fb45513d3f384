import { z } from 'zod';
import { AttemptKind } from '../../model/columns/attempts.js';
import type { AttemptIndex } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { choice, fraction, quantity } from '../../model/contract/settings.js';
import { secondsPerHour, toMicroTokens } from '../../model/contract/units.js';
import { honestAnswer } from '../honest.js';

/**
 * Takes what pays well for the work that it declares, and gets rid of the rest: by saying no, by dropping it soon after
 * the start, or by letting the request wait until the network gives up. What it does take it computes honestly.
 */
export const cherryPicking = defineStrategy({
  kind: 'cherry-picking',
  meaning: 'Works only on jobs that pay well for their work; others it refuses, drops, or lets wait.',
  formula: 'Takes a job if price ÷ declared hours on the reference card ≥ payLeast',
  source: 'Volunteer computing, where credit is scaled against it (BOINC)',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('cherry-picking'),
    payLeast: quantity({
      least: 0,
      most: 1_000_000,
      unit: 'tokens an hour',
      meaning: 'Price of an hour of declared work on the reference card from which it takes a job',
    }).default(0.6),
    others: choice(['refuse', 'drop', 'let-wait'], {
      meaning: 'What it does with the others: says no, drops them soon after the start, or never acknowledges them',
    }).default('drop'),
    droppedAfter: fraction({ meaning: 'Share of the work after which it drops one' }).default(0.01),
  }),
  remarks: ({ payLeast, others, droppedAfter }) => {
    if (payLeast === 0) {
      return [{ setting: 'payLeast', expected: 'above 0', found: '0', why: 'so that it takes every job' }];
    }
    if (others === 'drop' && droppedAfter === 1) {
      return [{ setting: 'droppedAfter', expected: 'below 1', found: '1', why: 'so that it finishes every job' }];
    }
    if (others === 'drop') return [];
    return [
      { setting: 'droppedAfter', expected: 'others: drop', found: `${droppedAfter}`, why: 'so that it drops none' },
    ];
  },
  plan: (_settings, identities) => oneEach(identities),
  create: ({ payLeast, others, droppedAfter }, context): Strategy => {
    const { attempts, jobs } = context;
    const microTokensAnHour = toMicroTokens(payLeast);
    /** Checks and recomputations it makes like anybody. */
    const isUnwanted = (attempt: AttemptIndex) => {
      const job = attempts.job[attempt]!;
      const hours = jobs.work[job]! / secondsPerHour;
      return attempts.kind[attempt] === AttemptKind.work && jobs.price[job]! < microTokensAnHour * hours;
    };
    return {
      accepts: (_node, attempt) => others !== 'refuse' || !isUnwanted(attempt),
      delaySeconds: (_node, attempt) => (others === 'let-wait' && isUnwanted(attempt) ? Number.POSITIVE_INFINITY : 0),
      abortsAfter: (_node, attempt) => (others === 'drop' && isUnwanted(attempt) ? droppedAfter : 1),
      workFraction: () => 1,
      answer: (_node, attempt) => honestAnswer(context, attempt),
      attests: (_observer, _attempt, observed) => (observed ? Attestation.signs : Attestation.refuses),
      votes: (_juror, _subject, shown) => shown,
    };
  },
});
