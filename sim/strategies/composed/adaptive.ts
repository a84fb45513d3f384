import { z } from 'zod';
import { log } from '../../engine/math.js';
import { AttemptKind } from '../../model/columns/attempts.js';
import type { AttemptIndex } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsEpochs } from '../../model/contract/cohorts/preconditions.js';
import { dispatch, isOneEach, sharedPlan } from '../../model/contract/composition/dispatch.js';
import { memberSetting } from '../../model/contract/composition/members.js';
import { defineStrategy, type Remark, type StrategyDefinition } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import type { Strategy } from '../../model/contract/roles.js';
import { choice, flag, fraction, probability, quantity, tokens } from '../../model/contract/settings.js';
import { microTokens } from '../../model/contract/units.js';

/** What was measured of the strategies that can be played. */
class Experience {
  /** By strategy: epochs, and what they brought in all [tokens]; older ones count for less where they are forgotten. */
  readonly epochs: Float64Array;
  readonly sums: Float64Array;
  #lowest = Number.POSITIVE_INFINITY;
  #highest = Number.NEGATIVE_INFINITY;

  constructor(members: number) {
    this.epochs = new Float64Array(members);
    this.sums = new Float64Array(members);
  }

  add(member: number, brought: number): void {
    this.epochs[member]! += 1;
    this.sums[member]! += brought;
    this.#lowest = Math.min(this.#lowest, brought);
    this.#highest = Math.max(this.#highest, brought);
  }

  forget(memory: number): void {
    for (let member = 0; member < this.epochs.length; member++) {
      this.epochs[member]! *= memory;
      this.sums[member]! *= memory;
    }
  }

  /**
   * The one of which most can be hoped, of equals the first: of those never played without limit, else by the mean.
   * @param width how many times the half-width of the bound of UCB1 is added to the mean; 0 for the mean alone
   */
  best(width: number): number {
    const all = this.epochs.reduce((sum, epochs) => sum + epochs, 0);
    const range = this.#highest - this.#lowest;
    let best = 0;
    let hope = Number.NEGATIVE_INFINITY;
    for (let member = 0; member < this.epochs.length; member++) {
      const epochs = this.epochs[member]!;
      if (epochs === 0) return member;
      const bonus = width * range * Math.sqrt((2 * log(Math.max(1, all))) / epochs);
      const hoped = this.sums[member]! / epochs + bonus;
      if (hoped <= hope) continue;
      best = member;
      hope = hoped;
    }
    return best;
  }
}

/** What an operator plays, and what it had as it began to. */
class Playing {
  member = 0;
  /** [micro-tokens]; NaN before the first end of an epoch, from which on it is measured. */
  wealth = Number.NaN;
  /** What it gained beside its wealth since then [tokens]. */
  beside = 0;
}

/**
 * Each operator plays one of several strategies an epoch, by what each was measured to bring: a bandit that knows no
 * rule of the network (epsilon-greedy: Sutton and Barto 1998; UCB1: Auer, Cesa-Bianchi and Fischer 2002, scaled by the
 * range of what was seen; with a memory below 1 discounted: Garivier and Moulines 2011).
 *
 * An epoch's return is what the operator's wealth in tokens grew by (income less slashes, fees, bribes), with what
 * its accepted lies are worth to it outside and the work that it saved. In its first epoch nothing is measured.
 */
