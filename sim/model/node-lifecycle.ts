import { EventKind } from './events.js';
import type { EvidenceKind } from './evidence.js';
import type { Execution } from './execution.js';
import { type MachineIndex, NONE, type NodeIndex, NodeState } from './nodes.js';
import type { Publication } from './publication.js';
import type { World } from './world.js';

/** Called back when a node can take work again. */
export type CapacityFreed = () => void;

/** The life of a node and its machine: joined, failed, repaired, jailed, ejected, left, unbonded. */
export class NodeLifecycle {
  readonly #world: World;
  readonly #publication: Publication;
  /** Availability check-ins since the last epoch, by node. */
  readonly checkInsMade: Uint32Array;
  readonly checkInsMissed: Uint32Array;
  /** Pay held for late challenges [micro-tokens], by node, for each of the coming epochs. */
  readonly #heldByEpoch: Float64Array[] = [];
  #execution!: Execution;
  #capacityFreed!: CapacityFreed;

  constructor(world: World, publication: Publication) {
    this.#world = world;
    this.#publication = publication;
    this.checkInsMade = new Uint32Array(world.nodes.capacity);
    this.checkInsMissed = new Uint32Array(world.nodes.capacity);
  }

  /** The two sides know each other; called once while building. */
  connect(execution: Execution, capacityFreed: CapacityFreed): void {
    this.#execution = execution;
    this.#capacityFreed = capacityFreed;
  }

  /** Moment: node joined or re-entered. A node whose operator can't pay fee and stake stays out; returns if it is in. */
  nodeJoined(node: NodeIndex): boolean {
    const { nodes, ownership, machines, operators, ledger, rules, roles, cohorts, simulation } = this.#world;
    const operator = ownership.operator[node]!;
    const stake = cohorts[ownership.cohort[node]!]!.stake;
    if (ledger.balance[operator]! < stake + rules.identityFee) return false;
    ledger.payTreasury(operator, rules.identityFee);
    operators.identityFees[operator]! += rules.identityFee;
    ledger.lockStake(operator, node, stake);
    operators.lock(operator, stake, simulation.now);
    const machine = ownership.machine[node]!;
    this.account(machine);
    machines.identities[machine]!++;
    nodes.state[node] = NodeState.present;
    nodes.joinedAt[node] = simulation.now;
    this.#world.presentNodes.add(node);
    for (const role of Object.values(roles)) role.nodeJoined?.(node);
    nodes.score[node] = roles.reputation.prior(node);
    this.#publication.publishNow(node);
    this.#setOnline(node, machines.isUp[machine] === 1);
    if (machines.hasEntered[machine] === 0) {
      machines.hasEntered[machine] = 1;
      this.machineRepaired(machine);
    }
    const leavesAt = ownership.leavesAt[node]!;
    if (leavesAt < Number.POSITIVE_INFINITY) simulation.schedule(leavesAt, EventKind.nodeLeft, node, 0);
    this.#capacityFreed();
    return true;
  }

  /** Moment: a session of the machine began. */
  machineRepaired(machine: MachineIndex): void {
    const { machines, cohorts, simulation } = this.#world;
    this.account(machine);
    machines.isUp[machine] = 1;
    this.#eachPresentIdentity(machine, (node) => this.#setOnline(node, true));
    const outages = cohorts[machines.cohort[machine]!]!.outages;
    const session = outages.sessionSeconds(machines.ordinal[machine]!, machines.outageNumber[machine]!);
    if (session < Number.POSITIVE_INFINITY) {
      simulation.schedule(simulation.now + session, EventKind.machineFailed, machine, 0);
    }
    this.#execution.machineRepaired(machine);
    this.#capacityFreed();
  }

  /** Moment: the machine's session ended. */
  machineFailed(machine: MachineIndex): void {
    const { machines, cohorts, simulation } = this.#world;
    this.account(machine);
    machines.isUp[machine] = 0;
    this.#eachPresentIdentity(machine, (node) => this.#setOnline(node, false));
    const number = machines.outageNumber[machine]!;
    machines.outageNumber[machine] = number + 1;
    const outage = cohorts[machines.cohort[machine]!]!.outages.outageSeconds(machines.ordinal[machine]!, number);
    if (outage < Number.POSITIVE_INFINITY) {
      simulation.schedule(simulation.now + outage, EventKind.machineRepaired, machine, 0);
    }
    this.#execution.machineFailed(machine);
  }

