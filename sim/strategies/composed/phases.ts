import { z } from 'zod';
import { type NodeIndex, NodeState } from '../../model/columns/nodes.js';
import type { Attack } from '../../model/contract/cohorts/attack.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { dispatch, isOneEach, sharedPlan } from '../../model/contract/composition/dispatch.js';
import { type Kind, memberSetting } from '../../model/contract/composition/members.js';
import type { StrategyContext } from '../../model/contract/context.js';
import { defineStrategy, type Outline, type Remark, type StrategyDefinition } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { duration, fraction, quantity, toDuration, tokens } from '../../model/contract/settings.js';
import { toMicroTokens } from '../../model/contract/units.js';

const score = (meaning: string) => quantity({ unit: 'score', least: 0, most: 1_000_000, meaning });

const condition = z
  .strictObject({
    time: duration({ meaning: 'At this time' }).optional(),
    score: score('Once its score is at least this').optional(),
    scoreBelow: score('Once its score is below this').optional(),
    income: tokens({ meaning: 'Once it has earned so many tokens, paid out or not' }).optional(),
    caught: fraction({
      meaning: 'Once this share of the attack’s members was slashed, jailed or ejected',
    }).optional(),
    fee: tokens({ meaning: 'With the first job of at least this fee, which is done under what follows' }).optional(),
  })
  .refine((until) => Object.values(until).some((value) => value !== undefined), 'expected a condition');

type Condition = z.output<typeof condition>;

/** A time, or a mapping of conditions of which the first to hold is enough. */
const until = z.union(
  [duration({ meaning: 'At this time' }).transform((time): Condition => ({ time })), condition],
  'expected a time, or one of: time, score, scoreBelow, income, caught, fee',
) as unknown as z.ZodType<Condition>;

/** One strategy, and until when it is played. */
export interface Step {
  readonly until?: Condition | undefined;
  readonly play?: Kind | undefined;
  readonly leave?: true | undefined;
}

/**
 * One strategy after another: each operator goes on to the next as a condition holds, and never back; at last it may
 * leave with all its identities.
 *
 * Conditions are looked at whenever an operator is offered an attempt, and as each epoch begins. A score is the mean of
 * the published scores of the operator's identities that are in the network.
 */
export function phasesOver(strategies: readonly StrategyDefinition[]) {
  const named = (kind: string) => strategies.find((strategy) => strategy.kind === kind)!;
  const step = z
    .strictObject({
      until: until.describe('When the operator goes on to the next step; the last step has none').optional(),
      play: memberSetting(strategies, 'fleet.NAME.strategy').describe('The strategy that it plays').optional(),
      leave: z.literal(true).describe('In place of a strategy, in the last step: all its identities leave').optional(),
    })
    .refine(({ play, leave }) => (play === undefined) !== (leave === undefined), 'expected either play or leave');
  return defineStrategy({
    kind: 'phases',
    meaning: 'Plays one strategy after another, by time, its score, its income, who was caught, or a job’s fee.',
    formula: 'Step k ends with the first of its conditions to hold',
    source:
      'This project; orchestrated attacks in Hoffman, Zage and Nita-Rotaru 2009, A survey of attack and defense ' +
      'techniques for reputation systems',
    isAttacker: false,
    settings: z.strictObject({
      kind: z.literal('phases'),
      steps: z
        .array(step)
        .min(2, 'expected at least two steps')
        .max(16, 'expected at most 16 steps')
        .superRefine((steps, refine) => {
          const tell = (at: number, name: string, message: string) => {
            refine.addIssue({ code: 'custom', path: [at, name], message });
          };
          for (const [at, { until, leave }] of steps.entries()) {
            const isLast = at === steps.length - 1;
            if (!isLast && leave === true) tell(at, 'leave', 'expected leave in the last step only');
            if (!isLast && until === undefined) tell(at, 'until', 'expected when the next step begins');
            if (isLast && until !== undefined) tell(at, 'until', 'expected none, as no step follows');
          }
        })
        .describe('What is played one after the other')
        // who earned something to lose, and then cheats
        .prefault([
          { until: { income: 10 }, play: 'honest' },
          { play: 'always-wrong' },
        ] as never) as unknown as z.ZodType<readonly Step[]>,
    }),
    members: ({ steps }) =>
      steps.flatMap(({ play }, at) => (play === undefined ? [] : [{ setting: `steps.${at}.play`, strategy: play }])),
    remarks: ({ steps }, outline, nodes) => {
      const special = steps.filter(({ play }) => play !== undefined && !isOneEach(named(play.kind).plan(play, nodes)));
      return [
        ...steps.flatMap((_, at) => conditionRemarks(steps, at, outline)),
        ...(special.length < 2
          ? []
          : [
              {
                setting: 'steps',
                expected: 'at most one strategy with several identities a machine or an operator',
                found: special.map(({ play }) => play!.kind).join(', '),
                why: 'as machines and operators stay the same in all steps',
                isFault: true,
              },
            ]),
      ];
    },
    plan: ({ steps }, identities) => {
      const plans = steps.flatMap(({ play }) => (play === undefined ? [] : [named(play.kind).plan(play, identities)]));
      return sharedPlan(plans, identities, oneEach(identities));
    },
    create: (settings, context, attack) =>
      createPhases(settings.steps, context, attack, (play) => {
        return named(play.kind).create(play, context, attack);
      }),
  });
}