export function adaptiveOver(strategies: readonly StrategyDefinition[]) {
  const named = (kind: string) => strategies.find((strategy) => strategy.kind === kind)!;
  return defineStrategy({
    kind: 'adaptive',
    meaning: 'Plays in each epoch the one of several strategies that was measured to bring most, and tries others.',
    formula:
      'epsilon-greedy: the best mean with 1 − epsilon, else any; ucb: the highest mean + width·range·√(2·ln n ÷ ' +
      'nᵢ); older epochs weigh memory^age',
    source:
      'Sutton and Barto 1998, Reinforcement learning; Auer, Cesa-Bianchi and Fischer 2002 (UCB1); Garivier and ' +
      'Moulines 2011 (discounting)',
    isAttacker: false,
    settings: z.strictObject({
      kind: z.literal('adaptive'),
      of: z
        .array(memberSetting(strategies, 'fleet.NAME.strategy'))
        .min(2, 'expected at least two strategies')
        .max(16, 'expected at most 16 strategies')
        .describe('Strategies that it can play')
        .prefault(['honest', 'always-wrong'] as never),
      by: choice(['epsilon-greedy', 'ucb'], { meaning: 'How it weighs trying against what it knows' }).default(
        'epsilon-greedy',
      ),
      epsilon: probability({ meaning: 'Epsilon-greedy: probability that it plays any of them in an epoch' }).default(
        0.1,
      ),
      width: quantity({
        unit: 'times',
        least: 0,
        most: 1_000,
        meaning: 'UCB: how many times the bound’s half-width is added to what a strategy brought',
      }).default(0.5),
      memory: fraction({ meaning: 'Weight that an epoch’s return keeps with each further epoch' }).default(1),
      sharesExperience: flag({ meaning: 'Whether its operators learn of one another’s returns' }).default(true),
      gain: tokens({ meaning: 'What a wrong result that is accepted is worth to it outside of the network' }).default(
        0,
      ),
      hourCost: tokens({ meaning: 'What computing costs it for an hour of the reference card’s work' }).default(0.25),
    }),
    members: ({ of }) => of.map((strategy, at) => ({ setting: `of.${at}`, strategy })),
    remarks: ({ by, epsilon, memory, of, width }, outline, nodes) => {
      const found: Remark[] = [...needsEpochs(outline)];
      const special = of.filter((play) => !isOneEach(named(play.kind).plan(play, nodes)));
      if (special.length > 0) {
        found.push({
          setting: 'of',
          expected: 'strategies of operators with a machine and an identity each',
          found: special.map(({ kind }) => kind).join(', '),
          why: 'as who has which machines is settled before anything is played',
          isFault: true,
        });
      }
      if (by === 'ucb') {
        const why = 'so that it plays none at random';
        found.push({ setting: 'epsilon', expected: 'by: epsilon-greedy', found: `${epsilon}`, why });
      } else {
        found.push({ setting: 'width', expected: 'by: ucb', found: `${width}`, why: 'so that nothing is added' });
      }
      if (memory === 0) {
        const why = 'so that it knows nothing of any';
        found.push({ setting: 'memory', expected: 'above 0', found: '0', why, isFault: true });
      }
      return found;
    },
    plan: ({ of }, identities) => {
      const plans = of.map((play) => named(play.kind).plan(play, identities));
      return sharedPlan(plans, identities, oneEach(identities));
    },
    create: (settings, context, attack): Strategy => {
      const { attempts, jobs, kinds, ownership, truth } = context;
      const { by, epsilon, gain, hourCost, memory, sharesExperience, width } = settings;
      const members = settings.of.map((play) => named(play.kind).create(play, context, attack));
      const common = new Experience(members.length);
      /** By operator. */
      const own = new Map<number, Experience>();
      const playing = new Map<number, Playing>();
      const lies = new Set<AttemptIndex>();
      let forgottenIn = 0;

      const playedBy = (operator: number) => {
        let played = playing.get(operator);
        if (played === undefined) {
          played = new Playing();
          // all are tried at once
          played.member = operator % members.length;
          playing.set(operator, played);
        }
        return played;
      };
      const experienceOf = (operator: number) => {
        if (sharesExperience) return common;
        let experience = own.get(operator);
        if (experience === undefined) {
          experience = new Experience(members.length);
          own.set(operator, experience);
        }
        return experience;
      };
      const choose = (operator: number, epoch: number): number => {
        const experience = experienceOf(operator);
        if (by === 'ucb') return experience.best(width);
        const node = context.nodesOf(operator)[0]!;
        const isTrying = context.uniformOf(node, epoch, Purpose.exploration) < epsilon;
        if (!isTrying) return experience.best(0);
        return Math.floor(context.uniformOf(node, epoch, Purpose.explored) * members.length);
      };

      const played = dispatch(context, members, {
        by: (operator) => playedBy(operator).member,
        bySeats: () => 0,
      });
      return {
        ...played,
        workFraction: (node, attempt) => {
          const share = played.workFraction(node, attempt);
          if (share < 1 && attempts.kind[attempt] !== AttemptKind.check) {
            const hours = (jobs.work[attempts.job[attempt]!]! * (1 - share)) / 3_600;
            playedBy(ownership.operator[node]!).beside += hours * hourCost;
          }
          return share;
        },
        ...(gain > 0 && {
          answer: (node, attempt) => {
            const answer = played.answer(node, attempt);
            if (attempts.kind[attempt] === AttemptKind.work && answer !== truth.honestAnswer(attempt))
              lies.add(attempt);
            else lies.delete(attempt);
            return answer;
          },
          attemptSettled: (node, attempt) => {
            played.attemptSettled?.(node, attempt);
            if (!lies.delete(attempt) || kinds.isAccepted[attempts.verdict[attempt]!] !== 1) return;
            playedBy(ownership.operator[node]!).beside += gain;
          },
        }),
        wake: (actions) => {
          const { operator, epoch } = actions;
          const now = playedBy(operator);
          const wealth = context.wealthOf(operator);
          const experience = experienceOf(operator);
          if (!sharesExperience || forgottenIn !== epoch) experience.forget(memory);
          forgottenIn = epoch;
          if (!Number.isNaN(now.wealth)) experience.add(now.member, (wealth - now.wealth) / microTokens + now.beside);
          now.beside = 0;
          const before = now.member;
          now.member = choose(operator, epoch);
          if (now.member !== before) members[before]!.stops?.(actions);
          now.wealth = wealth;
          played.wake?.(actions);
        },
      };
    },
  });
}
