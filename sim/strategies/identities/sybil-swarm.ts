import { z } from 'zod';
import { wasTakenOut } from '../../model/columns/nodes.js';
import { needsEntryFunds } from '../../model/contract/cohorts/preconditions.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { count, flag } from '../../model/contract/settings.js';
import { honestAnswer, sparing } from '../honest.js';

/**
 * One operator, many identities on few real machines: each declares a machine of its own, and what the real ones can't
 * do in time times out. Its identities vouch for one another.
 */
export const sybilSwarm = defineStrategy({
  kind: 'sybil-swarm',
  meaning: 'Many identities on few real machines that join in a burst, vouch for one another, and work slowly or late.',
  formula: 'n identities on m machines: with all busy each works at m ÷ n of what it declares',
  source: 'Douceur 2002, The Sybil attack; posed graphics cards in a compute network in 2024 (io.net)',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('sybil-swarm'),
    machines: count({
      least: 1,
      most: 1_000_000,
      unit: 'machines',
      meaning: 'Real machines behind the identities',
    }).default(1),
    vouches: flag({ meaning: 'Whether identities sign for one another without looking' }).default(true),
    replacesEjected: flag({
      meaning: 'Whether a fresh identity enters, at its cost, for each one that was ejected or pushed out',
    }).default(false),
    identitiesMost: count({
      least: 0,
      most: 10_000_000,
      unit: 'identities',
      meaning: 'Most identities ever; 0 for those of the start only',
    }).default(0),
  }),
  plan: (settings, identities) => {
    const machines = Math.min(settings.machines, identities);
    return {
      identities,
      identitiesMost: settings.replacesEjected ? Math.max(identities, settings.identitiesMost) : identities,
      machines,
      operators: 1,
      hidesOperator: true,
      machineOf: (identity) => identity % machines,
      operatorOf: () => 0,
      // what a machine of its own would be: alike in all they declare, those on one machine would be known
      declares: (identity, _machine, lookOf) => lookOf(identity),
    };
  },
  remarks: ({ machines, replacesEjected, identitiesMost, vouches }, outline, nodes, funds, standing) => {
    const { isChallengeable, jurors, witnesses } = outline;
    const found: Remark[] = replacesEjected ? [...needsEntryFunds(outline, standing, funds)] : [];
    if (vouches && witnesses + jurors === 0 && !isChallengeable) {
      const expected = 'a verification scheme that asks witnesses or jurors beside it';
      found.push({ setting: 'vouches', expected, found: 'true', why: 'so that there is nothing to sign' });
    }
    if (machines > nodes) {
      const why = 'so that only so many are used';
      found.push({ setting: 'machines', expected: `at most one a node, ${nodes}`, found: `${machines}`, why });
    }
    if (!replacesEjected && identitiesMost > 0) {
      const why = 'so that no identity is added to those of the start';
      found.push({ setting: 'identitiesMost', expected: 'replacesEjected: true', found: `${identitiesMost}`, why });
    }
    if (replacesEjected && identitiesMost <= nodes) {
      const why = 'so that there is no room for a fresh one';
      const expected = `an identitiesMost above the nodes, ${nodes}`;
      const isFault = identitiesMost > 0 && identitiesMost < nodes;
      found.push({ setting: 'replacesEjected', expected, found: `${identitiesMost}`, why, isFault });
    }
    return found;
  },
  create: (settings, context, { isMember }): Strategy => {
    const { attempts, ownership, nodes } = context;
    const strategy: Strategy = {
      accepts: () => true,
      workFraction: () => 1,
      answer: (_node, attempt) => honestAnswer(context, attempt),
      attests: (_observer, attempt, observed) => {
        if (settings.vouches && isMember(attempts.node[attempt]!)) return Attestation.signs;
        return observed ? Attestation.signs : Attestation.refuses;
      },
      votes: (_juror, subject, shown) => (settings.vouches && isMember(subject)) || shown,
      ...sparing(context, (_node, subject) => settings.vouches && isMember(subject)),
    };
    if (!settings.replacesEjected) return strategy;
    const isReplaced = new Set<number>();
    return {
      ...strategy,
      wake: (actions) => {
        for (const node of context.nodesOf(actions.operator)) {
          if (!wasTakenOut(nodes.state[node]!) || isReplaced.has(node)) continue;
          if (ownership.leavesAt[node]! <= context.now()) continue;
          if (!actions.join(node)) return;
          isReplaced.add(node);
        }
      },
    };
  },
});
