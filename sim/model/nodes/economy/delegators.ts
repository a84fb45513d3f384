import { type NodeIndex, NodeState } from '../../columns/nodes.js';
import type { FollowsYield } from '../../contract/cohorts/follows-yield.js';
import type { World } from '../../world/world.js';
import type { Delegating } from '../delegating.js';

export type Delegators = ReturnType<typeof createDelegators>;

/** Delegators of a cohort that go after what stake earns. */
interface Follower {
  readonly cohort: number;
  readonly account: number;
  readonly settings: NonNullable<FollowsYield>;
  /** By node: what a token delegated to it earned by the epoch, of late; NaN while nobody can know. */
  readonly yields: Float64Array;
  /** Came back to them and isn't delegated anew [micro-tokens]. */
  toPlace: number;
}

/**
 * What those who delegate to the nodes of a cohort do of their own accord: they leave a node after a large fall of its
 * published score, where the protocol tells of such, and they follow the yield.
 *
 * The yield of a node is what a token delegated to it is paid in an epoch, less what is slashed of it. They compare it
 * with the mean of the network, which weighs nodes by their stake: below it they ask for a part back, which stays in
 * the pool until it can't be slashed any more. What came back goes to the nodes above the mean, to each in proportion
 * to how much more would bring it down to it, stake × excess. So they rest where all yields are the same.
 */
export function createDelegators(world: World, delegating: Delegating) {
  const { cohorts, delegatorAccounts, horizonSeconds, ledger, nodes, rules, simulation } = world;
  const { delegations } = ledger;
  const canLeave = cohorts.some(({ delegated, delegatorsLeave }) => delegated > 0 && delegatorsLeave > 0);
  /** By node: the score that a fall is reckoned from, of its entry or of the last end of an epoch. */
  const fallsFrom = new Float64Array(canLeave ? nodes.capacity : 0);
  const followers = cohorts.flatMap(({ delegated, delegatorsFollow, index }): Follower[] => {
    if (delegated === 0 || delegatorsFollow === null) return [];
    const yields = new Float64Array(nodes.capacity).fill(Number.NaN);
    return [{ cohort: index, account: delegatorAccounts[index]!, settings: delegatorsFollow, yields, toPlace: 0 }];
  });
  const size = followers.length > 0 ? nodes.capacity : 0;
  /** By node, as of the last end of an epoch: what it was paid in all, and what was slashed of its pool. */
  const incomeBefore = new Float64Array(size);
  const lostBefore = new Float64Array(size);
  /** By node: shares that are asked back, and what a node gets of those that came back. */
  const askedBack = new Float64Array(size);
  const excess = new Float64Array(size);
  /** The last end of an epoch [s]. */
  let since = 0;

  /** The public sees the score of a node that enters. */
  function scoreBegan(node: NodeIndex, score: number): void {
    if (canLeave) fallsFrom[node] = score;
  }

  /** The public sees another score: after a large fall those who delegated to the node are told, and leave. */
  function scorePublished(node: NodeIndex, score: number): void {
    if (!(fallsFrom[node]! - score > rules.now.tellFallsAbove)) return;
    fallsFrom[node] = score;
    for (const { delegatorsLeave, index } of cohorts) {
      const account = delegatorAccounts[index]!;
      const leaving = Math.floor(delegating.sharesOf(account, node) * delegatorsLeave);
      if (leaving > 0) delegating.giveNotice(account, node, leaving);
    }
  }

  /** At the end of an epoch, when everybody is paid. */
  function epochEnded(): void {
    if (followers.length > 0) measureYields();
    delegating.returnDelegated();
    if (canLeave) fallsFrom.set(nodes.publishedScore.subarray(0, nodes.count));
    // whatever they did as the run ends would come to nothing
    if (simulation.now < horizonSeconds) for (const follower of followers) follow(follower);
  }

  function measureYields(): void {
    for (let node = 0; node < nodes.count; node++) {
      const income = ledger.paid[node]! + delegations.paid[node]!;
      const lost = delegations.lost[node]!;
      const paid = income - incomeBefore[node]!;
      const slashed = lost - lostBefore[node]!;
      incomeBefore[node] = income;
      lostBefore[node] = lost;
      const isKnown = nodes.state[node] === NodeState.present && nodes.joinedAt[node]! <= since;
      const latest = isKnown ? yieldOf(node, paid, slashed) : Number.NaN;
      for (const { settings, yields } of followers) {
        const before = yields[node]!;
        yields[node] = Number.isNaN(before) ? latest : before + (latest - before) / settings.window;
      }
    }
    since = simulation.now;
  }

  function yieldOf(node: NodeIndex, paid: number, slashed: number): number {
    const stake = stakeOf(node);
    const pool = nodes.delegated[node]!;
    const lostShare = slashed === 0 ? 0 : slashed / (pool + slashed);
    return stake === 0 ? -lostShare : (paid * ledger.delegatorShare) / stake - lostShare;
  }

  /** All by which its income is split [micro-tokens]. */
  function stakeOf(node: NodeIndex): number {
    return nodes.stake[node]! + nodes.delegated[node]! + ledger.unbonding[node]!;
  }

  function follow(follower: Follower): void {
    const mean = meanOf(follower.yields);
    // nobody has been there for an epoch
    if (Number.isNaN(mean)) return;
    askBack(follower, mean);
    follower.toPlace += delegating.takeCameBack(follower.cohort);
    if (follower.toPlace > 0) placeAnew(follower, mean);
  }

  /** What a token of stake earns in the network; NaN where nobody's yield is known. */
  function meanOf(yields: Float64Array): number {
    let earned = 0;
    let staked = 0;
    for (let node = 0; node < nodes.count; node++) {
      if (Number.isNaN(yields[node])) continue;
      earned += yields[node]! * stakeOf(node);
      staked += stakeOf(node);
    }
    return staked === 0 ? Number.NaN : earned / staked;
  }

  function askBack({ account, settings, yields }: Follower, mean: number): void {
    delegating.addAskedBack(account, askedBack.fill(0));
    for (let node = 0; node < nodes.count; node++) {
      // of nodes that left it returns of itself
      if (Number.isNaN(yields[node]) || !(yields[node]! < mean)) continue;
      const gap = mean === 0 ? 1 : Math.min(1, (mean - yields[node]!) / Math.abs(mean));
      if (gap <= settings.tolerance) continue;
      const free = delegations.sharesOf(node, account) - askedBack[node]!;
      const leaving = Math.floor(free * settings.rate * gap);
      if (leaving > 0) delegating.giveNotice(account, node, leaving);
    }
  }

  function placeAnew(follower: Follower, mean: number): void {
    const { account, yields } = follower;
    let all = 0;
    for (let node = 0; node < nodes.count; node++) {
      excess[node] = yields[node]! > mean ? (yields[node]! - mean) * stakeOf(node) : 0;
      all += excess[node]!;
    }
    // where all is the same, they wait for another epoch
    if (!(all > 0)) return;
    // whoever entered since may have been delegated some of it
    const amount = Math.min(follower.toPlace, ledger.balance[account]!);
    let sum = 0;
    let placed = 0;
    for (let node = 0; node < nodes.count; node++) {
      if (excess[node] === 0) continue;
      sum += excess[node]!;
      const part = Math.floor(amount * Math.min(1, sum / all)) - placed;
      placed += part;
      if (part > 0 && delegating.place(account, node, part)) follower.toPlace -= part;
    }
  }

  return {
    epochEnded,
    scoreBegan,
    /** Null where nobody is there to be told. */
    scorePublished: canLeave ? scorePublished : null,
  };
}
