import { z } from 'zod';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { defineStrategy } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { choice } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/**
 * Holds seats among the reporters of the reputation oracle and reports false scores: of members of its attack the best
 * that it ever read, of strangers the worst. At jobs it works honestly.
 */
export const reporterCollusion = defineStrategy({
  kind: 'reporter-collusion',
  meaning: 'Reports false scores from its seats among the reporters, to lift its own and sink others.',
  formula: 'The lower median of the reports is published: liars decide with more than half of the seats',
  source: 'This project; medians of oracles',
  isAttacker: true,
  liesInReports: true,
  settings: z.strictObject({
    kind: z.literal('reporter-collusion'),
    reports: choice(['lift', 'sink', 'both', 'nothing'], {
      meaning: 'Whether it reports its own nodes as the best, others as the worst, both, or nothing at all',
    }).default('both'),
  }),
  plan: (_settings, identities) => oneEach(identities),
  create: ({ reports }, context, { isMember }): Strategy => {
    const lifts = reports === 'lift' || reports === 'both';
    const sinks = reports === 'sink' || reports === 'both';
    /** Scores that it has read so far: others would show at once that they are made up. */
    let best = Number.NEGATIVE_INFINITY;
    let worst = Number.POSITIVE_INFINITY;
    return {
      ...honestService(context),
      reports: (node, score) => {
        best = Math.max(best, score);
        worst = Math.min(worst, score);
        if (reports === 'nothing') return Number.NaN;
        if (isMember(node)) return lifts ? best : score;
        return sinks ? worst : score;
      },
    };
  },
});
