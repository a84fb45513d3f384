import { AttemptState } from '../columns/attempts.js';
import { isWorking, RunningAtOutage } from '../columns/machines.js';
import { type AttemptIndex, type MachineIndex, NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import { EvidenceKind } from '../contract/evidence.js';
import type { Strategy } from '../contract/roles.js';
import { EventKind } from '../events.js';
import { withheldAnswer } from '../truth/answers.js';
import { WorkState } from '../truth/secrets.js';
import type { World } from '../world/world.js';
import type { AttemptEnds } from './attempt-ends.js';
import type { Charges } from './charges.js';
import type { Slots } from './slots.js';

export type Execution = ReturnType<typeof createExecution>;

/** The node's side of an attempt: request, acknowledgement, work, answer; outages lose, pause, or leave it. */
export function createExecution(world: World, slots: Slots, charges: Charges, ends: AttemptEnds) {
  const { attempts, classes, cohorts, jobKeys, jobs, machines, network, nodes, ownership } = world;
  const { roles, rules, secrets, simulation, truth } = world;

  /** Moment: the request reached the node. */
  function requestArrived(attempt: AttemptIndex): void {
    const node = attempts.node[attempt]!;
    if (!canAcknowledge(attempt, 0)) {
      awaitNoAcknowledgement(attempt, node, secrets.machine(attempt));
      return;
    }
    const strategy = cohorts[secrets.cohort(attempt)]!.strategy;
    if (!strategy.accepts(node, attempt)) {
      secrets.setFinding(attempt, EvidenceKind.withdrawn);
      sendBack(attempt, wayBackSeconds(attempt));
      return;
    }
    const delay = strategy.delaySeconds?.(node, attempt) ?? 0;
    if (delay === 0) begin(attempt, strategy);
    else letWait(attempt, delay);
  }

  /** The node takes the request up later [s], if the network still waits then. */
  function letWait(attempt: AttemptIndex, delay: number): void {
    if (!(delay > 0)) throw new Error(`strategy: expected a delay of 0 s or more, found ${delay}`);
    const node = attempts.node[attempt]!;
    if (delay === Number.POSITIVE_INFINITY || !canAcknowledge(attempt, delay)) {
      awaitNoAcknowledgement(attempt, node, secrets.machine(attempt));
      return;
    }
    const generation = attempts.generation[attempt]!;
    simulation.schedule(simulation.now + delay, EventKind.requestTakenUp, attempt, generation);
  }

  /** Moment: the node takes up a request that it had let wait. */
  function requestTakenUp(attempt: AttemptIndex): void {
    const node = attempts.node[attempt]!;
    if (canAcknowledge(attempt, 0)) begin(attempt, cohorts[secrets.cohort(attempt)]!.strategy);
    else awaitNoAcknowledgement(attempt, node, secrets.machine(attempt));
  }

  /** Whether the node is there, and its acknowledgement comes in time if it is sent so much later [s]. */
  function canAcknowledge(attempt: AttemptIndex, delay: number): boolean {
    const node = attempts.node[attempt]!;
    const { acknowledgeWithinSeconds } = rules.of(attempts.job[attempt]!);
    const acknowledgedAt = simulation.now + wayBackSeconds(attempt) + delay;
    if (acknowledgedAt - attempts.assignedAt[attempt]! > acknowledgeWithinSeconds) return false;
    return nodes.state[node] === NodeState.present && isWorking(machines, secrets.machine(attempt));
  }

  /** The node acknowledges, and its machine gets to work, or the attempt stands in its line. */
  function begin(attempt: AttemptIndex, strategy: Strategy): void {
    const node = attempts.node[attempt]!;
    const machine = secrets.machine(attempt);
    roles.reputation.acknowledged?.(attempt, simulation.now + wayBackSeconds(attempt));
    const honest = honestSeconds(attempt, machine);
    const startUp = startUpSeconds(attempt);
    const workFraction = strategy.workFraction(node, attempt);
    const droppedAfter = strategy.abortsAfter?.(node, attempt) ?? 1;
    const idle = strategy.idlesSeconds === undefined ? 0 : strategy.idlesSeconds(node, attempt);
    if (!(idle >= 0 && idle < Number.POSITIVE_INFINITY)) {
      throw new Error(`strategy: expected to idle for a finite time of 0 s or more, found ${idle}`);
    }
    if (droppedAfter < 1) {
      secrets.drop(attempt);
      secrets.setServiceSeconds(attempt, startUp + (honest - startUp) * workFraction * Math.max(0, droppedAfter));
    } else {
      secrets.setServiceSeconds(attempt, startUp + (honest - startUp) * workFraction + idle);
      if (workFraction < 1) machines.savedSeconds[machine]! += (honest - startUp) * (1 - workFraction);
    }
    slots.take(attempt, machine);
  }

  /** Moment: the machine finished the work. */
  function attemptFinished(attempt: AttemptIndex): void {
    const node = attempts.node[attempt]!;
    slots.stop(attempt, secrets.serviceSeconds(attempt));
    if (secrets.isDropped(attempt)) {
      secrets.setFinding(attempt, EvidenceKind.absence);
      sendBack(attempt, wayBackSeconds(attempt));
      return;
    }
    const { strategy } = cohorts[secrets.cohort(attempt)]!;
    let answer = strategy.answer(node, attempt);
    const isComplete = truth.completes(attempt);
    if (isComplete && answer !== withheldAnswer && !charges.answerPaid(attempt)) answer = withheldAnswer;
    truth.answerSent(attempt, answer);
    if (strategy.admitsFault?.(node, attempt)) secrets.admitFault(attempt);
    if (strategy.confidence !== undefined) stateConfidence(attempt, strategy.confidence(node, attempt));
    if (answer === withheldAnswer) {
      // the deadline will tell; until then the network knows nothing
      secrets.setState(attempt, WorkState.gone);
      secrets.setFinishAt(attempt, Number.POSITIVE_INFINITY);
      if (attempts.deadlineAt[attempt] === Number.POSITIVE_INFINITY) giveUpLater(attempt);
      return;
    }
    if (!isComplete) secrets.setFinding(attempt, EvidenceKind.timeout);
    sendBack(attempt, wayBackSeconds(attempt));
  }

  function stateConfidence(attempt: AttemptIndex, confidence: number): void {
    if (confidence < 0 || confidence > 1) {
      throw new Error(`strategy: expected a confidence from 0 to 1, or NaN for none, found ${confidence}`);
    }
    secrets.setConfidence(attempt, confidence);
  }

  /** How long word from the node takes to its client's orchestrator [s]. */
  function wayBackSeconds(attempt: AttemptIndex): number {
    if (network.isInstant) return 0;
    const [from, to] = [ownership.region[attempts.node[attempt]!]!, jobs.region[attempts.job[attempt]!]!];
    return network.travelSeconds(from, to, simulation.now);
  }

  /** No deadline will tell of the silence: the network's own patience does. */
  function giveUpLater(attempt: AttemptIndex): void {
    const { giveUpAfterSeconds } = rules.of(attempts.job[attempt]!);
    const at = Math.max(simulation.now, attempts.assignedAt[attempt]! + giveUpAfterSeconds);
    if (at === Number.POSITIVE_INFINITY) return;
    simulation.schedule(at, EventKind.attemptTimedOut, attempt, attempts.generation[attempt]!);
  }

  /** The network gave the attempt up: the machine drops it wherever it is. */
  function cancel(attempt: AttemptIndex): void {
    slots.release(attempt);
    attempts.state[attempt] = AttemptState.failed;
    attempts.outdate(attempt);
  }

  /** The machine went down: attempts on it are lost, handed back if it was announced, paused, or go on. */
  function machineWentDown(machine: MachineIndex): void {
    const mode = machines.runningAtOutage[machine];
    if (mode === RunningAtOutage.finish) return;
    if (mode === RunningAtOutage.pause) slots.pauseRunning(machine);
    else loseWhere(machine, NONE, findingWhenDown(machine));
  }

  /** The network expelled the node: what it was doing ends without a finding. */
  function nodeExpelled(node: NodeIndex): void {
    loseWhere(ownership.machine[node]!, node, EvidenceKind.withdrawn);
  }

  /** Ends the machine's queued and running attempts, of one node or (NONE) of all. */
  function loseWhere(machine: MachineIndex, node: NodeIndex, finding: EvidenceKind): void {
    const lost: AttemptIndex[] = [];
    for (const first of [machines.firstQueued[machine]!, machines.firstRunning[machine]!]) {
      for (let attempt = first; attempt !== NONE; attempt = secrets.next(attempt)) {
        if (node === NONE || attempts.node[attempt] === node) lost.push(attempt);
      }
    }
    // two passes: ending an attempt can start another one on this machine
    const generations = lost.map((attempt) => {
      cancel(attempt);
      return attempts.generation[attempt]!;
    });
    lost.forEach((attempt, place) => {
      // the end of one can decide a job that had another here
      if (attempts.generation[attempt] === generations[place]) ends.attemptLost(attempt, finding);
    });
  }

  function awaitNoAcknowledgement(attempt: AttemptIndex, node: NodeIndex, machine: MachineIndex): void {
    const { acknowledgeWithinSeconds } = rules.of(attempts.job[attempt]!);
    const at = Math.max(simulation.now, attempts.assignedAt[attempt]! + acknowledgeWithinSeconds);
    const isGone = nodes.state[node] !== NodeState.present;
    const finding = isGone ? EvidenceKind.withdrawn : findingWhenSilent(machine);
    // what the attempt's clock will find when it runs out: the request and an announcement can pass each other
    secrets.setFinding(attempt, finding);
    if (at < attempts.deadlineAt[attempt]!) {
      simulation.schedule(at, EventKind.attemptUnacknowledged, attempt, attempts.generation[attempt]!);
    } else if (attempts.deadlineAt[attempt] === Number.POSITIVE_INFINITY) {
      // no clock would ever end it: the broken connection does
      cancel(attempt);
      ends.attemptLost(attempt, finding);
    }
  }

  function findingWhenSilent(machine: MachineIndex): EvidenceKind {
    return isWorking(machines, machine) ? EvidenceKind.timeout : findingWhenDown(machine);
  }

  /** What being down is held against the machine's attempts as: nothing, if any reason was announced. */
  function findingWhenDown(machine: MachineIndex): EvidenceKind {
    return machines.announcedReasons[machine]! > 0 ? EvidenceKind.withdrawn : EvidenceKind.timeout;
  }

  function startUpSeconds(attempt: AttemptIndex): number {
    return classes[jobs.jobClass[attempts.job[attempt]!]!]!.startUpSeconds;
  }

  function honestSeconds(attempt: AttemptIndex, machine: MachineIndex): number {
    const job = attempts.job[attempt]!;
    return startUpSeconds(attempt) + (jobs.work[job]! * jobKeys.timesWork(job)) / machines.throughput[machine]!;
  }

  function sendBack(attempt: AttemptIndex, latency: number): void {
    const arrivesAt = simulation.now + latency;
    secrets.setState(attempt, WorkState.gone);
    secrets.setFinishAt(attempt, arrivesAt);
    if (latency === 0) ends.resultArrived(attempt);
    else simulation.schedule(arrivesAt, EventKind.resultArrived, attempt, attempts.generation[attempt]!);
  }

  return { requestArrived, requestTakenUp, attemptFinished, cancel, machineWentDown, nodeExpelled };
}
