import { z } from 'zod';
import { defineStrategy } from '../../model/contract/definition.js';
import { count, fraction } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/**
 * Honest work by many slow identities, so that the operator's own fast nodes stand higher among all where scores are
 * percentiles. The slow ones share few machines; the first of the cohort's identities are the fast ones, a machine
 * each.
 */
export const slowSwarm = defineStrategy({
  kind: 'slow-swarm',
  meaning: 'Honest but slow identities, which lift the operator’s fast ones in percentiles of latency.',
  formula:
    'Of n identities n·fast have a machine each; the n·(1 − fast) others share machines, and stand below them in ' +
    'every ranking by latency',
  source: 'This project: percentiles among active nodes can be bought',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('slow-swarm'),
    fast: fraction({ meaning: 'Share of the identities that have a machine each' }).default(0.2),
    machines: count({
      least: 1,
      most: 1_000_000,
      unit: 'machines',
      meaning: 'Machines that all the others share',
    }).default(1),
  }),
  remarks: ({ fast, machines }, _outline, nodes) => {
    const slow = nodes - Math.round(nodes * fast);
    if (slow === 0) {
      return [
        { setting: 'fast', expected: 'a share that leaves slow ones', found: `${fast}`, why: 'so that none is slow' },
      ];
    }
    if (machines < slow) return [];
    const expected = `fewer than the slow identities, ${slow}`;
    return [{ setting: 'machines', expected, found: `${machines}`, why: 'so that none of them is slowed down' }];
  },
  plan: (settings, identities) => {
    const fast = Math.min(identities, Math.round(identities * settings.fast));
    const shared = Math.min(settings.machines, identities - fast);
    return {
      identities,
      identitiesMost: identities,
      machines: fast + shared,
      operators: 1,
      hidesOperator: true,
      machineOf: (identity) => (identity < fast ? identity : fast + ((identity - fast) % shared)),
      operatorOf: () => 0,
      // what a machine of its own would be: alike in all they declare, those on one machine would be known
      declares: (identity, _machine, lookOf) => lookOf(identity),
    };
  },
  create: (_settings, context) => honestService(context),
});
