import { isWorking } from '../columns/machines.js';
import { type AttemptIndex, type MachineIndex, NONE } from '../columns/nodes.js';
import { EventKind } from '../events.js';
import type { Availability } from '../nodes/availability.js';
import { WorkState } from '../truth/secrets.js';
import type { World } from '../world/world.js';

export type Slots = ReturnType<typeof createSlots>;

/**
 * The slots of machines and the line before them: attempts are served first come, first served, and the time that they
 * keep a slot busy is accounted.
 */
export function createSlots(world: World, { accountBusy }: Availability) {
  const { attempts, machines, secrets, simulation } = world;

  /** Starts the attempt at once if a slot is free and nobody waits for it; else it waits. */
  function take(attempt: AttemptIndex, machine: MachineIndex): void {
    if (machines.busy[machine]! < machines.slots[machine]! && machines.firstQueued[machine] === NONE) {
      start(attempt, machine);
    } else {
      enqueue(attempt, machine);
    }
  }

  /** Takes the attempt out, wherever it is: waiting, running, or paused. */
  function release(attempt: AttemptIndex): void {
    const state = secrets.state(attempt);
    if (state === WorkState.queued) {
      dequeue(attempt, secrets.machine(attempt));
    } else if (state === WorkState.running || state === WorkState.paused) {
      stop(attempt, workedSeconds(attempt));
    }
    secrets.setState(attempt, WorkState.gone);
  }

  /** The machine went down, and holds what it works on. */
  function pauseRunning(machine: MachineIndex): void {
    for (let attempt = machines.firstRunning[machine]!; attempt !== NONE; attempt = secrets.next(attempt)) {
      secrets.setState(attempt, WorkState.paused);
      secrets.setFinishAt(attempt, secrets.finishAt(attempt) - simulation.now);
    }
  }

  /** The machine came back: paused attempts go on, queued ones get their slots. */
  function resume(machine: MachineIndex): void {
    for (let attempt = machines.firstRunning[machine]!; attempt !== NONE; attempt = secrets.next(attempt)) {
      if (secrets.state(attempt) !== WorkState.paused) continue;
      secrets.setState(attempt, WorkState.running);
      secrets.setFinishAt(attempt, secrets.finishAt(attempt) + simulation.now);
      scheduleFinish(attempt);
    }
    startNext(machine);
  }

  /** Credits what runs on the machine at the end of the run with the time that it has taken so far. */
  function creditRunning(machine: MachineIndex): void {
    for (let attempt = machines.firstRunning[machine]!; attempt !== NONE; attempt = secrets.next(attempt)) {
      machines.busySeconds[machine]! += workedSeconds(attempt);
    }
  }

  /** Time that a running or paused attempt has been worked on so far [s]. */
  function workedSeconds(attempt: AttemptIndex): number {
    const isPaused = secrets.state(attempt) === WorkState.paused;
    const left = isPaused ? secrets.finishAt(attempt) : secrets.finishAt(attempt) - simulation.now;
    return secrets.serviceSeconds(attempt) - left;
  }

  function start(attempt: AttemptIndex, machine: MachineIndex): void {
    accountBusy(machine);
    machines.busy[machine]!++;
    secrets.link(NONE, attempt);
    secrets.link(attempt, machines.firstRunning[machine]!);
    machines.firstRunning[machine] = attempt;
    secrets.setState(attempt, WorkState.running);
    secrets.setFinishAt(attempt, simulation.now + secrets.serviceSeconds(attempt));
    scheduleFinish(attempt);
  }

  function scheduleFinish(attempt: AttemptIndex): void {
    simulation.schedule(secrets.finishAt(attempt), EventKind.attemptFinished, attempt, attempts.generation[attempt]!);
  }

  /** Frees the slot, accounts the time it was busy, and starts the next in line. */
  function stop(attempt: AttemptIndex, workedSeconds: number): void {
    const machine = secrets.machine(attempt);
    accountBusy(machine);
    machines.busy[machine]!--;
    machines.busySeconds[machine]! += workedSeconds;
    const next = secrets.next(attempt);
    const previous = secrets.previous(attempt);
    if (previous === NONE) machines.firstRunning[machine] = next;
    secrets.link(previous, next);
    if (machines.firstQueued[machine] !== NONE) startNext(machine);
  }

  function startNext(machine: MachineIndex): void {
    if (!isWorking(machines, machine)) return;
    while (machines.firstQueued[machine] !== NONE && machines.busy[machine]! < machines.slots[machine]!) {
      const attempt = machines.firstQueued[machine]!;
      dequeue(attempt, machine);
      start(attempt, machine);
    }
  }

  function enqueue(attempt: AttemptIndex, machine: MachineIndex): void {
    const last = machines.lastQueued[machine]!;
    secrets.link(last, attempt);
    secrets.link(attempt, NONE);
    if (last === NONE) machines.firstQueued[machine] = attempt;
    machines.lastQueued[machine] = attempt;
    secrets.setState(attempt, WorkState.queued);
  }

  function dequeue(attempt: AttemptIndex, machine: MachineIndex): void {
    const next = secrets.next(attempt);
    const previous = secrets.previous(attempt);
    if (previous === NONE) machines.firstQueued[machine] = next;
    if (next === NONE) machines.lastQueued[machine] = previous;
    secrets.link(previous, next);
  }

  return { take, stop, release, pauseRunning, resume, creditRunning };
}
