import { z } from 'zod';
import type { KeyedDraw } from '../../engine/random-stream.js';
import type { Simulation } from '../../engine/simulation.js';
import type { MachineIndex } from '../columns/nodes.js';
import { Purpose } from '../contract/purposes.js';
import { duration } from '../contract/settings.js';
import { secondsPerHour } from '../contract/units.js';
import { EventKind } from '../events.js';
import type { CohortProcess, CohortStress } from './cohort-process.js';
import type { ExogenousRow } from './exogenous-row.js';

const settings = z
  .strictObject({
    every: duration({ least: secondsPerHour, meaning: 'From the start of a machine’s window to that of its next' }),
    for: duration({ positive: true, meaning: 'Length of a window' }),
    at: duration({ meaning: 'Start of the first window' }).default(0),
    over: duration({
      meaning: 'The machines’ windows are spread uniformly over this long; default: every; 0: all at once',
    }).optional(),
  })
  .refine((settings) => settings.for < settings.every, {
    path: ['for'],
    message: 'expected windows shorter than every',
  })
  .refine(({ every, over = 0 }) => over <= every, { path: ['over'], message: 'expected at most every' })
  .describe('Announced maintenance of each machine; default: none');

type MaintenanceSettings = z.output<typeof settings>;

/** Announced, periodic windows in which a machine is down: window k of a machine, from 0, is a function of both. */
export class Maintenance implements CohortStress {
  readonly #settings: MaintenanceSettings;
  /** The machines' first windows are spread over this long [s]. */
  readonly #over: number;
  readonly #draw: KeyedDraw;

  constructor(draw: KeyedDraw, settings: MaintenanceSettings) {
    this.#draw = draw;
    this.#settings = settings;
    this.#over = settings.over ?? settings.every;
  }

  /** Start of window `number` [s], included. */
  start(ordinal: number, number: number): number {
    const { at, every } = this.#settings;
    return at + this.#over * this.#draw.uniform(ordinal, 0, Purpose.maintenance) + number * every;
  }

  /** End of window `number` [s], excluded. */
  end(ordinal: number, number: number): number {
    return this.start(ordinal, number) + this.#settings.for;
  }

  /** The first window that starts at `now` or later: who enters later has missed those before. */
  firstFrom(ordinal: number, now: number): number {
    let number = Math.max(0, Math.floor((now - this.start(ordinal, 0)) / this.#settings.every));
    while (this.start(ordinal, number) < now) number++;
    return number;
  }

  *exogenousRows(source: string, ordinal: number, entry: number, horizonSeconds: number): Generator<ExogenousRow> {
    if (entry > horizonSeconds) return;
    for (let number = this.firstFrom(ordinal, entry); this.start(ordinal, number) <= horizonSeconds; number++) {
      yield { source, ordinal, purpose: 'maintenanceStart', number, value: this.start(ordinal, number) };
      const end = this.end(ordinal, number);
      if (end <= horizonSeconds) yield { source, ordinal, purpose: 'maintenanceEnd', number, value: end };
    }
  }

  machineEntered(machine: MachineIndex, ordinal: number, simulation: Simulation): void {
    const number = this.firstFrom(ordinal, simulation.now);
    simulation.schedule(this.start(ordinal, number), EventKind.maintenanceBegan, machine, number);
  }
}

/** Machines are down in announced windows: two events a window and machine, from its entry on. */
export const maintenance: CohortProcess<MaintenanceSettings, Maintenance, 'maintenanceBegan' | 'maintenanceEnded'> = {
  settings,
  draws: (draw, settings) => new Maintenance(draw, settings),
  eventsMost: ({ every }, machines, horizonSeconds) => machines * 2 * (horizonSeconds / every + 1),
  /** Windows of the cohort: none if they are spread so far that some machine is down at any time. */
  marks: ({ at, every, over = every, for: length }) => {
    if (over + length >= every) return null;
    const start = (number: number) => at + number * every;
    return { kind: 'maintenance', spans: { start, end: (number) => start(number) + over + length } };
  },
  create: ({ machines, simulation }, cohorts, actions) => {
    const windowsOf = (machine: MachineIndex) => cohorts[machines.cohort[machine]!]!;

    /** Moment: a machine's announced maintenance began. */
    function maintenanceBegan(machine: MachineIndex, number: number): boolean {
      const end = windowsOf(machine).end(machines.ordinal[machine]!, number);
      simulation.schedule(end, EventKind.maintenanceEnded, machine, number);
      actions.addDownReason(machine, true);
      return true;
    }

    /** Moment: a machine's announced maintenance ended. */
    function maintenanceEnded(machine: MachineIndex, number: number): boolean {
      const next = windowsOf(machine).start(machines.ordinal[machine]!, number + 1);
      simulation.schedule(next, EventKind.maintenanceBegan, machine, number + 1);
      actions.removeDownReason(machine, true);
      return true;
    }

    return { start: () => {}, handlers: { maintenanceBegan, maintenanceEnded } };
  },
};
