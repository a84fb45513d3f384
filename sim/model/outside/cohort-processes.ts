import type { z } from 'zod';
import type { KeyedDraw } from '../../engine/random-stream.js';
import type { Befalling, CohortProcess } from './cohort-process.js';
import { maintenance } from './maintenance.js';
import { wear } from './wear.js';

/** The processes that a cohort's settings can name. */
export const cohortProcesses = { wear, maintenance } as const;

type Processes = typeof cohortProcesses;

/** What befalls the machines of a cohort, by process; null for what it is spared. */
export type Befalls = { readonly [Name in keyof Processes]: ReturnType<Processes[Name]['draws']> | null };

/** The settings of a cohort that are about them. */
type Settings = { readonly [Name in keyof Processes]?: z.output<Processes[Name]['settings']> | undefined };

/** The parts of a cohort's schema that are about them. */
export const cohortProcessKeys = { wear: wear.settings.optional(), maintenance: maintenance.settings.optional() };

export function drawBefalls(draw: KeyedDraw, settings: Settings): Befalls {
  return {
    wear: settings.wear === undefined ? null : wear.draws(draw, settings.wear),
    maintenance: settings.maintenance === undefined ? null : maintenance.draws(draw, settings.maintenance),
  };
}

/** What a cohort isn't spared, in the order of the processes. */
export function befallings(befalls: Befalls): readonly Befalling[] {
  return Object.values(befalls).filter((one) => one !== null);
}

/** Events of what befalls a cohort up to the horizon, rather too many than too few. */
export function befallingEvents(settings: Settings, machines: number, horizonSeconds: number): number {
  let events = 0;
  for (const [name, process] of Object.entries<CohortProcess>(cohortProcesses)) {
    const own = settings[name as keyof Processes];
    if (own !== undefined) events += process.eventsMost(own, machines, horizonSeconds);
  }
  return events;
}