/** What of the step's conditions never holds, or holds before the step begins. */
function conditionRemarks(steps: readonly Step[], at: number, outline: Outline): readonly Remark[] {
  const { until } = steps[at]!;
  if (until === undefined) return [];
  const setting = `steps.${at}.until`;
  const before = steps.slice(0, at).findLast((step) => step.until?.time !== undefined)?.until?.time;
  const vain = vainConditions(until, setting, outline);
  // beside another condition, one that never holds is in vain, but ends nothing
  const isFault = vain.length === Object.values(until).filter((value) => value !== undefined).length;
  const never = vain.map((remark) => ({ ...remark, why: 'so that what follows is never played', isFault }));
  const passed = passedConditions(until, before, setting, outline);
  return [...never, ...passed.map((remark) => ({ ...remark, why: 'so that the step is passed over' }))];
}

/** Conditions that never hold. */
function vainConditions(until: Condition, setting: string, outline: Outline): readonly Omit<Remark, 'why'>[] {
  const { horizonSeconds, mostFee, punishes, scores } = outline;
  const { time, score, scoreBelow, caught, fee } = until;
  const found: Omit<Remark, 'why'>[] = [];
  if (time !== undefined && time >= horizonSeconds) {
    const expected = `a time before the horizon, ${toDuration(horizonSeconds)}`;
    found.push({ setting, expected, found: toDuration(time) });
  }
  if (score !== undefined && score > scores.highest) {
    const expected = `at most the highest score, ${scores.highest}`;
    found.push({ setting: `${setting}.score`, expected, found: `${score}` });
  }
  if (scoreBelow !== undefined && scoreBelow <= scores.lowest) {
    const expected = `above the lowest score, ${scores.lowest}`;
    found.push({ setting: `${setting}.scoreBelow`, expected, found: `${scoreBelow}` });
  }
  if (fee !== undefined && fee > mostFee) {
    const expected = `at most the highest fee of any job, ${mostFee} tokens`;
    found.push({ setting: `${setting}.fee`, expected, found: `${fee}` });
  }
  if (caught !== undefined && caught > 0 && !punishes) {
    found.push({ setting: `${setting}.caught`, expected: 'a slashing rule that punishes', found: 'none' });
  }
  return found;
}

/** Conditions that hold as soon as the step begins. @param before the time until which an earlier step is played [s] */
function passedConditions(
  { time, score, scoreBelow, income, caught }: Condition,
  before: number | undefined,
  setting: string,
  { scores }: Outline,
): readonly Omit<Remark, 'why'>[] {
  const found: Omit<Remark, 'why'>[] = [];
  if (time !== undefined && before !== undefined && time <= before) {
    const expected = `a time after that of the step before, ${toDuration(before)}`;
    found.push({ setting, expected, found: toDuration(time) });
  }
  if (score !== undefined && score <= scores.lowest) {
    const expected = `above the lowest score, ${scores.lowest}`;
    found.push({ setting: `${setting}.score`, expected, found: `${score}` });
  }
  if (scoreBelow !== undefined && scoreBelow > scores.highest) {
    const expected = `at most the highest score, ${scores.highest}`;
    found.push({ setting: `${setting}.scoreBelow`, expected, found: `${scoreBelow}` });
  }
  if (income === 0) found.push({ setting: `${setting}.income`, expected: 'an income above 0', found: '0' });
  if (caught === 0) found.push({ setting: `${setting}.caught`, expected: 'a share above 0', found: '0' });
  return found;
}

