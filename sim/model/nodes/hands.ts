import { type NodeIndex, NodeState } from '../columns/nodes.js';
import type { Actions } from '../contract/roles.js';
import type { World } from '../world/world.js';
import type { NodeLifecycle } from './node-life.js';

/** What strategies may do in `wake`: enter fresh identities, leave, add stake; refusals are counted. */
export class Joining {
  readonly #world: World;
  readonly #nodeLifecycle: NodeLifecycle;

  constructor(world: World, nodeLifecycle: NodeLifecycle) {
    this.#world = world;
    this.#nodeLifecycle = nodeLifecycle;
  }

  actionsOf(operator: number, epoch: number): Actions {
    const mayAct = (node: NodeIndex) =>
      this.#world.ownership.operator[node] === operator && this.#world.nodes.state[node] === NodeState.present;
    return {
      operator,
      epoch,
      join: (like) => this.#world.ownership.operator[like] === operator && this.#enter(like),
      leave: (node) => mayAct(node) && this.#nodeLifecycle.nodeLeft(node),
      stake: (node, amount) => mayAct(node) && this.#stake(operator, node, amount),
    };
  }

  /** A fresh identity on the machine of `like`, with the same declarations under a new name. */
  #enter(like: NodeIndex): boolean {
    const { nodes, ownership, machines, operators, truth, ledger, rules, cohorts } = this.#world;
    const price = cohorts[ownership.cohort[like]!]!.stake + rules.identityFee;
    if (nodes.count === nodes.capacity || ledger.balance[ownership.operator[like]!]! < price) {
      operators.actionsRefused++;
      return false;
    }
    const node = nodes.count++;
    nodes.region[node] = nodes.region[like]!;
    nodes.hardware[node] = nodes.hardware[like]!;
    nodes.throughput[node] = nodes.throughput[like]!;
    nodes.slots[node] = nodes.slots[like]!;
    nodes.allowedClasses[node] = nodes.allowedClasses[like]!;
    nodes.affordableClasses[node] = nodes.affordableClasses[like]!;
    // names below operators.count are taken by the operators themselves
    nodes.declaredOperator[node] = operators.count + node;
    ownership.cohort[node] = ownership.cohort[like]!;
    ownership.operator[node] = ownership.operator[like]!;
    ownership.previousOfOperator[node] = operators.lastNode[ownership.operator[node]!]!;
    operators.lastNode[ownership.operator[node]!] = node;
    ownership.ordinal[node] = ownership.ordinal[like]!;
    const machine = ownership.machine[like]!;
    ownership.machine[node] = machine;
    ownership.nextIdentity[node] = machines.firstIdentity[machine]!;
    machines.firstIdentity[machine] = node;
    truth.quality[node] = truth.quality[like]!;
    truth.completion[node] = truth.completion[like]!;
    truth.bugs[node] = truth.bugs[like]!;
    return this.#nodeLifecycle.nodeJoined(node);
  }

  #stake(operator: number, node: NodeIndex, amount: number): boolean {
    const { ledger, operators } = this.#world;
    if (ledger.balance[operator]! < amount) {
      operators.actionsRefused++;
      return false;
    }
    this.#nodeLifecycle.addStake(node, amount);
    return true;
  }
}
