import { z } from 'zod';
import { NodeState } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsBids } from '../../model/contract/cohorts/preconditions.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { fraction } from '../../model/contract/settings.js';
import { honestAnswer } from '../honest.js';

/**
 * Honest work for a price that follows the market: a node without a job in an epoch asks for less in the next one, and
 * one with jobs for more.
 */
export const bidder = defineStrategy({
  kind: 'bidder',
  meaning: 'Honest; bids less for jobs after an epoch in which it got none, and more after one in which it did.',
  formula: 'bid ← min(1, max(least, bid ± step)): + after an epoch with a job, − after one without',
  source: 'This project',
  isAttacker: false,
  settings: z
    .strictObject({
      kind: z.literal('bidder'),
      bid: fraction({ meaning: 'Share of the fee that it asks for at first' }).default(1),
      least: fraction({ meaning: 'Share of the fee below which it doesn’t go, such as its costs' }).default(0.5),
      step: fraction({ meaning: 'Change of its bid from epoch to epoch, as a share of the fee' }).default(0.05),
    })
    .refine(({ bid, least }) => bid >= least, {
      path: ['least'],
      message: 'expected at most the first bid',
    }),
  remarks: ({ bid, least, step }, outline) =>
    step === 0 && bid > least
      ? [{ setting: 'step', expected: 'above 0', found: '0', why: 'so that its bid never changes' }]
      : needsBids(outline, '', 'none'),
  plan: (_settings, identities) => oneEach(identities),
  bids: ({ least }) => least < 1,
  create: (settings, context): Strategy => {
    const { nodes } = context;
    /** By node: whether it got a job since its last look. */
    const hadWork = new Uint8Array(nodes.capacity);
    return {
      bid: () => settings.bid,
      accepts: (node) => {
        hadWork[node] = 1;
        return true;
      },
      workFraction: () => 1,
      answer: (_node, attempt) => honestAnswer(context, attempt),
      attests: (_observer, _attempt, observed) => (observed ? Attestation.signs : Attestation.refuses),
      votes: (_juror, _subject, shown) => shown,
      wake: (actions) => {
        for (const node of context.nodesOf(actions.operator)) {
          if (nodes.state[node] !== NodeState.present) continue;
          const change = hadWork[node] === 1 ? settings.step : -settings.step;
          hadWork[node] = 0;
          actions.bid(node, Math.min(1, Math.max(settings.least, nodes.bid[node]! + change)));
        }
      },
    };
  },
});
