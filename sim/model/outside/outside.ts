import { bugEffect } from './bugs.js';
import { type CommonCause, createCausesStriking } from './common-cause.js';
import { createMaintaining, type Maintained } from './maintenance.js';
import { createNewcomersArriving, type Joined } from './newcomers.js';
import type { OutsideWorld, Struck } from './outside-world.js';
import { sharedOutageEffect } from './shared-outages.js';
import { createWearing, type Worn } from './wear.js';

/** What happens to the network from outside, and nobody is asked; surges act on the workloads' clocks themselves. */
export function createOutside(
  world: OutsideWorld<Maintained & Joined & Worn> & {
    readonly outages: readonly CommonCause[];
    readonly bugs: readonly CommonCause[];
  },
  struck: Struck,
) {
  const causes = createCausesStriking(world, [
    ...world.outages.map((cause) => sharedOutageEffect(cause, struck)),
    ...world.bugs.map((cause, bug) => bugEffect(cause, bug, world)),
  ]);
  const maintaining = createMaintaining(world, struck);
  const newcomers = createNewcomersArriving(world, struck);
  const wearing = createWearing(world);
  return {
    start: () => {
      for (const process of [causes, maintaining, newcomers, wearing]) process.start();
    },
    handlers: { ...causes.handlers, ...maintaining.handlers, ...newcomers.handlers, ...wearing.handlers },
  };
}
