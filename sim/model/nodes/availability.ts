import { isInService } from '../columns/machines.js';
import type { MachineIndex } from '../columns/nodes.js';
import { handleStep } from '../columns/rows/side-by-side.js';
import type { World } from '../world/world.js';
import { eachPresentIdentity } from './identities.js';

export type Availability = ReturnType<typeof createAvailability>;

/** Accounts machines' time in the network, and the check-ins of their identities, interval by interval. */
export function createAvailability(world: World) {
  const { machines, nodes, rules, simulation } = world;
  /** Since the last epoch, by node. */
  const checkInsMade = new Uint32Array(nodes.capacity);
  const checkInsMissed = new Uint32Array(nodes.capacity);

  /** Accounts the time since the last account; called before the machine, or who is on it, changes. */
  function account(machine: MachineIndex): void {
    const since = machines.accountedUntil[machine]!;
    const now = simulation.now;
    machines.accountedUntil[machine] = now;
    accountBusy(machine);
    if (machines.identities[machine] === 0 || now === since) return;
    const isUp = machines.isUp[machine] === 1;
    machines.usedSeconds[machine]! += now - since;
    if (isUp) machines.upSeconds[machine]! += now - since;
    const every = rules.now.checkInSeconds;
    if (every === Number.POSITIVE_INFINITY) return;
    const due = Math.floor(now / every) - Math.floor(since / every);
    if (due === 0 || (!isUp && machines.announcedReasons[machine]! > 0)) return;
    const column = isUp ? checkInsMade : checkInsMissed;
    eachPresentIdentity(world, machine, (node) => {
      column[node]! += due;
    });
  }

  /** Accounts slot time that is worked while the machine is in service; called before its busy slots change, too. */
  function accountBusy(machine: MachineIndex): void {
    const since = machines.busyUpUntil[machine]!;
    machines.busyUpUntil[machine] = simulation.now;
    if (!isInService(machines, machine)) return;
    machines.busyUpSeconds[machine]! += machines.busy[machine]! * (simulation.now - since);
  }

  /** Accounts every machine up to now. */
  function accountAll(): void {
    for (let machine = 0; machine < machines.end; machine += handleStep) account(machine);
  }

  return { account, accountAll, accountBusy, checkInsMade, checkInsMissed };
}
