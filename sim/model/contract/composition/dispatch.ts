import { type AttemptIndex, NONE, type NodeIndex } from '../../columns/nodes.js';
import { usualBallot } from '../cohorts/ballots.js';
import type { CohortPlan } from '../cohorts/cohort-plan.js';
import type { StrategyContext } from '../context.js';
import type { Strategy } from '../roles.js';

/** Which of the strategies is played, by its place among them. */
interface Played {
  /** By an operator, now. */
  by(operator: number): number;
  /** In the cohort's seats among the reporters of scores, now. */
  bySeats(): number;
  /** Told of each attempt before its operator is asked to take it. */
  offered?(node: NodeIndex, attempt: AttemptIndex): void;
}

/**
 * One strategy of several, each operator playing one at a time: what it took up under one it ends under that one.
 *
 * A question that none of them answers isn't answered; where some do, the others say what silence means.
 */
export function dispatch({ ownership }: StrategyContext, members: readonly Strategy[], played: Played): Strategy {
  /** By attempt: who took it up. */
  const taken = new Map<AttemptIndex, Strategy>();
  const of = (node: NodeIndex) => members[played.by(ownership.operator[node]!)]!;
  const at = (node: NodeIndex, attempt: AttemptIndex) => taken.get(attempt) ?? of(node);
  const anybody = (question: keyof Strategy) => members.some((member) => member[question] !== undefined);
  return {
    accepts: (node, attempt) => {
      played.offered?.(node, attempt);
      const member = of(node);
      taken.set(attempt, member);
      return member.accepts(node, attempt);
    },
    workFraction: (node, attempt) => at(node, attempt).workFraction(node, attempt),
    answer: (node, attempt) => at(node, attempt).answer(node, attempt),
    attests: (observer, attempt, observed, bribe) => of(observer).attests(observer, attempt, observed, bribe),
    votes: (juror, subject, shown, bribe) => of(juror).votes(juror, subject, shown, bribe),
    ...(anybody('delaySeconds') && {
      delaySeconds: (node, attempt) => at(node, attempt).delaySeconds?.(node, attempt) ?? 0,
    }),
    ...(anybody('idlesSeconds') && {
      idlesSeconds: (node, attempt) => at(node, attempt).idlesSeconds?.(node, attempt) ?? 0,
    }),
    ...(anybody('attemptSettled') && {
      attemptSettled: (node, attempt) => at(node, attempt).attemptSettled?.(node, attempt),
    }),
    ...(anybody('abortsAfter') && {
      abortsAfter: (node, attempt) => at(node, attempt).abortsAfter?.(node, attempt) ?? 1,
    }),
    ...(anybody('confidence') && {
      confidence: (node, attempt) => at(node, attempt).confidence?.(node, attempt) ?? Number.NaN,
    }),
    ...(anybody('admitsFault') && {
      admitsFault: (node, attempt) => at(node, attempt).admitsFault?.(node, attempt) ?? false,
    }),
    ...(anybody('reveals') && { reveals: (node, attempt) => at(node, attempt).reveals?.(node, attempt) ?? true }),
    ...(anybody('bid') && { bid: (node) => of(node).bid?.(node) ?? 1 }),
    ...(anybody('reports') && { reports: (node, score) => members[played.bySeats()]!.reports?.(node, score) ?? score }),
    ...(anybody('proposes') && {
      proposes: (operator, proposal) => members[played.by(operator)]!.proposes?.(operator, proposal) ?? true,
    }),
    ...(anybody('votesOn') && {
      votesOn: (operator, proposal) =>
        members[played.by(operator)]!.votesOn?.(operator, proposal) ?? usualBallot(proposal),
    }),
    ...(anybody('watches') && {
      watches: (job) => {
        for (const member of members) {
          const node = member.watches?.(job) ?? NONE;
          if (node !== NONE && of(node) === member) return node;
        }
        return NONE;
      },
    }),
    ...(anybody('checks') && { checks: (node, attempt) => of(node).checks?.(node, attempt) ?? true }),
    ...(anybody('challenges') && {
      challenges: (node, attempt, foundOther) => of(node).challenges?.(node, attempt, foundOther) ?? foundOther,
    }),
    ...(anybody('wake') && { wake: (actions) => members[played.by(actions.operator)]!.wake?.(actions) }),
  };
}

/** Whether a plan is that of strangers with a machine each who hide nothing. */
export function isOneEach(plan: CohortPlan): boolean {
  const { identities, identitiesMost: _, machines, operators, hidesOperator, ...told } = plan;
  const { machineOf: _machineOf, operatorOf: _operatorOf, ...more } = told;
  return machines === identities && operators === identities && !hidesOperator && Object.keys(more).length === 0;
}

/** The plan of whom the strategies share: that of the one which needs another than strangers with a machine each. */
export function sharedPlan(plans: readonly CohortPlan[], identities: number, oneEach: CohortPlan): CohortPlan {
  const special = plans.find((plan) => !isOneEach(plan));
  let identitiesMost = identities;
  for (const plan of plans) identitiesMost = Math.max(identitiesMost, plan.identitiesMost);
  return { ...(special ?? oneEach), identitiesMost };
}
