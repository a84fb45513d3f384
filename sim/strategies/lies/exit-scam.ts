import { z } from 'zod';
import { NodeState } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { duration, flag, toDuration, tokens } from '../../model/contract/settings.js';
import { toMicroTokens } from '../../model/contract/units.js';
import { lyingService } from '../honest.js';

/**
 * Serves, asks for all stake that it can do without, and cheats shortly before that is out of reach, so that what is
 * found later finds little; then leaves (front-running the unbonding period).
 */
export const exitScam = defineStrategy({
  kind: 'exit-scam',
  meaning: 'Asks for its stake, cheats just before that can’t be slashed any more, and leaves.',
  formula:
    'Asks for its stake at t = asksAt; lies from t + cheatsAfter; leaves at t + leavesAfter: safe if a lie is ' +
    'found later than unbonding − cheatsAfter after it',
  source:
    'Exit scams in Hoffman, Zage and Nita-Rotaru 2009, A survey of attack and defense techniques for reputation ' +
    'systems; front-running of unbonding: this project, after the withdrawal delays of restaking (ELIP-002)',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('exit-scam'),
    asksAt: duration({ meaning: 'When it asks for its stake, at the end of the epoch' }).prefault('10d'),
    keeps: tokens({ meaning: 'Stake of each node that it leaves locked, so as to get work' }).default(10),
    cheatsAfter: duration({ meaning: 'How long after that it begins to cheat' }).prefault('13d'),
    leavesAfter: duration({ meaning: 'How long after asking it leaves, at the end of the epoch' }).prefault('14d'),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(false),
    shift: shiftSetting(),
  }),
  remarks: ({ asksAt, cheatsAfter, keeps, leavesAfter, shift }, outline, _nodes, _funds, { stake, delegated }) => {
    const found: Remark[] = [...shiftRemarks(shift, outline)];
    const { horizonSeconds, minimumStake, unbondingSeconds } = outline;
    if (asksAt + cheatsAfter >= horizonSeconds) {
      const expected = `asksAt + cheatsAfter before the horizon, ${toDuration(horizonSeconds)}`;
      const why = 'so that nobody ever lies';
      found.push({ setting: 'cheatsAfter', expected, found: toDuration(asksAt + cheatsAfter), why, isInert: true });
    }
    if (leavesAfter <= cheatsAfter) {
      const expected = `above cheatsAfter, ${toDuration(cheatsAfter)}`;
      const why = 'so that it leaves before it cheats';
      found.push({ setting: 'leavesAfter', expected, found: toDuration(leavesAfter), why });
    }
    if (keeps >= stake) {
      const expected = `below the stake of its nodes, ${stake}`;
      const why = 'so that it has none to ask for';
      found.push({ setting: 'keeps', expected, found: `${keeps}`, why, isOfChoice: true });
    } else if (keeps + delegated < minimumStake) {
      const expected = `at least the stake below which a node gets no work, ${minimumStake}`;
      const why = 'so that it gets no work to lie in once it asked';
      found.push({ setting: 'keeps', expected, found: `${keeps}`, why, isOfChoice: true });
    }
    if (unbondingSeconds === 0) {
      const expected = 'a reward rule with unbonding';
      found.push({ setting: '', expected, found: 'none', why: 'so that its stake is out of reach at once' });
    }
    return found;
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { nodes } = context;
    const keeps = toMicroTokens(settings.keeps);
    const hasAsked = new Set<number>();
    return {
      ...lyingService(context, settings, () => context.now() >= settings.asksAt + settings.cheatsAfter),
      wake: (actions) => {
        const since = context.now() - settings.asksAt;
        if (since < 0) return;
        for (const node of context.nodesOf(actions.operator)) {
          if (nodes.state[node] !== NodeState.present) continue;
          if (since >= settings.leavesAfter) {
            actions.leave(node);
            continue;
          }
          const spare = nodes.stake[node]! - keeps;
          if (spare > 0 && !hasAsked.has(node) && actions.unstake(node, spare)) hasAsked.add(node);
        }
      },
    };
  },
});
