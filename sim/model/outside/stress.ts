import { type MachineIndex, NONE } from '../columns/nodes.js';
import { handleStep } from '../columns/side-by-side.js';
import { EventKind } from '../events.js';
import type { NodeLifecycle } from '../nodes/node-life.js';
import type { World } from '../world/world.js';
import type { CommonCause } from './common-cause.js';

/** A common cause, and what it does to each machine that it strikes. */
interface Effect {
  readonly cause: CommonCause;
  begin(machine: MachineIndex): void;
  end(machine: MachineIndex): void;
}

/** An outage takes its machines down; when announced, nobody is blamed. */
function outageEffect(cause: CommonCause, nodeLifecycle: NodeLifecycle): Effect {
  return {
    cause,
    begin: (machine) => nodeLifecycle.addDownReason(machine, cause.isAnnounced),
    end: (machine) => nodeLifecycle.removeDownReason(machine, cause.isAnnounced),
  };
}

/** A bug of the client makes honest computations on its machines come out wrong, and all wrong in the same way. */
function bugEffect(cause: CommonCause, bug: number, { machines, ownership, truth }: World): Effect {
  const toggle = (machine: MachineIndex) => {
    // identities that haven't joined yet will run the same client
    for (let node = machines.firstIdentity[machine]!; node !== NONE; node = ownership.nextIdentity[node]!) {
      truth.bugs[node]! ^= 1 << bug;
    }
  };
  return { cause, begin: toggle, end: toggle };
}

export type Stress = ReturnType<typeof createStress>;

/** What happens to the network from outside, and nobody is asked: common causes, maintenance, newcomers, wear. */
export function createStress(world: World, nodeLifecycle: NodeLifecycle) {
  const { cohorts, machines, operators, simulation } = world;
  const effects: readonly Effect[] = [
    ...world.outages.map((cause) => outageEffect(cause, nodeLifecycle)),
    ...world.bugs.map((cause, bug) => bugEffect(cause, bug, world)),
  ];

  function start(): void {
    for (let cause = 0; cause < effects.length; cause++) scheduleCause(cause, 0);
    for (const cohort of cohorts) {
      scheduleNewcomer(cohort.index, 0);
      if (cohort.wear !== null) scheduleWear(cohort.index, 1);
    }
  }

  function scheduleCause(cause: number, number: number): void {
    const at = effects[cause]!.cause.spans.start(number);
    if (at < Number.POSITIVE_INFINITY) simulation.schedule(at, EventKind.commonCauseBegan, cause, number);
  }

  /** Moment: a common cause struck. */
  function commonCauseBegan(subject: number, number: number): boolean {
    const { cause, begin } = effects[subject]!;
    simulation.schedule(cause.spans.end(number), EventKind.commonCauseEnded, subject, number);
    scheduleCause(subject, number + 1);
    for (const machine of cause.machines) if (cause.strikes(machine, number)) begin(machine);
    return true;
  }

  /** Moment: it is over. */
  function commonCauseEnded(subject: number, number: number): boolean {
    const { cause, end } = effects[subject]!;
    for (const machine of cause.machines) if (cause.strikes(machine, number)) end(machine);
    return true;
  }

  /** Moment: a machine's announced maintenance began. */
  function maintenanceBegan(machine: MachineIndex, number: number): boolean {
    const maintenance = cohorts[machines.cohort[machine]!]!.maintenance!;
    const ordinal = machines.ordinal[machine]!;
    simulation.schedule(maintenance.end(ordinal, number), EventKind.maintenanceEnded, machine, number);
    nodeLifecycle.addDownReason(machine, true);
    return true;
  }

  /** Moment: it is over. */
  function maintenanceEnded(machine: MachineIndex, number: number): boolean {
    const maintenance = cohorts[machines.cohort[machine]!]!.maintenance!;
    const next = maintenance.start(machines.ordinal[machine]!, number + 1);
    simulation.schedule(next, EventKind.maintenanceBegan, machine, number + 1);
    nodeLifecycle.removeDownReason(machine, true);
    return true;
  }

  function scheduleNewcomer(cohort: number, number: number): void {
    const at = cohorts[cohort]!.newcomers?.arrivesAt(number) ?? Number.POSITIVE_INFINITY;
    if (at < Number.POSITIVE_INFINITY) simulation.schedule(at, EventKind.newcomerArrived, cohort, number);
  }

  /** Moment: a newcomer came; it enters if there is room. */
  function newcomerArrived(cohort: number, number: number): boolean {
    scheduleNewcomer(cohort, number + 1);
    const { newcomers, firstNewcomer } = cohorts[cohort]!;
    if (number < newcomers!.most) return nodeLifecycle.nodeJoined(firstNewcomer + number);
    operators.newcomersRefused++;
    return true;
  }

  function scheduleWear(cohort: number, number: number): void {
    simulation.schedule(number * cohorts[cohort]!.wear!.everySeconds, EventKind.machinesWore, cohort, number);
  }

  /** Moment: an interval of wear ended; machines that haven't entered yet are new. */
  function machinesWore(subject: number, number: number): boolean {
    scheduleWear(subject, number + 1);
    const wear = cohorts[subject]!.wear!;
    for (let machine = 0; machine < machines.end; machine += handleStep) {
      if (machines.cohort[machine] !== subject || machines.hasEntered[machine] === 0) continue;
      if (wear.wears(machines.ordinal[machine]!)) machines.throughput[machine]! *= 1 - wear.loss;
    }
    return true;
  }
  return {
    start,
    commonCauseBegan,
    commonCauseEnded,
    maintenanceBegan,
    maintenanceEnded,
    newcomerArrived,
    machinesWore,
  };
}
