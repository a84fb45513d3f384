import { z } from 'zod';
import { log } from '../../engine/math.js';
import type { KeyedDraw } from '../../engine/random-stream.js';
import { Limit } from '../columns/limits.js';
import { type NodeIndex, nodesMost } from '../columns/nodes.js';
import { Purpose } from '../contract/purposes.js';
import { hasOneRate, oneRateExpected, rateKeys, ratePerSecond } from '../contract/rate-keys.js';
import { count, duration } from '../contract/settings.js';
import { EventKind } from '../events.js';
import type { LifeActions, OutsideProcess, OutsideWorld } from './outside-world.js';

/** Newcomers besides the nodes that a cohort declares. */
export const newcomersSchema = z
  .strictObject({
    ...rateKeys('nodes', 'Mean number of newcomers'),
    from: duration({ meaning: 'Nobody comes before' }).default(0),
    most: count({
      least: 1,
      most: nodesMost,
      unit: 'nodes',
      meaning: 'Room for newcomers; later ones are refused. Default: five standard deviations above those to expect',
    }).optional(),
  })
  .refine(hasOneRate, oneRateExpected)
  .describe('Nodes that come besides, a Poisson process: exactly one of perSecond, perHour and perDay');

type NewcomersSettings = z.output<typeof newcomersSchema>;

/** Newcomers to be expected by the horizon, those for whom there is no room included. */
export function newcomersExpected(settings: NewcomersSettings | undefined, horizonSeconds: number): number {
  return settings === undefined ? 0 : ratePerSecond(settings) * Math.max(0, horizonSeconds - settings.from);
}

/** Newcomers that a cohort has room for: as many as it says, or five standard deviations above those to expect. */
export function newcomersMost(settings: NewcomersSettings | undefined, horizonSeconds: number): number {
  if (settings === undefined) return 0;
  const expected = newcomersExpected(settings, horizonSeconds);
  return settings.most ?? Math.ceil(expected + 5 * Math.sqrt(expected));
}

/** Who comes to a cohort over the run besides the nodes that it declares: a Poisson process, a function of the seed. */
export class Newcomers {
  /** Newcomers that there is room for; later ones are refused. */
  readonly most: number;
  readonly #draw: KeyedDraw;
  readonly #ratePerSecond: number;
  /** Nobody comes before this time [s]. */
  readonly #from: number;
  /** Times so far; each is reckoned once. */
  readonly #times: number[] = [];

  constructor(draw: KeyedDraw, settings: NewcomersSettings, horizonSeconds: number) {
    this.#draw = draw;
    this.#ratePerSecond = ratePerSecond(settings);
    this.#from = settings.from;
    this.most = newcomersMost(settings, horizonSeconds);
  }

  /** When newcomer `number`, from 0, comes [s]; Infinity at rate 0. */
  arrivesAt(number: number): number {
    if (this.#ratePerSecond === 0) return Number.POSITIVE_INFINITY;
    for (let next = this.#times.length; next <= number; next++) {
      const gap = -log(1 - this.#draw.uniform(next, 0, Purpose.newcomer)) / this.#ratePerSecond;
      this.#times.push((this.#times[next - 1] ?? this.#from) + gap);
    }
    return this.#times[number]!;
  }
}

/** A cohort to which newcomers may come. */
export interface HasNewcomers {
  readonly newcomers: Newcomers | null;
  /** Row of newcomer 0; the others follow. */
  readonly firstNewcomer: NodeIndex;
}

/** An event a newcomer, who enters if there is room. What the trace lists of each is what it lists of every node. */
export function createNewcomersArriving(
  { limits, simulation }: OutsideWorld,
  cohorts: readonly HasNewcomers[],
  actions: LifeActions,
): OutsideProcess<'newcomerArrived'> {
  function schedule(cohort: number, number: number): void {
    const at = cohorts[cohort]!.newcomers?.arrivesAt(number) ?? Number.POSITIVE_INFINITY;
    if (at < Number.POSITIVE_INFINITY) simulation.schedule(at, EventKind.newcomerArrived, cohort, number);
  }

  /** Moment: a newcomer came. */
  function newcomerArrived(cohort: number, number: number): boolean {
    schedule(cohort, number + 1);
    const { newcomers, firstNewcomer } = cohorts[cohort]!;
    if (number < newcomers!.most) return actions.nodeJoined(firstNewcomer + number);
    limits.hit(Limit.newcomers, simulation.now);
    return true;
  }

  return {
    start: () => {
      for (let cohort = 0; cohort < cohorts.length; cohort++) schedule(cohort, 0);
    },
    handlers: { newcomerArrived },
  };
}