function createPhases(
  steps: readonly Step[],
  context: StrategyContext,
  attack: Attack,
  create: (play: Kind) => Strategy,
): Strategy {
  const { attempts, jobs, nodes, ownership } = context;
  const members = steps.flatMap(({ play }) => (play === undefined ? [] : [create(play)]));
  const last = members.length - 1;
  const goals = steps.map(({ until = {} }) => ({
    ...until,
    income: until.income === undefined ? undefined : toMicroTokens(until.income),
    fee: until.fee === undefined ? undefined : toMicroTokens(until.fee),
  }));
  /** By operator. */
  const stepOf = new Map<number, number>();
  let furthest = 0;
  /** Share of the members caught, as counted in that epoch. */
  let caught = 0;
  let countedIn = Number.NaN;

  const stepBy = (operator: number) => stepOf.get(operator) ?? 0;

  function meanScore(operator: number): number {
    let sum = 0;
    let count = 0;
    for (const node of context.nodesOf(operator)) {
      if (nodes.state[node] !== NodeState.present) continue;
      sum += nodes.publishedScore[node]!;
      count++;
    }
    return count === 0 ? Number.NaN : sum / count;
  }

  function countCaught(): number {
    let members = 0;
    let punished = 0;
    for (let node = 0; node < nodes.count; node++) {
      if (!attack.isMember(node) || nodes.state[node] === NodeState.absent) continue;
      members++;
      punished += ownership.wasPunished[node]!;
    }
    return members === 0 ? 0 : punished / members;
  }

  /** @param fee of the job that the operator is offered [micro-tokens]; 0 for none */
  function isOver(operator: number, step: number, fee: number): boolean {
    const goal = goals[step]!;
    if (goal.time !== undefined && context.now() >= goal.time) return true;
    if (goal.fee !== undefined && fee > 0 && fee >= goal.fee) return true;
    if (goal.caught !== undefined && caught >= goal.caught) return true;
    if (goal.income !== undefined && context.incomeOf(operator) >= goal.income) return true;
    if (goal.score === undefined && goal.scoreBelow === undefined) return false;
    const score = meanScore(operator);
    return (
      (goal.score !== undefined && score >= goal.score) || (goal.scoreBelow !== undefined && score < goal.scoreBelow)
    );
  }

  function advance(operator: number, fee: number): void {
    let step = stepBy(operator);
    while (step < steps.length - 1 && isOver(operator, step, fee)) step++;
    stepOf.set(operator, step);
    furthest = Math.max(furthest, step);
  }

  const played = dispatch(context, members, {
    // who is to leave plays on until the epoch's end
    by: (operator) => Math.min(stepBy(operator), last),
    bySeats: () => Math.min(furthest, last),
    offered: (node: NodeIndex, attempt) => {
      const operator = ownership.operator[node]!;
      if (stepBy(operator) < steps.length - 1) advance(operator, jobs.fee[attempts.job[attempt]!]!);
    },
  });
  return {
    ...played,
    wake: (actions) => {
      const { operator, epoch } = actions;
      if (countedIn !== epoch) {
        countedIn = epoch;
        caught = countCaught();
      }
      const before = Math.min(stepBy(operator), last);
      advance(operator, 0);
      const step = stepBy(operator);
      if (step !== before) members[before]!.stops?.(actions);
      if (steps[step]!.leave !== true) {
        played.wake?.(actions);
        return;
      }
      for (const node of context.nodesOf(operator)) {
        if (nodes.state[node] === NodeState.present) actions.leave(node);
      }
    },
  };
}
