import { z } from 'zod';
import type { KeyedDraw } from '../../engine/random-stream.js';
import { throughputLeast } from '../columns/hardware.js';
import { handleStep } from '../columns/rows/side-by-side.js';
import { Purpose } from '../contract/purposes.js';
import { duration, fraction } from '../contract/settings.js';
import { secondsPerHour } from '../contract/units.js';
import { EventKind } from '../events.js';
import type { CohortProcess, CohortStress } from './cohort-process.js';
import type { ExogenousRow } from './exogenous-row.js';

const settings = z
  .strictObject({
    every: duration({ least: secondsPerHour, meaning: 'Interval of the loss' }),
    loss: fraction({
      most: 0.99,
      meaning: 'Share of the throughput lost at each interval’s end; a millionth of the reference card is always left',
    }),
    share: fraction({ meaning: 'Share of the machines that wear' }).default(1),
  })
  .describe('Slow degradation: machines lose true throughput, and declare what they had; default: none');

type WearSettings = z.output<typeof settings>;

/** Which machines of a cohort wear, how often, and how much. */
export class Wear implements CohortStress {
  readonly settings: WearSettings;
  readonly #draw: KeyedDraw;

  constructor(draw: KeyedDraw, settings: WearSettings) {
    this.#draw = draw;
    this.settings = settings;
  }

  wears(ordinal: number): boolean {
    return this.#draw.uniform(ordinal, 0, Purpose.wear) < this.settings.share;
  }

  *exogenousRows(source: string, ordinal: number): Generator<ExogenousRow> {
    yield { source, ordinal, purpose: 'wears', number: 0, value: this.wears(ordinal) };
  }
}

/**
 * Slow degradation: worn machines lose a share of their true throughput at set intervals, down to the least that any
 * machine has; what they declare stays.
 *
 * An event an interval and cohort; machines that haven't entered yet are new.
 */
export const wear: CohortProcess<WearSettings, Wear, 'machinesWore'> = {
  settings,
  draws: (draw, settings) => new Wear(draw, settings),
  eventsMost: ({ every }, _machines, horizonSeconds) => horizonSeconds / every,
  create: ({ machines, simulation }, cohorts) => {
    function schedule(cohort: number, number: number): void {
      simulation.schedule(number * cohorts[cohort]!.settings.every, EventKind.machinesWore, cohort, number);
    }

    /** Moment: an interval of wear ended. */
    function machinesWore(cohort: number, number: number): boolean {
      schedule(cohort, number + 1);
      const worn = cohorts[cohort]!;
      for (let machine = 0; machine < machines.end; machine += handleStep) {
        if (machines.cohort[machine] !== cohort || machines.hasEntered[machine] === 0) continue;
        if (!worn.wears(machines.ordinal[machine]!)) continue;
        const left = machines.throughput[machine]! * (1 - worn.settings.loss);
        machines.throughput[machine] = Math.max(throughputLeast, left);
      }
      return true;
    }

    return {
      start: () => {
        for (const [cohort, worn] of cohorts.entries()) if (worn !== null) schedule(cohort, 1);
      },
      handlers: { machinesWore },
    };
  },
};
