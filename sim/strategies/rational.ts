import { z } from 'zod';
import { advantageOfLying } from '../kernels/deterrence.js';
import { AttemptKind } from '../model/columns/attempts.js';
import { type AttemptIndex, NodeState } from '../model/columns/nodes.js';
import { oneEach } from '../model/contract/cohorts/cohort-plan.js';
import { needsEpochs } from '../model/contract/cohorts/preconditions.js';
import { shiftRemarks, shiftSetting } from '../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../model/contract/definition.js';
import type { Strategy } from '../model/contract/roles.js';
import { flag, fraction, probability, quantity, tokens } from '../model/contract/settings.js';
import { microTokens } from '../model/contract/units.js';
import { lyingService } from './honest.js';

/** What it has seen and done since it last reckoned. */
class Seen {
  jobs = 0;
  fees = 0;
  workSeconds = 0;
  lies = 0;
  found = 0;
  cheats = false;
}

/**
 * Reckons at the end of each epoch whether it earns more by honest work or by lies, and does that in the next one; or
 * leaves, where neither is worth its while (crime as a choice: Becker 1968; audits of outsourced computation: Belenkiy
 * et al. 2008). In the first epoch it serves.
 *
 * It lies if and only if c + (1 − q)·g > q·(w + σS + F). What jobs pay (w), how much work they are (c) and its stake
 * (S) it sees; how likely lies are found out (q) it believes at first, and learns by its own.
 */
export const rational = defineStrategy({
  kind: 'rational',
  meaning: 'Each epoch serves, cheats or leaves, by what it reckons that each will bring it.',
  formula:
    'Lies if c + (1 − q)·gain > q·(w + slashFraction·S + F), with q = (beliefWeight·checkProbability + lies ' +
    'found) ÷ (beliefWeight + lies), c the work saved, w the pay, S the stake, F = futureEpochs of honest profit',
  source: 'Deterrence: Becker 1968, Crime and punishment: an economic approach',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('rational'),
    gain: tokens({ meaning: 'What a wrong result that is accepted is worth to it outside of the network' }).default(1),
    checkProbability: probability({ meaning: 'Probability of being found out at a lie that it believes in' }).default(
      0.1,
    ),
    learns: flag({ meaning: 'Whether it goes by how many of its own lies were found out, too' }).default(true),
    beliefWeight: quantity({
      unit: 'lies',
      least: 0.01,
      most: 1_000_000,
      meaning: 'Lies of its own that its belief counts for, where it learns',
    }).default(20),
    slashFraction: fraction({ meaning: 'Share of a node’s stake that it believes to lose when found out' }).default(
      0.05,
    ),
    payFraction: fraction({ meaning: 'Share of a job’s fee that its node is paid' }).default(0.85),
    hourCost: tokens({ meaning: 'What computing costs it for an hour of the reference card’s work' }).default(0.25),
    futureEpochs: quantity({
      unit: 'epochs',
      least: 0,
      most: 100_000,
      meaning: 'Epochs of honest profit that it believes to lose when found out',
    }).default(0),
    leavesBelow: tokens({ meaning: 'Profit of a node in an epoch below which it leaves, for good' }).default(0),
    shift: shiftSetting(),
  }),
  remarks: ({ beliefWeight, learns, shift }, outline) => {
    const found: Remark[] = [...shiftRemarks(shift, outline), ...needsEpochs(outline)];
    if (!learns) {
      const why = 'so that its belief never changes';
      found.push({ setting: 'beliefWeight', expected: 'learns: true', found: `${beliefWeight}`, why });
    }
    return found;
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { attempts, jobs, kinds, nodes, ownership } = context;
    /** By operator. */
    const seenBy = new Map<number, Seen>();
    const lying = new Set<AttemptIndex>();

    const seenOf = (operator: number) => {
      let seen = seenBy.get(operator);
      if (seen === undefined) {
        seen = new Seen();
        seenBy.set(operator, seen);
      }
      return seen;
    };

    const resolves = (node: number, attempt: AttemptIndex) => {
      const { cheats } = seenOf(ownership.operator[node]!);
      if (cheats) lying.add(attempt);
      else lying.delete(attempt);
      return cheats;
    };

    return {
      ...lyingService(context, { shift: settings.shift, computes: false }, resolves),
      accepts: (node, attempt) => {
        const job = attempts.job[attempt]!;
        if (attempts.kind[attempt] === AttemptKind.check) return true;
        const seen = seenOf(ownership.operator[node]!);
        seen.jobs++;
        seen.fees += jobs.fee[job]!;
        seen.workSeconds += jobs.work[job]!;
        return true;
      },
      ...(settings.learns && {
        attemptSettled: (node, attempt) => {
          if (!lying.delete(attempt)) return;
          const seen = seenOf(ownership.operator[node]!);
          if (kinds.isFailure[attempts.verdict[attempt]!] === 1) seen.found++;
          else if (kinds.isAccepted[attempts.verdict[attempt]!] === 0) return;
          seen.lies++;
        },
      }),
      wake: (actions) => {
        const seen = seenOf(actions.operator);
        const own = context.nodesOf(actions.operator).filter((node) => nodes.state[node] === NodeState.present);
        if (own.length === 0 || seen.jobs === 0) return;
        const stake = own.reduce((sum, node) => sum + nodes.stake[node]!, 0) / own.length / microTokens;
        const pay = (settings.payFraction * seen.fees) / seen.jobs / microTokens;
        const saved = (settings.hourCost * seen.workSeconds) / seen.jobs / 3_600;
        const jobsEach = seen.jobs / own.length;
        const future = settings.futureEpochs * Math.max(0, pay - saved) * jobsEach;
        const stakes = { pay, saved, gain: settings.gain, slashed: settings.slashFraction * stake, future };
        const believed = settings.beliefWeight * settings.checkProbability;
        const q = settings.learns
          ? (believed + seen.found) / (settings.beliefWeight + seen.lies)
          : settings.checkProbability;
        const advantage = advantageOfLying(stakes, q);
        seen.cheats = advantage > 0;
        if ((pay - saved + Math.max(0, advantage)) * jobsEach < settings.leavesBelow) {
          for (const node of own) actions.leave(node);
        }
        seen.jobs = 0;
        seen.fees = 0;
        seen.workSeconds = 0;
      },
    };
  },
});