  /** Accounts the machine's time and its identities' check-ins since the last account. */
  account(machine: MachineIndex): void {
    const { machines, rules, simulation } = this.#world;
    const since = machines.accountedUntil[machine]!;
    const now = simulation.now;
    machines.accountedUntil[machine] = now;
    if (machines.identities[machine] === 0 || now === since) return;
    const isUp = machines.isUp[machine] === 1;
    machines.usedSeconds[machine]! += now - since;
    if (isUp) machines.upSeconds[machine]! += now - since;
    const every = rules.checkInSeconds;
    if (every === Number.POSITIVE_INFINITY) return;
    const due = Math.floor(now / every) - Math.floor(since / every);
    if (due === 0 || (!isUp && machines.announcesOutages[machine] === 1)) return;
    const column = isUp ? this.checkInsMade : this.checkInsMissed;
    this.#eachPresentIdentity(machine, (node) => {
      column[node]! += due;
    });
  }

  scoreChanged(node: NodeIndex, score: number): void {
    this.#world.nodes.score[node] = score;
    this.#publication.scoreChanged(node);
  }

  /** Slashes a share of the node's remaining stake. */
  slash(node: NodeIndex, fraction: number, cause: EvidenceKind): void {
    const { nodes, ledger, ownership, operators, rules, simulation, journal } = this.#world;
    const amount = ledger.slash(node, fraction, rules.slashDestination, null);
    if (amount === 0) return;
    operators.lock(ownership.operator[node]!, -amount, simulation.now);
    journal.stakeSlashed(node, cause, amount, nodes.score[node]!);
    if (nodes.stake[node]! < rules.minimumStake) this.refreshActivity(node);
    else this.#world.roles.assignment.nodeChanged(node);
  }

  /** Bars the node for whole epochs from the next boundary on; until then it is barred, too. */
  jail(node: NodeIndex, epochs: number): void {
    const { nodes, rules, simulation } = this.#world;
    const boundary = (Math.floor(simulation.now / rules.epochSeconds) + 1) * rules.epochSeconds;
    nodes.jailedUntil[node] = Math.max(nodes.jailedUntil[node]!, boundary + epochs * rules.epochSeconds);
    this.refreshActivity(node);
  }

  eject(node: NodeIndex): void {
    if (this.#world.nodes.state[node] !== NodeState.present) return;
    this.#depart(node, NodeState.ejected);
    this.#execution.nodeExpelled(node);
  }

  /** Moment: the node leaves of its own accord; what it works on it may finish. */
  nodeLeft(node: NodeIndex): boolean {
    if (this.#world.nodes.state[node] !== NodeState.present) return false;
    this.#depart(node, NodeState.left);
    return true;
  }

  #depart(node: NodeIndex, state: NodeState): void {
    const { nodes, machines, ownership, ledger, roles, simulation, presentNodes } = this.#world;
    const machine = ownership.machine[node]!;
    this.account(machine);
    machines.identities[machine]!--;
    nodes.state[node] = state;
    presentNodes.remove(node);
    this.#setOnline(node, false);
    if (nodes.stake[node]! === 0) return;
    ledger.startUnbonding(node, nodes.stake[node]!);
    const until = simulation.now + roles.rewards.unbondingSeconds;
    simulation.schedule(until, EventKind.stakeUnbonded, node, 0);
  }

  /** Moment: unbonded, what was not slashed meanwhile returns to the operator. */
  stakeUnbonded(node: NodeIndex): void {
    const { ledger, ownership, operators, simulation } = this.#world;
    const operator = ownership.operator[node]!;
    operators.lock(operator, -ledger.unbonding[node]!, simulation.now);
    ledger.finishUnbonding(operator, node);
  }

  /** Keeps a payment back for so many whole epochs from the next boundary. */
  hold(node: NodeIndex, amount: number, epochs: number): void {
    while (this.#heldByEpoch.length < epochs) this.#heldByEpoch.push(new Float64Array(this.#world.nodes.capacity));
    this.#heldByEpoch[epochs - 1]![node]! += amount;
  }

  /** Pays out what was held until this epoch's end. */
  releaseHeld(): void {
    const due = this.#heldByEpoch.shift();
    if (due === undefined) return;
    const { ledger, ownership } = this.#world;
    for (let node = 0; node < due.length; node++) {
      if (due[node]! > 0) ledger.release(ownership.operator[node]!, due[node]!);
    }
  }

  /** Settles anew whether the node can be assigned anything at all, and tells the policy. */
  refreshActivity(node: NodeIndex): void {
    const { nodes, rules, roles, simulation } = this.#world;
    const isActive =
      nodes.state[node] === NodeState.present &&
      nodes.isOnline[node] === 1 &&
      nodes.jailedUntil[node]! <= simulation.now &&
      nodes.stake[node]! >= rules.minimumStake;
    nodes.isActive[node] = isActive ? 1 : 0;
    roles.assignment.nodeChanged(node);
  }

  #setOnline(node: NodeIndex, isOnline: boolean): void {
    const { nodes, onlineNodes } = this.#world;
    nodes.isOnline[node] = isOnline ? 1 : 0;
    if (isOnline) onlineNodes.add(node);
    else onlineNodes.remove(node);
    this.refreshActivity(node);
  }

  #eachPresentIdentity(machine: MachineIndex, visit: (node: NodeIndex) => void): void {
    const { machines, ownership, nodes } = this.#world;
    for (let node = machines.firstIdentity[machine]!; node !== NONE; node = ownership.nextIdentity[node]!) {
      if (nodes.state[node] === NodeState.present) visit(node);
    }
  }
}
