import type { z } from 'zod';
import type { KeyedDraw } from '../../engine/random-stream.js';
import type { Simulation } from '../../engine/simulation.js';
import type { MachineIndex } from '../columns/nodes.js';
import type { EventKind } from '../events.js';
import type { ExogenousRow } from './exogenous-row.js';
import type { OutsideProcess, OutsideWorld, Struck } from './outside-world.js';

/** What befalls the machines of one cohort: every value a function of the cohort's draw and the machine's ordinal. */
export interface Befalling {
  /** What the exogenous trace lists of a machine, from its entry on [s] up to the horizon. */
  exogenousRows(source: string, ordinal: number, entry: number, horizonSeconds: number): Iterable<ExogenousRow>;
  /** Schedules what begins with a machine's entry; absent: nothing. */
  machineEntered?(machine: MachineIndex, ordinal: number, simulation: Simulation): void;
}

/** A process that befalls the machines of the cohorts that are told so: one file holds all of it. */
export interface CohortProcess<
  Settings = unknown,
  Drawn extends Befalling = Befalling,
  Events extends keyof typeof EventKind = never,
> {
  /** Of a cohort, under the process's name. */
  readonly settings: z.ZodType<Settings>;
  draws(draw: KeyedDraw, settings: Settings): Drawn;
  /** Events of a cohort up to the horizon, rather too many than too few. */
  eventsMost(settings: Settings, machines: number, horizonSeconds: number): number;
  /** @param cohorts what befalls each cohort; null for those that are spared */
  create(world: OutsideWorld, cohorts: readonly (Drawn | null)[], struck: Struck): OutsideProcess<Events>;
}
