import { NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import type { SlashDestination } from '../columns/rules.js';
import type { EvidenceKind } from '../contract/evidence.js';
import { EventKind } from '../events.js';
import type { Matching } from '../matching/matching.js';
import type { Serving } from '../matching/serving.js';
import type { Solvency } from '../matching/solvency.js';
import type { HeldSlash, Refund } from '../money/held-slash.js';
import { Collateral as Kind } from '../world/journal.js';
import type { World } from '../world/world.js';
import type { Activity } from './activity.js';
import type { Delegating } from './delegating.js';
import type { Lending } from './economy/lending.js';
import type { Insurance } from './insurance.js';

export type Collateral = ReturnType<typeof createCollateral>;

/** What was held, and what becomes of it if it is upheld. */
export interface HeldCase {
  readonly held: HeldSlash;
  readonly cause: EvidenceKind;
  readonly destination: SlashDestination;
  /** Node that gets a challenger's share, or NONE. */
  readonly winner: NodeIndex | typeof NONE;
  readonly refund: Refund;
}

interface Parts {
  readonly activity: Activity;
  readonly delegating: Delegating;
  readonly insurance: Insurance;
  readonly lending: Lending;
  readonly matching: Matching;
  readonly serving: Serving;
  readonly solvency: Solvency;
}

/** The stake of a node: locked, slashed, held while a case is open, asked for, returned. */
export function createCollateral(world: World, parts: Parts) {
  const { journal, ledger, nodes, operators, ownership } = world;
  const { roles, rules, simulation } = world;
  const { delegating, insurance, lending, matching, serving, solvency } = parts;
  const { activeStake, refreshActivity } = parts.activity;

  /** Locks more stake of the node's operator, who has it. */
  function addStake(node: NodeIndex, amount: number): void {
    const operator = ownership.operator[node]!;
    activeStake.account(node, simulation.now);
    ledger.lockStake(operator, node, amount);
    operators.lock(operator, amount, simulation.now);
    lending.stakeMoved(node);
    solvency.balanceChanged(operator);
    refreshActivity(node);
  }

  /** Slashes a share of the node's remaining stake, and then an amount [micro-tokens]. */
  function slash(
    node: NodeIndex,
    fraction: number,
    cause: EvidenceKind,
    destination: SlashDestination,
    amount = 0,
    winner: NodeIndex | typeof NONE = NONE,
  ): void {
    activeStake.account(node, simulation.now);
    const delegated = nodes.delegated[node]!;
    const fund = ledger.insurance;
    const slashed = ledger.slash(node, fraction, destination, amount, winner);
    delegating.poolChanged(node);
    if (slashed === 0 && nodes.delegated[node] === delegated) return;
    if (slashed > 0) wasSlashed(node, slashed, cause, fund);
    lending.stakeMoved(node);
    stakeFell(node);
  }

  /** Takes as `slash` does, until the case is decided. */
  function hold(node: NodeIndex, fraction: number, amount: number, ofPay = 0): HeldSlash {
    activeStake.account(node, simulation.now);
    const held = ledger.holdSlash(node, fraction, amount, Math.floor(ledger.dueOf(node) * ofPay));
    delegating.poolChanged(node);
    stakeFell(node);
    return held;
  }

  /** Slashes what was held, or gives it back: to the stake, or to who has left as soon as it would have returned. */
  function settleHeld({ held, cause, destination, winner, refund }: HeldCase, isUpheld: boolean): void {
    const { node, fromStake, fromUnbonding, fromPay, unbondingUntil } = held;
    activeStake.account(node, simulation.now);
    const fund = ledger.insurance;
    const slashed = ledger.settleHeld(held, isUpheld, destination, winner, refund);
    delegating.poolChanged(node);
    if (slashed > 0) wasSlashed(node, slashed, cause, fund);
    lending.stakeMoved(node);
    if (isUpheld) {
      if (fromPay > 0) wasClawedBack(node, fromPay, refund);
      return;
    }
    if (fromUnbonding > 0) unbondUntil(node, fromUnbonding, unbondingUntil);
    if (nodes.state[node] === NodeState.present) refreshActivity(node);
    else if (fromStake > 0) unbondUntil(node, fromStake, nodes.leftAt[node]! + roles.rewards.unbondingSeconds());
  }

  /** Takes back a share of the pay that escrow holds for the node. */
  function clawBack(node: NodeIndex, fraction: number, refund: Refund): void {
    const taken = ledger.clawBack(node, Math.floor(ledger.dueOf(node) * fraction), refund);
    if (taken > 0) wasClawedBack(node, taken, refund);
  }

  function wasClawedBack(node: NodeIndex, amount: number, { account, most }: Refund): void {
    journal.payClawedBack(node, amount);
    if (account === NONE || account >= operators.count) return;
    // an operator that was its own client
    operators.ownJobFees[account]! -= Math.min(amount, most);
    solvency.balanceChanged(account);
  }

  /** @param fund what the insurance had before: no slash pays for its own claim */
  function wasSlashed(node: NodeIndex, amount: number, cause: EvidenceKind, fund: number): void {
    ownership.wasPunished[node] = 1;
    operators.lock(ownership.operator[node]!, -amount, simulation.now);
    journal.collateralSlashed(node, cause, Kind.stake, amount, nodes.score[node]!);
    insurance.slashed(node, amount, cause, fund);
  }

  function stakeFell(node: NodeIndex): void {
    if (nodes.stake[node]! < rules.now.minimumStake) refreshActivity(node);
    else matching.nodeChanged(node);
  }

  /** Asks for stake of a node, which stays slashable until it returns. */
  function unstake(node: NodeIndex, amount: number): void {
    activeStake.account(node, simulation.now);
    unbondUntil(node, amount, simulation.now + roles.rewards.unbondingSeconds());
    stakeFell(node);
  }

  function unbondUntil(node: NodeIndex, amount: number, until: number): void {
    const at = Math.max(simulation.now, until);
    const number = ledger.startUnbonding(node, amount, at);
    simulation.schedule(at, EventKind.stakeUnbonded, node, number);
  }

  /** Moment: unbonded, what was not slashed meanwhile returns to the operator, who can pay bonds with it. */
  function stakeUnbonded(node: NodeIndex, number: number): void {
    const operator = ownership.operator[node]!;
    const returned = ledger.finishUnbonding(operator, node, number);
    operators.lock(operator, -returned, simulation.now);
    lending.stakeReturned(node, returned);
    solvency.balanceChanged(operator);
    serving.serve();
  }

  return { addStake, clawBack, slash, hold, settleHeld, unstake, stakeUnbonded };
}
