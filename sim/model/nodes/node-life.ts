import { type MachineIndex, type NodeIndex, NodeState } from '../columns/nodes.js';
import { epochsEndedBy } from '../columns/rules.js';
import { EventKind } from '../events.js';
import type { Execution } from '../jobs/execution.js';
import type { Slots } from '../jobs/slots.js';
import type { Matching } from '../matching/matching.js';
import type { Serving } from '../matching/serving.js';
import type { Solvency } from '../matching/solvency.js';
import { stressesOf } from '../outside/cohort-processes.js';
import type { World } from '../world/world.js';
import type { Activity } from './activity.js';
import type { Availability } from './availability.js';
import type { ClassScoring } from './class-scores.js';
import type { Collateral } from './collateral.js';
import type { Delegating } from './delegating.js';
import { createPlaces } from './economy/places.js';
import type { Tokens } from './economy/resource-tokens.js';
import { eachPresentIdentity } from './identities.js';
import type { Publication } from './publication.js';

export type NodeLife = ReturnType<typeof createNodeLife>;

/** The parts of lives that a node's life acts on. */
interface Parts {
  readonly activity: Activity;
  readonly availability: Availability;
  readonly classScoring: ClassScoring;
  readonly collateral: Collateral;
  readonly delegating: Delegating;
  readonly execution: Execution;
  readonly matching: Matching;
  readonly publication: Publication;
  readonly resourceTokens: Tokens;
  readonly serving: Serving;
  readonly slots: Slots;
  readonly solvency: Solvency;
}

