import { bugEffect } from './bugs.js';
import { type Befalls, cohortProcesses } from './cohort-processes.js';
import { type CommonCause, createCausesStriking } from './common-cause.js';
import { createNewcomersArriving, type Joined } from './newcomers.js';
import type { OutsideWorld, Struck } from './outside-world.js';
import { sharedOutageEffect } from './shared-outages.js';

/** The network, with what befalls it. */
interface Befallen extends OutsideWorld {
  readonly outages: readonly CommonCause[];
  readonly bugs: readonly CommonCause[];
  readonly cohorts: readonly (Joined & { readonly befalls: Befalls })[];
}

/** What happens to the network from outside, and nobody is asked; surges act on the workloads' clocks themselves. */
export function createOutside(world: Befallen, struck: Struck) {
  const { bugs, cohorts, outages } = world;
  const causes = createCausesStriking(world, [
    ...outages.map((cause) => sharedOutageEffect(cause, struck)),
    ...bugs.map((cause, bug) => bugEffect(cause, bug, world)),
  ]);
  const newcomers = createNewcomersArriving(world, cohorts, struck);
  const of = <Name extends keyof Befalls>(name: Name) => cohorts.map(({ befalls }) => befalls[name]);
  const wear = cohortProcesses.wear.create(world, of('wear'), struck);
  const maintenance = cohortProcesses.maintenance.create(world, of('maintenance'), struck);
  return {
    start: () => {
      for (const process of [causes, newcomers, wear, maintenance]) process.start();
    },
    handlers: { ...causes.handlers, ...newcomers.handlers, ...wear.handlers, ...maintenance.handlers },
  };
}
