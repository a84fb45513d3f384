import type { KeyedDraw } from '../../engine/random-stream.js';
import { Purpose } from '../contract/purposes.js';

/** What a scenario says of a cohort's maintenance; all in [s]. */
export interface MaintenanceSettings {
  /** From the start of a machine's window to the start of its next. */
  readonly every: number;
  /** Length of a window, shorter than `every`. */
  readonly for: number;
  /** First window of the earliest machine; the others' are spread uniformly over this long after it. */
  readonly at: number;
  readonly over: number;
}

/** Announced, periodic windows in which a machine is down: window k of a machine, from 0, is a function of both. */
export class Maintenance {
  readonly settings: MaintenanceSettings;
  readonly #draw: KeyedDraw;

  constructor(draw: KeyedDraw, settings: MaintenanceSettings) {
    this.#draw = draw;
    this.settings = settings;
  }

  /** Start of window `number` [s], included. */
  start(ordinal: number, number: number): number {
    const { at, over, every } = this.settings;
    return at + over * this.#draw.uniform(ordinal, 0, Purpose.maintenance) + number * every;
  }

  /** End of window `number` [s], excluded. */
  end(ordinal: number, number: number): number {
    return this.start(ordinal, number) + this.settings.for;
  }

  /** The first window that starts at `now` or later: who enters later has missed those before. */
  firstFrom(ordinal: number, now: number): number {
    let number = Math.max(0, Math.floor((now - this.start(ordinal, 0)) / this.settings.every));
    while (this.start(ordinal, number) < now) number++;
    return number;
  }
}
