import { z } from 'zod';
import { AttemptKind } from '../../model/columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import type { Strategy } from '../../model/contract/roles.js';
import { flag, probability } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/**
 * Disputes results without having looked at them, so that whoever gave them waits for its pay and has its bond locked
 * until the dispute is decided (the delay attack on the verification game). Members of its attack it lets alone.
 */
export const falseChallenge = defineStrategy({
  kind: 'false-challenge',
  meaning: 'Disputes others’ results, right ones too, without looking; each dispute that it loses costs it its bond.',
  formula: 'P(disputes a result) = probability; each dispute lost costs the bond',
  source:
    'Griefing in verification games (Teutsch and Reitwießner 2017, A scalable verification solution for ' +
    'blockchains)',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('false-challenge'),
    probability: probability({
      meaning: 'Probability that it disputes a result of its own accord',
    }).default(0.1),
    whenCalled: flag({ meaning: 'Whether it disputes whatever it is called upon to check, too' }).default(true),
  }),
  remarks: ({ probability, whenCalled }, { isChallengeable }) => {
    const found: Remark[] = [];
    if (!isChallengeable) {
      const expected = 'a verification scheme whose results can be challenged';
      found.push({ setting: '', expected, found: 'none', why: 'so that there is nothing to dispute' });
    }
    if (probability === 0 && !whenCalled) {
      const why = 'so that it disputes nothing without looking';
      found.push({ setting: 'probability', expected: 'above 0, or whenCalled', found: '0', why });
    }
    return found;
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context, attack): Strategy => {
    const { attempts, jobs, nodes, ownership } = context;

    /** A node of its own that may work, the first from a drawn place on. */
    const drawn = (luck: number): NodeIndex => {
      const members = attack.members(nodes.count);
      const start = Math.floor(luck * members.length);
      for (let step = 0; step < members.length; step++) {
        const node = members[(start + step) % members.length]!;
        if (ownership.cohort[node] === context.cohort && nodes.isActive[node] === 1) return node;
      }
      return NONE;
    };
    const isOfMember = (job: JobIndex) => {
      for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
        if (attack.isMember(attempts.node[attempt]!)) return true;
      }
      return false;
    };

    /** Whether it disputes the result of the attempt's job, whatever it is. */
    const disputes = (attempt: AttemptIndex) =>
      settings.whenCalled || context.uniform(attempts.job[attempt]!, 0, Purpose.challenge) < settings.probability;

    return {
      ...honestService(context),
      watches: (job) => {
        const luck = context.uniform(job, 0, Purpose.challenge);
        if (luck >= settings.probability || isOfMember(job)) return NONE;
        return drawn(luck / settings.probability);
      },
      workFraction: (_node, check) => (attempts.kind[check] === AttemptKind.check && disputes(check) ? 0 : 1),
      challenges: (_node, subject, foundOther) => {
        return !attack.isMember(attempts.node[subject]!) && (foundOther || disputes(subject));
      },
    };
  },
});
