import { Limit } from '../../columns/limits.js';
import { type NodeIndex, NodeState } from '../../columns/nodes.js';
import { secondsPerYear } from '../../contract/units.js';
import type { Solvency } from '../../matching/solvency.js';
import type { Loans } from '../../money/loans.js';
import type { World } from '../../world/world.js';
import type { Activity } from '../activity.js';

/** What moves of stake ask where nodes can borrow some. */
export type Lending = ReturnType<typeof createLending>;

/**
 * Stake that the treasury lends to nodes against their score; nothing where no cohort borrows.
 *
 * What is owed for a node is the senior part of its stake: a slash takes the operator's own first, whatever returns of
 * the stake pays the debt first, and what it doesn't cover any more is the lender's loss, which the operator goes on
 * paying back out of the node's income as long as there is some. Only the rest is capital of the operator.
 */
export function createLending(world: World, activity: Activity, solvency: Solvency) {
  const { cohorts, horizonSeconds, ledger, limits, nodes, operators, ownership, roles, rules, simulation } = world;
  const loans = ledger.loans;
  /** By node: paid out to its operator by the last end of an epoch [micro-tokens]. */
  const paidBefore = new Float64Array(loans === null ? 0 : nodes.capacity);

  /** After stake of the node came, went, or was held: what of it is the lender's. */
  function stakeMoved(node: NodeIndex): void {
    if (loans !== null && loans.debt[node]! > 0) settleParts(loans, node);
  }

  function settleParts(loans: Loans, node: NodeIndex): void {
    const there = ledger.stake[node]! + ledger.unbonding[node]! + ledger.heldOf[node]!;
    const before = loans.lent[node]!;
    const lent = Math.min(loans.debt[node]!, there);
    if (lent === before) return;
    loans.lent[node] = lent;
    operators.lock(ownership.operator[node]!, before - lent, simulation.now);
  }

  /** Stake of the node returned to its operator: the debt comes first. */
  function stakeReturned(node: NodeIndex, amount: number): void {
    if (loans === null || loans.debt[node] === 0) return;
    repay(loans, node, Math.min(amount, loans.debt[node]!));
    settleParts(loans, node);
  }

  function repay(loans: Loans, node: NodeIndex, amount: number): void {
    ledger.payTreasury(ownership.operator[node]!, amount);
    loans.debt[node]! -= amount;
  }

  /** At the end of an epoch, when everybody is paid: those who owe pay, and who is good for more borrows it. */
  function epochEnded(): void {
    if (loans === null) return;
    for (let node = 0; node < nodes.count; node++) {
      const { borrows } = cohorts[ownership.cohort[node]!]!;
      const income = ledger.paid[node]! - paidBefore[node]!;
      paidBefore[node] = ledger.paid[node]!;
      if (loans.debt[node]! > 0) collect(loans, node, income);
      // what is lent as the run ends would serve nobody
      if (borrows > 0 && simulation.now < horizonSeconds) lend(loans, node, borrows);
    }
  }

  function collect(loans: Loans, node: NodeIndex, income: number): void {
    const operator = ownership.operator[node]!;
    const { interest = 0, repays = 1 } = rules.now.lending ?? {};
    // of what is gone with the stake nothing more can be earned
    const owed = Math.floor((loans.lent[node]! * interest * rules.now.epochSeconds) / secondsPerYear);
    const available = Math.min(ledger.balance[operator]!, Math.floor(income * repays));
    const paid = Math.min(owed, available);
    ledger.payTreasury(operator, paid);
    operators.charged[operator]! += owed;
    loans.interestSum += paid;
    // what it can't pay is owed from now on, too
    loans.debt[node]! += owed - paid;
    repay(loans, node, Math.min(loans.debt[node]!, available - paid));
    settleParts(loans, node);
  }

  function lend(loans: Loans, node: NodeIndex, borrows: number): void {
    const { lending } = rules.now;
    if (lending === null || nodes.state[node] !== NodeState.present || nodes.jailedUntil[node]! > 0) return;
    const most = borrows * lending.share * creditOf(node);
    const own = Math.max(0, ledger.stake[node]! - loans.lent[node]!);
    const wanted = Math.floor((own * most) / (1 - most)) - loans.debt[node]!;
    if (wanted <= 0) return;
    const amount = Math.min(wanted, ledger.treasury);
    if (amount < wanted) limits.hit(Limit.loans, simulation.now);
    if (amount === 0) return;
    activity.activeStake.account(node, simulation.now);
    ledger.lendStake(node, amount);
    loans.debt[node]! += amount;
    loans.lent[node]! += amount;
    activity.refreshActivity(node);
    solvency.balanceChanged(ownership.operator[node]!);
  }

  /** The published score on the way from the lowest to the highest, 0 to 1. */
  function creditOf(node: NodeIndex): number {
    const [lowest, highest] = [roles.reputation.lowest(), roles.reputation.highest()];
    return Math.min(1, Math.max(0, (nodes.publishedScore[node]! - lowest) / (highest - lowest)));
  }

  return { epochEnded, stakeMoved, stakeReturned };
}