/** The life of a node and its machine: joined, failed, repaired, jailed, ejected, left, pushed out. */
export function createNodeLife(world: World, parts: Parts) {
  const { cohorts, ledger, machines, nodes, operators, ownership, presentNodes } = world;
  const { roles, rules, simulation } = world;
  const { classScoring, collateral, delegating, execution, publication, resourceTokens, slots, solvency } = parts;
  const { refreshActivity, setOnline } = parts.activity;
  const { account } = parts.availability;
  const { access, accessChanged, nodeChanged, prospects } = parts.matching;
  const { serve } = parts.serving;
  const places = createPlaces(world, (node) => void depart(node, NodeState.pushedOut));

  /** Moment: node joined or re-entered; returns if it is in: without fee and stake, or a place, it stays out. */
  function nodeJoined(node: NodeIndex): boolean {
    const operator = ownership.operator[node]!;
    const stake = ownership.stake[node]!;
    const costs = stake + rules.now.identityFee;
    if (ledger.balance[operator]! < costs || !places.make(operator, costs)) {
      prospects.nodeNeverComes(node);
      return false;
    }
    ledger.payTreasury(operator, rules.now.identityFee);
    operators.identityFees[operator]! += rules.now.identityFee;
    ledger.lockStake(operator, node, stake);
    delegating.nodeEntered(node);
    operators.lock(operator, stake, simulation.now);
    solvency.balanceChanged(operator);
    const machine = ownership.machine[node]!;
    account(machine);
    machines.identities[machine]!++;
    nodes.state[node] = NodeState.present;
    nodes.joinedAt[node] = simulation.now;
    presentNodes.add(node);
    for (const role of Object.values(roles)) role.nodeJoined?.(node);
    nodes.score[node] = roles.reputation.prior(node);
    classScoring.nodeJoined(node, nodes.score[node]!);
    if (nodes.importedScore.length > 0) importScore(node);
    resourceTokens.nodeEntered(node);
    nodes.bid[node] = cohorts[ownership.cohort[node]!]!.strategy.bid?.(node) ?? 1;
    access.askModel(node);
    publication.publishNow(node);
    setOnline(node, machines.isUp[machine] === 1);
    if (machines.hasEntered[machine] === 0) machineEntered(machine);
    const leavesAt = ownership.leavesAt[node]!;
    if (leavesAt < Number.POSITIVE_INFINITY) simulation.schedule(leavesAt, EventKind.nodeLeft, node, 0);
    serve();
    return true;
  }

  /** What counts of the score that the node brings raises its prior, in every class; a lower one nobody would show. */
  function importScore(node: NodeIndex): void {
    const counted = rules.now.importedFraction * nodes.importedScore[node]!;
    const more = Math.min(roles.reputation.highest(), counted) - nodes.score[node]!;
    if (more <= 0) return;
    nodes.score[node] = roles.reputation.scoreMoved(node, more);
    classScoring.imported(node, more);
  }

  /** Its first identity joined: its own sessions and maintenance begin. */
  function machineEntered(machine: MachineIndex): void {
    machines.hasEntered[machine] = 1;
    const { stresses } = cohorts[machines.cohort[machine]!]!;
    for (const one of stressesOf(stresses)) one.machineEntered?.(machine, machines.ordinal[machine]!, simulation);
    machineRepaired(machine);
  }

  /** Moment: a session of the machine began. */
  function machineRepaired(machine: MachineIndex): void {
    const { outages, announcesOutages } = cohorts[machines.cohort[machine]!]!;
    const session = outages.sessionSeconds(machines.ordinal[machine]!, machines.outageNumber[machine]!);
    if (session < Number.POSITIVE_INFINITY) {
      simulation.schedule(simulation.now + session, EventKind.machineFailed, machine, 0);
    }
    removeDownReason(machine, announcesOutages);
  }

  /** Moment: the machine's session ended. */
  function machineFailed(machine: MachineIndex): void {
    const number = machines.outageNumber[machine]!;
    machines.outageNumber[machine] = number + 1;
    const { outages, announcesOutages } = cohorts[machines.cohort[machine]!]!;
    const outage = outages.outageSeconds(machines.ordinal[machine]!, number);
    if (outage < Number.POSITIVE_INFINITY) {
      simulation.schedule(simulation.now + outage, EventKind.machineRepaired, machine, 0);
    }
    addDownReason(machine, announcesOutages);
  }

  /** Moment: somebody took the machine down; it was no fault of its own, and nobody was told beforehand. */
  function machineStruck(machine: MachineIndex, seconds: number): void {
    if (!(seconds > 0 && seconds < Number.POSITIVE_INFINITY)) {
      throw new Error(`forced outage: expected a finite time above 0 s, found ${seconds}`);
    }
    simulation.schedule(simulation.now + seconds, EventKind.strikeEnded, machine, 0);
    addDownReason(machine, false);
  }

  /** Moment: a strike is over. */
  function strikeEnded(machine: MachineIndex): void {
    removeDownReason(machine, false);
  }

  /** One more reason for the machine to be down; the first one takes it down. */
  function addDownReason(machine: MachineIndex, isAnnounced: boolean): void {
    account(machine);
    if (isAnnounced) machines.announcedReasons[machine]!++;
    if (machines.downReasons[machine]!++ > 0) return;
    machines.isUp[machine] = 0;
    eachPresentIdentity(world, machine, (node) => setOnline(node, false));
    execution.machineWentDown(machine);
  }

  /** One reason less, announced as when it was added; the machine is up again when none is left. */
  function removeDownReason(machine: MachineIndex, isAnnounced: boolean): void {
    account(machine);
    if (isAnnounced) machines.announcedReasons[machine]!--;
    if (--machines.downReasons[machine]! > 0) return;
    machines.isUp[machine] = 1;
    eachPresentIdentity(world, machine, (node) => setOnline(node, true));
    slots.resume(machine);
    serve();
  }

  function scoreChanged(node: NodeIndex, score: number): void {
    nodes.score[node] = score;
    if (access.askModel(node)) accessChanged(node);
    publication.scoreChanged(node);
  }

  function bidChanged(node: NodeIndex, price: number): void {
    if (nodes.bid[node] === price) return;
    nodes.bid[node] = price;
    nodeChanged(node);
  }

  /** Bars the node for whole epochs, or without end, from the next boundary on; until then it is barred, too. */
  function jail(node: NodeIndex, epochs: number): void {
    const { epochSeconds } = rules.now;
    bar(node, (epochsEndedBy(rules.now, simulation.now) + 1 + epochs) * epochSeconds);
  }

  /** Bars the node until a time [s], or longer if it is barred for longer already. */
  function bar(node: NodeIndex, until: number): void {
    ownership.wasPunished[node] = 1;
    nodes.jailedUntil[node] = Math.max(nodes.jailedUntil[node]!, until);
    refreshActivity(node);
  }

  function eject(node: NodeIndex): void {
    if (nodes.state[node] !== NodeState.present) return;
    ownership.wasPunished[node] = 1;
    depart(node, NodeState.ejected);
    execution.nodeExpelled(node);
  }

  /** Moment: the node leaves of its own accord; what it works on it may finish. */
  function nodeLeft(node: NodeIndex): boolean {
    if (nodes.state[node] !== NodeState.present) return false;
    if (depart(node, NodeState.left)) serve();
    return true;
  }

  /** Takes the node out; returns if another took up its resource token, which may be served. */
  function depart(node: NodeIndex, state: NodeState): boolean {
    const machine = ownership.machine[node]!;
    account(machine);
    machines.identities[machine]!--;
    nodes.state[node] = state;
    nodes.leftAt[node] = simulation.now;
    presentNodes.remove(node);
    setOnline(node, false);
    const isTakenUp = resourceTokens.nodeDeparted(node);
    if (nodes.stake[node]! > 0) collateral.unstake(node, nodes.stake[node]!);
    return isTakenUp;
  }

  return {
    nodeJoined,
    machineRepaired,
    machineFailed,
    machineStruck,
    strikeEnded,
    addDownReason,
    removeDownReason,
    scoreChanged,
    bar,
    bidChanged,
    jail,
    eject,
    nodeLeft,
    places,
  };
}
