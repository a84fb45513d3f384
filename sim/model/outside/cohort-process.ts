import type { z } from 'zod';
import type { KeyedDraw } from '../../engine/random-stream.js';
import type { Simulation } from '../../engine/simulation.js';
import type { MachineIndex } from '../columns/nodes.js';
import type { EventKind } from '../events.js';
import type { ExogenousRow } from './exogenous-row.js';
import type { LifeActions, OutsideProcess, OutsideWorld } from './outside-world.js';
import type { Spans } from './spans.js';

/** What befalls the machines of one cohort: every value a function of the cohort's draw and the machine's ordinal. */
export interface CohortStress {
  /** What the exogenous trace lists of a machine, from its entry on [s] up to the horizon. */
  exogenousRows(source: string, ordinal: number, entry: number, horizonSeconds: number): Iterable<ExogenousRow>;
  /** Schedules what begins with a machine's entry; absent: nothing. */
  machineEntered?(machine: MachineIndex, ordinal: number, simulation: Simulation): void;
}

/** Spans on a time axis in which something strikes a part of the network, and as what they are drawn. */
export interface StressMark {
  readonly kind: 'outage' | 'bug' | 'partition' | 'surge' | 'maintenance';
  readonly spans: Spans;
}

/** A process that befalls the machines of the cohorts that are told so: one file holds all of it. */
export interface CohortProcess<
  Settings = unknown,
  Drawn extends CohortStress = CohortStress,
  Events extends keyof typeof EventKind = never,
> {
  /** Of a cohort, under the process's name. */
  readonly settings: z.ZodType<Settings>;
  draws(draw: KeyedDraw, settings: Settings): Drawn;
  /** Events of a cohort up to the horizon, rather too many than too few. */
  eventsMost(settings: Settings, machines: number, horizonSeconds: number): number;
  /** What a time axis shows of it; absent or null: nothing. */
  marks?(settings: Settings): StressMark | null;
  /** @param cohorts what befalls each cohort; null for those that are spared */
  create(world: OutsideWorld, cohorts: readonly (Drawn | null)[], actions: LifeActions): OutsideProcess<Events>;
}
