import { handleStep } from '../../../model/columns/rows/side-by-side.js';
import { secondsPerHour } from '../../../model/contract/units.js';
import type { World } from '../../../model/world/world.js';
import { type ColumnOf, cellOf, type Table, tableOf } from '../table.js';

/** What the machines of a hardware class had to do. */
export interface HardwareUse {
  readonly name: string;
  /** Of which an identity ever joined. */
  machines: number;
  /** Slot time up, and of it slot time worked, while an identity was in the network [s]. */
  up: number;
  worked: number;
}

const columns: readonly ColumnOf<HardwareUse>[] = [
  { name: 'hardware', unit: '', window: 'fixed', meaning: 'True hardware class', value: ({ name }) => name },
  {
    name: 'machines',
    unit: 'machines',
    window: 'whole run',
    meaning: 'Machines of which an identity ever joined',
    value: ({ machines }) => machines,
  },
  {
    name: 'slotHoursUp',
    unit: 'h',
    window: 'whole run',
    meaning: 'Slot time of these machines while they were up with an identity in the network',
    value: ({ up }) => up / secondsPerHour,
  },
  {
    name: 'slotHoursWorked',
    unit: 'h',
    window: 'whole run',
    meaning: 'Of slotHoursUp, spent working on attempts',
    value: ({ worked }) => worked / secondsPerHour,
  },
  {
    name: 'utilisationFraction',
    unit: 'fraction',
    window: 'whole run',
    meaning: 'slotHoursWorked over slotHoursUp; empty where no machine was up',
    value: ({ up, worked }) => cellOf(worked / up),
  },
];

/** A row for each hardware class of which a machine was in the network, in the order of the scenario. */
export function hardwareTable(world: World): Table {
  return tableOf('hardware', 'How much of their time machines worked, by true class', columns, hardwareUses(world));
}

/** By hardware class of which a machine was in the network, the whole run; to be asked when it has ended. */
export function hardwareUses({ hardware, machines }: World): readonly HardwareUse[] {
  const uses = hardware.map(({ name }): HardwareUse => ({ name, machines: 0, up: 0, worked: 0 }));
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    if (machines.hasEntered[machine] !== 1) continue;
    const use = uses[machines.hardware[machine]!]!;
    use.machines++;
    use.up += machines.upSeconds[machine]! * machines.slots[machine]!;
    use.worked += machines.busyUpSeconds[machine]!;
  }
  // the two are summed in different orders, and can differ in their last digits
  for (const use of uses) use.worked = Math.max(0, Math.min(use.worked, use.up));
  return uses.filter(({ machines: some }) => some > 0);
}
