import { classesAllowedBy } from '../../columns/hardware.js';
import { Limit } from '../../columns/limits.js';
import { NONE, type NodeIndex, NodeState } from '../../columns/nodes.js';
import { EventKind } from '../../events.js';
import type { Matching } from '../../matching/matching.js';
import type { Solvency } from '../../matching/solvency.js';
import { type ResourceToken, ResourceTokens } from '../../money/resource-tokens.js';
import type { World } from '../../world/world.js';
import type { Activity } from '../activity.js';

/** What lives of nodes ask where identities work with the token of a machine. */
export type Tokens = ReturnType<typeof createResourceTokens>;

interface Parts {
  readonly activity: Activity;
  readonly matching: Matching;
  readonly solvency: Solvency;
}

/**
 * Resource tokens: who holds none gets no work, and there is one for each machine; nothing where the protocol doesn't
 * ask for any.
 *
 * An identity takes up a token of its operator that nobody holds: that of its own machine, or else one that was bought.
 * What it declares from then on is what the token attests, and so is what its benchmarks are held against; the machine
 * that it works on stays its own. One that is put down, as its holder leaves or buys a better one, goes to the next
 * identity that could have taken it up.
 */
export function createResourceTokens(world: World, { activity, matching, solvency }: Parts) {
  const { classes, cohorts, hardware, ledger, limits, machines, nodes, operators, ownership, roles } = world;
  const { rules, simulation } = world;
  let tokens = new ResourceTokens(0);
  /** By operator: tokens of others' machines that it bought and has, in the order in which it did. */
  const bought = new Map<number, Set<ResourceToken>>();
  ask();

  function ask(): void {
    nodes.askForResourceTokens(rules.now.resourceToken);
    if (nodes.needResourceTokens && tokens.machine.length === 0) tokens = new ResourceTokens(machines.count);
  }

  function start(): void {
    for (const { index, sale } of cohorts) {
      if (sale !== null) simulation.schedule(sale.at, EventKind.resourceTokensSold, index, 0);
    }
  }

  /** A node is about to be in the network: it takes up what there is for it; its activity is settled anew after. */
  function nodeEntered(node: NodeIndex): void {
    if (!nodes.lacksResourceToken(node)) return;
    const token = freeFor(node);
    if (token !== NONE) takeUp(node, token);
  }

  /** What the node can take up; its machine's is minted for whoever comes first. */
  function freeFor(node: NodeIndex): ResourceToken | typeof NONE {
    const operator = ownership.operator[node]!;
    const machine = ownership.machine[node]!;
    const own = tokens.of(machine);
    if (own === NONE) return tokens.mint(machine, node, nodes, operator);
    if (tokens.holder[own] === NONE && tokens.owner[own] === operator) return own;
    for (const token of bought.get(operator) ?? []) if (tokens.holder[token] === NONE) return token;
    return NONE;
  }

  function takeUp(node: NodeIndex, token: ResourceToken): void {
    nodes.resourceToken[node] = token;
    tokens.holder[token] = node;
    declare(node, token);
    tellRoles(node);
  }

  /** The network takes the node for what its token attests. */
  function declare(node: NodeIndex, token: ResourceToken): void {
    const [kind, throughput, slots] = [tokens.hardware[token]!, tokens.throughput[token]!, tokens.slots[token]!];
    const isSame = nodes.throughput[node] === throughput && nodes.slots[node] === slots;
    if (isSame && nodes.hardware[node] === kind) return;
    matching.redeclare(node, () => {
      nodes.hardware[node] = kind;
      nodes.throughput[node] = throughput;
      nodes.slots[node] = slots;
      nodes.allowedClasses[node] = classesAllowedBy(hardware[kind]!, nodes.isPublic[node] === 1, classes);
    });
  }

  function tellRoles(node: NodeIndex): void {
    for (const role of Object.values(roles)) role.resourceTokenChanged?.(node);
  }

  /** The node has left, and what it held is free; returns if another has taken that up, which may be served. */
  function nodeDeparted(node: NodeIndex): boolean {
    const token = putDown(node);
    return token !== NONE && passOn(token);
  }

  function putDown(node: NodeIndex): ResourceToken | typeof NONE {
    const token = nodes.resourceToken[node] ?? NONE;
    if (token === NONE) return NONE;
    nodes.resourceToken[node] = NONE;
    tokens.holder[token] = NONE;
    return token;
  }

  /** A token that nobody holds goes to an identity of its operator that waits for one, the latest enlisted. */
  function passOn(token: ResourceToken): boolean {
    if (!nodes.needResourceTokens) return false;
    const machine = tokens.machine[token]!;
    const owner = tokens.owner[token]!;
    const isBought = bought.get(owner)?.has(token) === true;
    for (let node = operators.lastNode[owner]!; node !== NONE; node = ownership.previousOfOperator[node]!) {
      if (nodes.state[node] !== NodeState.present || nodes.resourceToken[node] !== NONE) continue;
      if (!isBought && ownership.machine[node] !== machine) continue;
      takeUp(node, token);
      activity.refreshActivity(node);
      return true;
    }
    return false;
  }

  /** The rules changed: who is there takes up what there is for it, and is settled anew after. */
  function rulesChanged(): void {
    ask();
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] === NodeState.present) nodeEntered(node);
    }
  }

  /**
   * Moment: a cohort sells. Tokens and buyers meet in the order of their rows; buyers without a token come first. What
   * accrued until now has been settled.
   */
  function resourceTokensSold(seller: number): void {
    if (!nodes.needResourceTokens) return;
    const { price, to } = cohorts[seller]!.sale!;
    const offered = presentOf(seller).filter((node) => nodes.resourceToken[node] !== NONE);
    const present = presentOf(to);
    const buyers = [
      ...present.filter((node) => nodes.resourceToken[node] === NONE),
      ...present.filter((node) => nodes.resourceToken[node] !== NONE),
    ].values();
    for (const node of offered) {
      const buyer = nextSolvent(buyers, price);
      if (buyer === NONE) return;
      sell(node, buyer, price);
    }
  }

  function presentOf(cohort: number): NodeIndex[] {
    const found: NodeIndex[] = [];
    for (let node = 0; node < nodes.count; node++) {
      if (ownership.cohort[node] === cohort && nodes.state[node] === NodeState.present) found.push(node);
    }
    return found;
  }

  /** The next that can pay; NONE if none is left. */
  function nextSolvent(buyers: Iterator<NodeIndex>, price: number): NodeIndex | typeof NONE {
    for (let next = buyers.next(); next.done !== true; next = buyers.next()) {
      if (ledger.balance[ownership.operator[next.value]!]! >= price) return next.value;
      limits.hit(Limit.operatorTokens, simulation.now);
    }
    return NONE;
  }

  function sell(node: NodeIndex, buyer: NodeIndex, price: number): void {
    const [from, to] = [ownership.operator[node]!, ownership.operator[buyer]!];
    ledger.transfer(to, from, price);
    operators.resourceTokens[to]! += price;
    operators.resourceTokens[from]! -= price;
    solvency.balanceChanged(to);
    solvency.balanceChanged(from);
    const token = putDown(node);
    const replaced = putDown(buyer);
    belongsTo(token, to);
    takeUp(buyer, token);
    activity.refreshActivity(buyer);
    if (replaced !== NONE) passOn(replaced);
    const other = freeFor(node);
    if (other === NONE) tellRoles(node);
    else takeUp(node, other);
    activity.refreshActivity(node);
  }

  /** Hands a token over; that of one's own machine isn't among those bought. */
  function belongsTo(token: ResourceToken, operator: number): void {
    bought.get(tokens.owner[token]!)?.delete(token);
    tokens.owner[token] = operator;
    if (isOf(token, operator)) return;
    if (!bought.has(operator)) bought.set(operator, new Set());
    bought.get(operator)!.add(token);
  }

  /** Whether the token's machine is the operator's own. */
  function isOf(token: ResourceToken, operator: number): boolean {
    return ownership.operator[machines.firstIdentity[tokens.machine[token]!]!] === operator;
  }

  return { start, nodeEntered, nodeDeparted, rulesChanged, resourceTokensSold };
}
