import { Limit } from '../columns/limits.js';
import { type NodeIndex, NodeState } from '../columns/nodes.js';
import type { Matching } from '../matching/matching.js';
import type { Solvency } from '../matching/solvency.js';
import type { World } from '../world/world.js';
import type { Activity } from './activity.js';

export type Delegating = ReturnType<typeof createDelegating>;

interface Parts {
  readonly activity: Activity;
  readonly matching: Matching;
  readonly solvency: Solvency;
}

/** Shares of a pool that were asked back. */
interface Notice {
  /** Account of who did so: an operator's, or that of a cohort's delegators. */
  readonly holder: number;
  readonly node: NodeIndex;
  readonly shares: number;
  /** When they can't be slashed any more [s]. */
  readonly until: number;
}

/**
 * Stake that others than its operator delegate to a node: those whom a cohort's settings name, as it enters and by what
 * `economy/delegators` has them do later, and operators of their own accord.
 *
 * What was asked back stays in the pool until it returns, slashed, counted and paid as before: a pool has no
 * parts. What its shares are worth is capital that it has locked.
 */
export function createDelegating(world: World, { activity, matching, solvency }: Parts) {
  const { cohorts, delegatorAccounts, ledger, limits, nodes, operators, ownership, roles, simulation } = world;
  const { delegations } = ledger;
  let notices: Notice[] = [];
  /** By cohort: came back to those who delegate to its nodes since they were last asked [micro-tokens]. */
  const cameBack = new Float64Array(cohorts.length);
  /** By node that operators delegated to: what the shares of each are worth [micro-tokens]. */
  const worthOf = new Map<NodeIndex, Map<number, number>>();

  /** Those who delegate to the cohort's nodes do so to one that enters, as long as they have what it takes. */
  function nodeEntered(node: NodeIndex): void {
    const cohort = ownership.cohort[node]!;
    const { delegated } = cohorts[cohort]!;
    if (nodes.delegated[node] === 0) notices = notices.filter((notice) => notice.node !== node);
    const account = delegatorAccounts[cohort]!;
    if (delegated > 0 && ledger.balance[account]! >= delegated) ledger.delegate(account, node, delegated);
  }

  /** Of an operator's own accord; false if the node isn't there, the tokens aren't, or the pool has too many shares. */
  function delegate(operator: number, node: NodeIndex, amount: number): boolean {
    if (nodes.state[node] !== NodeState.present) return refuse(Limit.delegations);
    if (ledger.balance[operator]! < amount) return refuse(Limit.operatorTokens);
    if (!entrust(operator, node, amount)) return refuse(Limit.delegations);
    operators.delegatedNet[operator]! += amount;
    const worths = worthOf.get(node) ?? new Map<number, number>();
    worthOf.set(node, worths);
    if (!worths.has(operator)) worths.set(operator, 0);
    poolChanged(node);
    solvency.balanceChanged(operator);
    matching.nodeChanged(node);
    return true;
  }

  function entrust(account: number, node: NodeIndex, amount: number): boolean {
    activity.activeStake.account(node, simulation.now);
    return ledger.delegate(account, node, amount) > 0;
  }

  /** Of an account that is no operator's and has the tokens; false if the pool has too many shares. */
  function place(account: number, node: NodeIndex, amount: number): boolean {
    if (!entrust(account, node, amount)) return false;
    poolChanged(node);
    matching.nodeChanged(node);
    return true;
  }

  /** Asks for shares back, which return at the first end of an epoch at which they can't be slashed any more. */
  function undelegate(operator: number, node: NodeIndex, shares: number): boolean {
    if (!(shares > 0 && shares <= sharesOf(operator, node))) return refuse(Limit.delegations);
    giveNotice(operator, node, shares);
    return true;
  }

  function giveNotice(holder: number, node: NodeIndex, shares: number): void {
    notices.push({ holder, node, shares, until: simulation.now + roles.rewards.unbondingSeconds() });
  }

  /** Shares of the node's pool that somebody has and didn't ask back. */
  function sharesOf(holder: number, node: NodeIndex): number {
    let shares = delegations.sharesOf(node, holder);
    for (const notice of notices) {
      if (notice.holder === holder && notice.node === node) shares -= notice.shares;
    }
    // those of a node that left return of themselves
    return Math.max(0, shares);
  }

  /** Adds up by node what the account has asked back and still has. */
  function addAskedBack(holder: number, shares: Float64Array): void {
    for (const notice of notices) if (notice.holder === holder) shares[notice.node]! += notice.shares;
  }

  /** What came back to a cohort's delegators since this was last asked [micro-tokens]. */
  function takeCameBack(cohort: number): number {
    const amount = cameBack[cohort]!;
    cameBack[cohort] = 0;
    return amount;
  }

  /** At the end of an epoch: what can't be slashed any more returns, asked for or delegated to nodes that left. */
  function returnDelegated(): void {
    const due = notices.filter(({ until }) => until <= simulation.now);
    if (due.length > 0) notices = notices.filter(({ until }) => until > simulation.now);
    for (const { holder, node, shares } of due) {
      activity.activeStake.account(node, simulation.now);
      giveBack(holder, node, Math.min(shares, delegations.sharesOf(node, holder)));
      matching.nodeChanged(node);
    }
    if (worthOf.size === 0 && cohorts.every(({ delegated }) => delegated === 0)) return;
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.delegated[node] === 0 || nodes.leftAt[node]! + roles.rewards.unbondingSeconds() > simulation.now)
        continue;
      for (const account of delegations.holders(node)) giveBack(account, node, delegations.sharesOf(node, account));
    }
  }

  function giveBack(account: number, node: NodeIndex, shares: number): void {
    const amount = ledger.undelegate(account, node, shares);
    if (account < operators.count) operators.delegatedNet[account]! -= amount;
    else cameBack[account - delegatorAccounts[0]!]! += amount;
    poolChanged(node);
  }

  /** After tokens came into the node's pool, or went: operators have locked in it what their shares are worth. */
  function poolChanged(node: NodeIndex): void {
    const worths = worthOf.get(node);
    if (worths === undefined) return;
    // of an empty pool there is nothing to return: who delegates to it anew waits as others do
    if (nodes.delegated[node] === 0 && delegations.held[node] === 0)
      notices = notices.filter((notice) => notice.node !== node);
    for (const [operator, before] of worths) {
      const worth = delegations.worthOf(node, operator);
      if (worth === before) continue;
      worths.set(operator, worth);
      operators.delegatedNow[operator]! += worth - before;
      operators.lock(operator, worth - before, simulation.now);
    }
  }

  function refuse(limit: Limit): false {
    limits.hit(limit, simulation.now);
    return false;
  }

  return {
    nodeEntered,
    delegate,
    undelegate,
    sharesOf,
    returnDelegated,
    poolChanged,
    giveNotice,
    place,
    addAskedBack,
    takeCameBack,
  };
}
