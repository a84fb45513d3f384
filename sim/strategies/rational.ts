import { z } from 'zod';
import { advantageOfLying } from '../kernels/deterrence.js';
import { AttemptKind } from '../model/columns/attempts.js';
import { type AttemptIndex, NodeState } from '../model/columns/nodes.js';
import { Ballot, usualBallot } from '../model/contract/cohorts/ballots.js';
import { oneEach } from '../model/contract/cohorts/cohort-plan.js';
import { believedAfter, type Deterrents, isAlike } from '../model/contract/cohorts/deterrents.js';
import { needsEpochs } from '../model/contract/cohorts/preconditions.js';
import { shiftRemarks, shiftSetting } from '../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../model/contract/definition.js';
import type { Strategy } from '../model/contract/roles.js';
import { flag, fraction, probability, quantity, tokens } from '../model/contract/settings.js';
import { microTokens } from '../model/contract/units.js';
import { lyingService } from './honest.js';

/** What it believes of the rules. */
interface Beliefs {
  readonly checkProbability: number;
  readonly slashFraction: number;
  readonly payFraction: number;
}

/** The epoch that it last reckoned with: jobs and their fees, the work that a lie saves, a node's stake and jobs. */
interface Epoch {
  readonly jobs: number;
  /** [micro-tokens] */
  readonly fees: number;
  /** [tokens] */
  readonly saved: number;
  readonly stake: number;
  readonly jobsEach: number;
}

/** What it has seen and done since it last reckoned, and what it has come to believe. */
class Seen {
  jobs = 0;
  fees = 0;
  workSeconds = 0;
  /** Under the rules that it knows: of its own lies, and of these found out. */
  lies = 0;
  found = 0;
  cheats = false;
  epoch: Epoch | null = null;
  beliefs: Beliefs;
  /** What the rules said when it came to these beliefs. */
  known: Deterrents;

  constructor(beliefs: Beliefs, known: Deterrents) {
    this.beliefs = beliefs;
    this.known = known;
  }
}

/** Its beliefs once the rules say something else of what a lie risks. */
function beliefsUnder(after: Deterrents, { beliefs, known }: Pick<Seen, 'beliefs' | 'known'>): Beliefs {
  return {
    checkProbability: believedAfter(beliefs.checkProbability, known.foundProbability, after.foundProbability),
    slashFraction: believedAfter(beliefs.slashFraction, known.slashedFraction, after.slashedFraction),
    payFraction: believedAfter(beliefs.payFraction, known.payFraction, after.payFraction),
  };
}

/**
 * Reckons at the end of each epoch whether it earns more by honest work or by lies, and does that in the next one; or
 * leaves, where neither is worth its while (crime as a choice: Becker 1968; audits of outsourced computation: Belenkiy
 * et al. 2008). In the first epoch it serves.
 *
 * It lies if and only if c + (1 − q)·g > q·(w + σS + F). What jobs pay (w), how much work they are (c) and its stake
 * (S) it sees; how likely lies are found out (q) it believes at first, and learns by its own.
 *
 * Rules are public: where they change, its beliefs do in proportion, and what it had learned is part of them. By what
 * the rules would come to it puts forward a proposal of its cohort's or doesn't, and votes on any: for what brings it
 * more, against what brings less, as usual where it makes no difference to it or it hasn't had an epoch's jobs yet.
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
    votesByProfit: flag({
      meaning: 'Whether it puts forward and votes for what brings it more; else as its cohort is told to',
    }).default(true),
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
    const atFirst = context.deterrents();

    const seenOf = (operator: number) => {
      let seen = seenBy.get(operator);
      if (seen === undefined) {
        const { checkProbability, slashFraction, payFraction } = settings;
        seen = new Seen({ checkProbability, slashFraction, payFraction }, atFirst);
        seenBy.set(operator, seen);
      }
      return seen;
    };

    /** Its beliefs with what its own lies have taught it. */
    const learned = ({ beliefs, lies, found }: Seen): Beliefs => {
      if (!settings.learns) return beliefs;
      const { beliefWeight } = settings;
      const checkProbability = (beliefWeight * beliefs.checkProbability + found) / (beliefWeight + lies);
      return { ...beliefs, checkProbability };
    };
    /** What a job pays, and what a lie in it brings more [tokens]. */
    const reckon = (beliefs: Beliefs, { jobs, fees, saved, stake, jobsEach }: Epoch) => {
      const { checkProbability, payFraction, slashFraction } = beliefs;
      const pay = (payFraction * fees) / jobs / microTokens;
      const future = settings.futureEpochs * Math.max(0, pay - saved) * jobsEach;
      const stakes = { pay, saved, gain: settings.gain, slashed: slashFraction * stake, future };
      return { pay, advantage: advantageOfLying(stakes, checkProbability) };
    };
    /** What the better of honest work and lies brings it a job, under other rules [tokens]. */
    const profitUnder = (rules: Deterrents, seen: Seen): number => {
      const beliefs = beliefsUnder(rules, { known: seen.known, beliefs: learned(seen) });
      const { pay, advantage } = reckon(beliefs, seen.epoch!);
      return pay - seen.epoch!.saved + Math.max(0, advantage);
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
      ...(settings.votesByProfit && {
        proposes: (operator, { before, after }) => {
          const seen = seenOf(operator);
          return seen.epoch === null || profitUnder(after, seen) > profitUnder(before, seen);
        },
        votesOn: (operator, proposal) => {
          const seen = seenOf(operator);
          const more = seen.epoch === null ? 0 : profitUnder(proposal.after, seen) - profitUnder(proposal.before, seen);
          if (more === 0) return usualBallot(proposal);
          return more > 0 ? Ballot.for : Ballot.against;
        },
      }),
      wake: (actions) => {
        const seen = seenOf(actions.operator);
        const own = context.nodesOf(actions.operator).filter((node) => nodes.state[node] === NodeState.present);
        if (own.length === 0 || seen.jobs === 0) return;
        const inForce = context.deterrents();
        if (!isAlike(seen.known, inForce)) {
          seen.beliefs = beliefsUnder(inForce, { known: seen.known, beliefs: learned(seen) });
          seen.known = inForce;
          seen.lies = 0;
          seen.found = 0;
        }
        seen.epoch = {
          stake: own.reduce((sum, node) => sum + nodes.stake[node]!, 0) / own.length / microTokens,
          jobs: seen.jobs,
          fees: seen.fees,
          saved: (settings.hourCost * seen.workSeconds) / seen.jobs / 3_600,
          jobsEach: seen.jobs / own.length,
        };
        const { pay, advantage } = reckon(learned(seen), seen.epoch);
        const { saved, jobsEach } = seen.epoch;
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
