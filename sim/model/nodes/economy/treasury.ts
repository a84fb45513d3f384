import { Limit } from '../../columns/limits.js';
import type { NodeIndex } from '../../columns/nodes.js';
import { epochsEndedBy } from '../../columns/rules.js';
import type { World } from '../../world/world.js';

export type Treasury = ReturnType<typeof createTreasury>;

/**
 * What the protocol itself pays, as far as the treasury has it and the epoch's budget lasts: recomputations,
 * spot-checks, jackpots and subsidies for newcomers. Whatever it owes and can't pay is never paid.
 */
export function createTreasury(world: World) {
  const { ledger, limits, nodes, rules, simulation } = world;
  /** Paid since the last end of an epoch [micro-tokens]. */
  let spent = 0;
  /** Rows of those who are subsidised, filled again at each end of an epoch. */
  const newcomers: NodeIndex[] = [];

  /** What it can still pay in this epoch [micro-tokens]. */
  function affordable(): number {
    return Math.min(ledger.treasury, Math.max(0, rules.now.treasury.budget - spent));
  }

  /** Puts what the protocol owes into escrow, as far as it can; how much that is. */
  function toEscrow(amount: number): number {
    const paid = Math.min(amount, affordable());
    if (paid < amount) tellLack(amount);
    ledger.escrowFromTreasury(paid);
    spent += paid;
    return paid;
  }

  /** The same for all of it or nothing; whether it was paid. */
  function wholeToEscrow(amount: number): boolean {
    if (affordable() < amount) {
      tellLack(amount);
      return false;
    }
    toEscrow(amount);
    return true;
  }

  function tellLack(amount: number): void {
    limits.hit(ledger.treasury < amount ? Limit.treasury : Limit.treasuryBudget, simulation.now);
  }

  /** What the protocol owes a node, which is due at this epoch's end. */
  function pay(node: NodeIndex, amount: number): void {
    ledger.accrue(node, toEscrow(amount), 0);
  }

  /** At the end of an epoch, before everybody is paid: newcomers are, and a new budget begins. */
  function epochEnded(): void {
    const { subsidy } = rules.now.treasury;
    if (subsidy !== null) subsidise(subsidy.amount, subsidy.epochs);
    spent = 0;
  }

  function subsidise(amount: number, epochs: number): void {
    newcomers.length = 0;
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.isActive[node] === 1 && isNewcomer(node, epochs)) newcomers.push(node);
    }
    const owed = newcomers.length * amount;
    if (owed === 0) return;
    const paid = toEscrow(owed);
    ledger.subsidised(paid);
    let before = 0;
    for (const [place, node] of newcomers.entries()) {
      const until = Math.floor((paid * (place + 1)) / newcomers.length);
      ledger.accrue(node, until - before, 0);
      before = until;
    }
  }

  function isNewcomer(node: NodeIndex, epochs: number): boolean {
    const joinedAt = nodes.joinedAt[node]!;
    const ended = epochsEndedBy(rules.now, simulation.now) - epochsEndedBy(rules.now, joinedAt);
    return joinedAt > 0 && ended <= epochs;
  }

  return { epochEnded, pay, wholeToEscrow };
}
