import { z } from 'zod';
import { NodeState, wasTakenOut } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsEntryFunds } from '../../model/contract/cohorts/preconditions.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import type { Strategy } from '../../model/contract/roles.js';
import { choice, count, probability, quantity } from '../../model/contract/settings.js';
import { lyingService } from '../honest.js';

/**
 * Lies until its score is low, and then gets rid of its history: by leaving and entering anew at its cost (Friedman and
 * Resnick 2001), or in place, by failing until the protocol's own reset wipes it out.
 */
export const whitewash = defineStrategy({
  kind: 'whitewash',
  meaning: 'Lies, and gets rid of a spoilt score: by a fresh identity, or by the protocol’s own reset.',
  formula:
    'Pays if V(fresh) − V(damaged) > identity fee + stake forfeited + capital cost of the wait, V the future ' +
    'value of an identity',
  source: 'Friedman and Resnick 2001, The social cost of cheap pseudonyms',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('whitewash'),
    by: choice(['re-entry', 'in-place'], {
      meaning: 'Whether it enters anew, or fails until the protocol resets its history',
    }).default('re-entry'),
    low: quantity({ unit: 'score', least: 0, most: 1_000_000, meaning: 'Score below which it does so' }).default(0.2),
    wrongProbability: probability({ meaning: 'Probability that it answers wrong before' }).default(1),
    identitiesMost: count({
      least: 0,
      most: 10_000_000,
      unit: 'identities',
      meaning: 'Most identities ever, with re-entry; 0 for twice those of the start',
    }).default(0),
    shift: shiftSetting(),
  }),
  remarks: ({ by, identitiesMost, low, shift }, outline, nodes, funds, standing) => {
    const costs = by === 're-entry' ? needsEntryFunds(outline, standing, funds) : [];
    const found: Remark[] = [...costs, ...shiftRemarks(shift, outline)];
    if (low <= outline.scores.lowest) {
      const expected = `above the lowest score, ${outline.scores.lowest}`;
      found.push({ setting: 'low', expected, found: `${low}`, why: 'so that no score is ever low' });
    }
    if (by === 're-entry' && identitiesMost > 0 && identitiesMost <= nodes) {
      const why = 'so that there is no room for a fresh one';
      const expected = `above the nodes, ${nodes}`;
      const isFault = identitiesMost < nodes;
      found.push({ setting: 'identitiesMost', expected, found: `${identitiesMost}`, why, isFault });
    }
    if (by === 'in-place' && identitiesMost > 0) {
      const why = 'so that no identity is ever added';
      found.push({ setting: 'identitiesMost', expected: 'by: re-entry', found: `${identitiesMost}`, why });
    }
    return found;
  },
  plan: ({ by, identitiesMost }, identities) => ({
    ...oneEach(identities),
    identitiesMost: by === 'in-place' ? identities : Math.max(identities, identitiesMost || 2 * identities),
  }),
  create: (settings, context): Strategy => {
    const { attempts, nodes } = context;
    const isSpoilt = (node: number) => nodes.score[node]! < settings.low;
    const lies = (node: number, attempt: number) => {
      if (settings.by === 'in-place' && isSpoilt(node)) return true;
      const luck = context.uniform(attempts.job[attempt]!, attempts.number[attempt]!, Purpose.misbehaviour);
      return luck < settings.wrongProbability;
    };
    const strategy = lyingService(context, { shift: settings.shift, computes: false }, lies);
    if (settings.by === 'in-place') return strategy;
    const replaced = new Set<number>();
    return {
      ...strategy,
      wake: (actions) => {
        for (const node of context.nodesOf(actions.operator)) {
          if (replaced.has(node)) continue;
          const isPresent = nodes.state[node] === NodeState.present;
          if (!(isPresent && isSpoilt(node)) && !wasTakenOut(nodes.state[node]!)) continue;
          if (!actions.join(node)) return;
          replaced.add(node);
          if (isPresent) actions.leave(node);
        }
      },
    };
  },
});
