import { Limit } from '../columns/limits.js';
import { NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import type { Attack } from '../contract/cohorts/attack.js';
import { EvidenceRole } from '../contract/evidence.js';
import { Purpose } from '../contract/purposes.js';
import type { Actions } from '../contract/roles.js';
import type { Settlement } from '../jobs/settlement.js';
import type { Submission } from '../jobs/submission.js';
import type { Solvency } from '../matching/solvency.js';
import type { World } from '../world/world.js';
import type { Bribes } from './bribes.js';
import type { Collateral } from './collateral.js';
import type { Delegating } from './delegating.js';
import type { Eclipses } from './eclipses.js';
import type { NodeLife } from './node-life.js';

export type Hands = ReturnType<typeof createHands>;

interface Parts {
  readonly bribes: Bribes;
  readonly eclipses: Eclipses;
  readonly nodeLife: NodeLife;
  readonly collateral: Collateral;
  readonly delegating: Delegating;
  readonly settlement: Settlement;
  readonly solvency: Solvency;
  readonly submission: Submission;
}

/**
 * What operators can do of their own accord in `wake`: enter fresh identities, leave, add stake, ask for it, delegate,
 * share a purse, submit jobs, bid, sign twice, bribe, eclipse others, take them down.
 */
export function createHands(world: World, parts: Parts) {
  const { bribes, collateral, delegating, eclipses, nodeLife, settlement, solvency, submission } = parts;
  const { cohortDraws, cohorts, kinds, ledger, limits, machines, nodes, operators, ownership, purseAccounts } = world;
  const { rules, simulation, truth, workloads } = world;

  /** By cohort: identities that entered besides those of the start. */
  const fresh = new Int32Array(cohorts.length);
  /** By node: how often it signed twice; 0 where there is no entry. */
  const timesEquivocated = new Map<NodeIndex, number>();

  /** The hands of an operator, for one epoch. */
  function actionsOf(operator: number, epoch: number): Actions {
    const mayAct = (node: NodeIndex) =>
      ownership.operator[known(node)] === operator && nodes.state[node] === NodeState.present;
    return {
      operator,
      epoch,
      join: (like) => ownership.operator[known(like)] === operator && enter(like),
      leave: (node) => mayAct(node) && nodeLife.nodeLeft(node),
      stake: (node, amount) => mayAct(node) && addStake(operator, node, amount),
      unstake: (node, amount) => mayAct(node) && unstake(node, amount),
      delegate: (node, amount) => delegating.delegate(operator, known(node), amount),
      undelegate: (node, shares) => delegating.undelegate(operator, known(node), shares),
      shares: (node) => delegating.sharesOf(operator, known(node)),
      give: (amount) => give(operator, amount),
      take: (amount) => take(operator, amount),
      purse: () => ledger.balance[purseOf(operator)]!,
      submit: (workload, directedTo, timesWork) => {
        const isThere = Number.isInteger(workload) && workload >= 0 && workload < workloads.length;
        if (!isThere) throw new Error(`submit: expected a workload below ${workloads.length}, found ${workload}`);
        const to = directedTo === NONE ? NONE : known(directedTo);
        return submission.submitOwn(operator, workload, to, timesWork);
      },
      bid: (node, price) => mayAct(node) && bid(node, price),
      bribe: (subject, offer) => bribes.offer(operator, known(subject), offer),
      eclipse: (victim, probability) => eclipses.begin(operator, attackOf(operator), known(victim), probability),
      equivocate: (node) => mayAct(node) && equivocate(node),
      forceOutage: (node, seconds) => nodes.state[known(node)] === NodeState.present && strike(operator, node, seconds),
    };
  }

  /** Throws an Error for a row that no node has, which would be told as a refusal otherwise. */
  function known(node: NodeIndex): NodeIndex {
    const isThere = Number.isInteger(node) && node >= 0 && node < nodes.count;
    if (!isThere) throw new Error(`hands: expected a node below ${nodes.count}, found ${node}`);
    return node;
  }

  function attackOf(operator: number): Attack {
    return cohorts[operators.cohort[operator]!]!.attack;
  }

  function equivocate(node: NodeIndex): boolean {
    const number = timesEquivocated.get(node) ?? 0;
    timesEquivocated.set(node, number + 1);
    const draw = cohortDraws[ownership.cohort[node]!]!;
    const luck = draw.uniform(ownership.ordinal[node]!, number, Purpose.doubleSigningSeen);
    if (luck < rules.now.seesDoubleSigning) {
      settlement.settleFinding(node, kinds.indexOf('doubleSigned'), 1, EvidenceRole.holder);
    }
    return true;
  }

  function strike(operator: number, node: NodeIndex, seconds: number): boolean {
    nodeLife.machineStruck(ownership.machine[node]!, seconds);
    operators.strikes[operator]!++;
    return true;
  }

  /** A fresh identity on the machine of `like`, under a new name. */
  function enter(like: NodeIndex): boolean {
    // whoever leaves doesn't come back under another name
    const leavesAt = ownership.leavesAt[like]!;
    if (leavesAt <= simulation.now) return false;
    const price = ownership.stake[like]! + rules.now.identityFee;
    if (nodes.count === nodes.capacity) return refuse(Limit.identities);
    if (ledger.balance[ownership.operator[like]!]! < price) return refuse(Limit.operatorTokens);
    // a refusal must not use up a row
    if (!nodeLife.places.isOpenTo(ownership.operator[like]!, price)) return false;
    const node = nodes.count++;
    nodes.declaredOperator[node] = operators.nameOfHidden(node);
    const cohort = ownership.cohort[like]!;
    ownership.cohort[node] = cohort;
    ownership.ordinal[node] = ownership.ordinal[like]!;
    ownership.region[node] = ownership.region[like]!;
    ownership.stake[node] = ownership.stake[like]!;
    ownership.leavesAt[node] = leavesAt;
    ownership.affordableLanes[node] = ownership.affordableLanes[like]!;
    ownership.enlist(node, ownership.operator[like]!, operators, ownership.machine[like]!, machines);
    truth.quality[node] = truth.quality[like]!;
    truth.trustedHardware[node] = truth.trustedHardware[like]!;
    truth.completion[node] = truth.completion[like]!;
    truth.bugs[node] = truth.bugs[like]!;
    cohorts[cohort]!.declare(node, cohorts[cohort]!.identities + fresh[cohort]!++, ownership.ordinal[node]!);
    return nodeLife.nodeJoined(node);
  }

  function addStake(operator: number, node: NodeIndex, amount: number): boolean {
    if (ledger.balance[operator]! < amount) return refuse(Limit.operatorTokens);
    collateral.addStake(node, amount);
    return true;
  }

  function unstake(node: NodeIndex, amount: number): boolean {
    if (nodes.stake[node]! < amount) return false;
    collateral.unstake(node, amount);
    return true;
  }

  function purseOf(operator: number): number {
    return purseAccounts[attackOf(operator).index]!;
  }

  function give(operator: number, amount: number): boolean {
    if (ledger.balance[operator]! < amount) return refuse(Limit.operatorTokens);
    ledger.transfer(operator, purseOf(operator), amount);
    pursesFilled(operator, amount);
    return true;
  }

  function take(operator: number, amount: number): boolean {
    if (ledger.balance[purseOf(operator)]! < amount) return refuse(Limit.operatorTokens);
    ledger.transfer(purseOf(operator), operator, amount);
    pursesFilled(operator, -amount);
    return true;
  }

  /** What lies in a purse is capital of its attack, as what is locked. */
  function pursesFilled(operator: number, amount: number): void {
    operators.lock(operators.rowOfPurse(attackOf(operator).index), amount, simulation.now);
    solvency.balanceChanged(operator);
  }

  function bid(node: NodeIndex, price: number): boolean {
    if (!(price >= 0 && price <= 1)) throw new Error(`bid: expected a share of the fee, 0 to 1, found ${price}`);
    nodeLife.bidChanged(node, price);
    return true;
  }

  function refuse(limit: Limit): false {
    limits.hit(limit, simulation.now);
    return false;
  }

  return { actionsOf };
}
