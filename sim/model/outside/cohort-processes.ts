import type { z } from 'zod';
import type { KeyedDraw } from '../../engine/random-stream.js';
import type { EventHandler } from '../../engine/simulation.js';
import type { CohortProcess, CohortStress, StressMark } from './cohort-process.js';
import { maintenance } from './maintenance.js';
import type { LifeActions, OutsideProcess, OutsideWorld } from './outside-world.js';
import { wear } from './wear.js';

/** The processes that a cohort's settings can name; everything below is made of this list. */
const processes = { wear, maintenance } as const;

type Processes = typeof processes;
type ProcessName = keyof Processes;
type EventsOf<Process> = Process extends { create(...given: never[]): OutsideProcess<infer Events> } ? Events : never;

/** What strikes the machines of a cohort, by process; null for what it is spared. */
export type CohortStresses = { readonly [Name in ProcessName]: ReturnType<Processes[Name]['draws']> | null };

/** The settings of a cohort that are about them. */
type Settings = { readonly [Name in ProcessName]?: z.output<Processes[Name]['settings']> | undefined };

// what holds of every entry, whatever its settings are
const entries = Object.entries<CohortProcess>(processes) as [ProcessName, CohortProcess][];

function byName<Value>(make: (process: CohortProcess, name: ProcessName) => Value): Record<ProcessName, Value> {
  return Object.fromEntries(entries.map(([name, process]) => [name, make(process, name)])) as never;
}

/** The parts of a cohort's schema that are about them. */
export const cohortProcessKeys = byName(({ settings }) => settings.optional()) as {
  readonly [Name in ProcessName]: z.ZodOptional<Processes[Name]['settings']>;
};

export function drawStresses(draw: KeyedDraw, settings: Settings): CohortStresses {
  const drawn = byName((process, name) => (settings[name] === undefined ? null : process.draws(draw, settings[name])));
  return drawn as CohortStresses;
}

/** What a cohort isn't spared, in the order of the processes. */
export function stressesOf(stresses: CohortStresses): readonly CohortStress[] {
  return Object.values(stresses).filter((one) => one !== null);
}

/** Events of what strikes a cohort up to the horizon, rather too many than too few. */
export function stressEvents(settings: Settings, machines: number, horizonSeconds: number): number {
  const own = byName((process, name) =>
    settings[name] === undefined ? 0 : process.eventsMost(settings[name], machines, horizonSeconds),
  );
  return Object.values(own).reduce((sum, events) => sum + events, 0);
}

/** What a time axis shows of what strikes the cohort's machines. */
export function stressMarks(settings: Settings): readonly StressMark[] {
  const own = byName(({ marks }, name) => (settings[name] === undefined ? null : (marks?.(settings[name]) ?? null)));
  return Object.values(own).filter((one) => one !== null);
}

/** All of them at work, each on the cohorts that it doesn't spare. */
export function createCohortProcesses(
  world: OutsideWorld,
  cohorts: readonly CohortStresses[],
  actions: LifeActions,
): OutsideProcess<EventsOf<Processes[ProcessName]>> {
  const atWork = entries.map(([name, process]) =>
    process.create(
      world,
      cohorts.map((stresses) => stresses[name]),
      actions,
    ),
  );
  const handlers: Record<string, EventHandler> = {};
  for (const process of atWork) {
    for (const [event, handler] of Object.entries<EventHandler>(process.handlers)) {
      if (handlers[event] !== undefined)
        throw new Error(`cohort processes: expected one handler of ${event}, found two`);
      handlers[event] = handler;
    }
  }
  return {
    start: () => {
      for (const process of atWork) process.start();
    },
    handlers: handlers as OutsideProcess<EventsOf<Processes[ProcessName]>>['handlers'],
  };
}
