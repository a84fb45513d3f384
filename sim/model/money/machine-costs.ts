import type { HardwareClass } from '../columns/hardware.js';
import type { Machines } from '../columns/machines.js';
import type { MachineIndex } from '../columns/nodes.js';
import { secondsPerHour } from '../contract/units.js';

/** What owning or renting the machine has cost so far, while any of its identities was in the network [USD]. */
export function hardwareUsd(machines: Machines, { fixedUsdPerHour }: HardwareClass, machine: MachineIndex): number {
  return (machines.usedSeconds[machine]! / secondsPerHour) * fixedUsdPerHour;
}

/**
 * What the machine's energy has cost so far [USD]; an attempt that runs counts once it ends.
 * @param electricity USD a kilowatt-hour
 */
export function energyUsd(
  machines: Machines,
  { busyWatts, idleWatts }: HardwareClass,
  machine: MachineIndex,
  electricity: number,
): number {
  const busySeconds = machines.busySeconds[machine]! / machines.slots[machine]!;
  const idleSeconds = Math.max(0, machines.upSeconds[machine]! - busySeconds);
  const kilowattHours = (busySeconds * busyWatts + idleSeconds * idleWatts) / (1_000 * secondsPerHour);
  return kilowattHours * electricity;
}
