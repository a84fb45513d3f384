import { bugEffect } from './bugs.js';
import { type CohortStresses, createCohortProcesses } from './cohort-processes.js';
import { type CommonCause, createCausesStriking } from './common-cause.js';
import { createNewcomersArriving, type HasNewcomers } from './newcomers.js';
import type { LifeActions, OutsideWorld } from './outside-world.js';
import { createPartitionsParting, type PartitionPlan } from './regions/partitions.js';
import { sharedOutageEffect } from './shared-outages.js';

/** The network, with what befalls it. */
interface StressedNetwork extends OutsideWorld {
  readonly outages: readonly CommonCause[];
  readonly bugs: readonly CommonCause[];
  readonly partitions: readonly PartitionPlan[];
  readonly cohorts: readonly (HasNewcomers & { readonly stresses: CohortStresses })[];
}

/** What happens to the network from outside, and nobody is asked; surges stretch the workloads' clocks themselves. */
export function createOutside(world: StressedNetwork, actions: LifeActions) {
  const { bugs, cohorts, outages } = world;
  const causes = createCausesStriking(world, [
    ...outages.map((cause) => sharedOutageEffect(cause, actions)),
    ...bugs.map((cause, bug) => bugEffect(cause, bug, world)),
  ]);
  const partitions = createPartitionsParting(world, world.partitions, actions);
  const newcomers = createNewcomersArriving(world, cohorts, actions);
  const ofCohorts = createCohortProcesses(
    world,
    cohorts.map(({ stresses }) => stresses),
    actions,
  );
  return {
    start: () => {
      for (const process of [causes, newcomers, ofCohorts, partitions]) process.start();
    },
    handlers: { ...causes.handlers, ...newcomers.handlers, ...ofCohorts.handlers, ...partitions.handlers },
  };
}
