import { isInService } from '../model/columns/machines.js';
import { handleStep } from '../model/columns/rows/side-by-side.js';
import type { World } from '../model/world/world.js';

/** Slot time of machines in an interval. */
export interface SlotTime {
  /** In service: up, with an identity in the network [s]. */
  readonly up: number;
  /** Of it, spent working on attempts, those under way included [s]; at most `up`. */
  readonly worked: number;
}

/** Slot time by cohort, from one look to the next; a look at the machines changes nothing. */
export class SlotTimes {
  #before: readonly SlotTime[] = [];

  /** By cohort: the time since the last look, or since the start. */
  look(world: World): readonly SlotTime[] {
    const now = timesSoFar(world);
    const interval = now.map(({ up: upNow, worked: workedNow }, cohort): SlotTime => {
      const before = this.#before[cohort];
      const up = Math.max(0, upNow - (before?.up ?? 0));
      // the two are summed in different orders, and can differ in their last digits
      const worked = Math.max(0, Math.min(up, workedNow - (before?.worked ?? 0)));
      return { up, worked };
    });
    this.#before = now;
    return interval;
  }
}

/** By cohort, from the start to now; what machines haven't accounted yet is added. */
function timesSoFar({ cohorts, machines, simulation: { now } }: World): readonly SlotTime[] {
  const up = new Float64Array(cohorts.length);
  const worked = new Float64Array(cohorts.length);
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    const cohort = machines.cohort[machine]!;
    let upSeconds = machines.upSeconds[machine]!;
    let busySeconds = machines.busyUpSeconds[machine]!;
    if (isInService(machines, machine)) {
      upSeconds += now - machines.accountedUntil[machine]!;
      busySeconds += machines.busy[machine]! * (now - machines.busyUpUntil[machine]!);
    }
    up[cohort]! += upSeconds * machines.slots[machine]!;
    worked[cohort]! += busySeconds;
  }
  return cohorts.map(({ index }) => ({ up: up[index]!, worked: worked[index]! }));
}
