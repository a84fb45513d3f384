import { z } from 'zod';
import { type Distribution, exponential, lognormal, meanUpTo, weibull } from '../../engine/distributions.js';
import type { KeyedDraw } from '../../engine/random-stream.js';
import { Purpose } from '../contract/purposes.js';
import { choice, distribution, flag } from '../contract/settings.js';
import { secondsPerHour as hour } from '../contract/units.js';
import type { ExogenousRow } from './exogenous-row.js';

/** Sessions and outages of a machine in turn [s]. */
interface Renewal {
  readonly up: Distribution;
  readonly down: Distribution;
}

/** Named patterns of a machine's own outages. */
export const outagePresets = ['none', 'heavy-tailed', 'exponential'] as const;
type OutagePreset = (typeof outagePresets)[number];

/**
 * A named pattern; null for none. `heavy-tailed` sessions are the Weibull maximum-likelihood fit to 5,982 provider
 * sessions of a decentralised compute network in January 2019 (shape 0.616, scale 15.91 h); its outages, median 30 min
 * with σ 1, and `exponential` (mean time to failure 7 d, to repair 1 h) are this project's assumptions.
 */
export function outagePattern(name: OutagePreset): Renewal | null {
  if (name === 'heavy-tailed') return { up: weibull(0.616, 15.91 * hour), down: lognormal(0.5 * hour, 1) };
  if (name === 'exponential') return { up: exponential(168 * hour), down: exponential(hour) };
  return null;
}

/** A machine's own outages: sessions and outages in turn. */
export const outagesSchema = z
  .union(
    [
      choice(outagePresets, { meaning: 'A named pattern of outages' }),
      z
        .strictObject({
          pattern: choice(outagePresets, { meaning: 'A named pattern, in place of up and down' }).optional(),
          up: distribution({ unit: 'seconds', meaning: 'Length of sessions' }).optional(),
          down: distribution({ unit: 'seconds', meaning: 'Length of outages' }).optional(),
          running: choice(['lose', 'pause', 'finish'], {
            meaning: 'What becomes of running attempts when the machine goes down, for whatever reason',
          }).default('lose'),
          announced: flag({
            meaning: 'Whether outages are announced: running work is handed back, missed check-ins don’t count',
          }).default(false),
        })
        .refine(({ up }) => up === undefined || up.mean > 0, {
          path: ['up'],
          message: 'expected sessions longer than 0',
        })
        .refine(
          ({ pattern, up, down }) =>
            pattern === undefined ? up !== undefined && down !== undefined : up === undefined && down === undefined,
          'expected either up and down, or a pattern',
        ),
    ],
    `expected one of: ${outagePresets.join(', ')}, or {up: …, down: …}, or {pattern: …}`,
  )
  .describe('When machines are down of their own accord: a named pattern, or sessions and outages in turn');

export type OutagesSettings = z.output<typeof outagesSchema>;

/**
 * When the machines of a cohort are up: sessions and outages in turn, each a pure function of machine and number.
 *
 * The first session begins when the machine enters.
 */
export interface OutageProcess {
  /** Length of session `number`, from 0 [s]; Infinity if it never ends. */
  sessionSeconds(ordinal: number, number: number): number;
  /** Length of the outage that follows session `number` [s]; Infinity if no session follows. */
  outageSeconds(ordinal: number, number: number): number;
}

/** Never down. */
export const alwaysUp: OutageProcess = {
  sessionSeconds: () => Number.POSITIVE_INFINITY,
  outageSeconds: () => Number.POSITIVE_INFINITY,
};

/** Alternating renewal process: independent sessions and outages, the first session fresh at the machine's entry. */
export class RenewalOutages implements OutageProcess {
  readonly #draw: KeyedDraw;
  readonly #up: Distribution;
  readonly #down: Distribution;

  /** @param up length of sessions [s] @param down length of outages [s] */
  constructor(draw: KeyedDraw, up: Distribution, down: Distribution) {
    this.#draw = draw;
    this.#up = up;
    this.#down = down;
  }

  sessionSeconds(ordinal: number, number: number): number {
    return this.#up.quantile(this.#draw.uniform(ordinal, number, Purpose.session));
  }

  outageSeconds(ordinal: number, number: number): number {
    return this.#down.quantile(this.#draw.uniform(ordinal, number, Purpose.outage));
  }
}

/** Recorded sessions [s]: those of machine m stand from offsets[m] to offsets[m + 1]. */
interface RecordedSessions {
  readonly offsets: Int32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  /** From then on nothing was recorded [s]. */
  readonly endSeconds: number;
}

/** Sessions replayed from a trace; one that lasts to the end of the records isn't ended by them. */
export class ReplayedOutages implements OutageProcess {
  readonly #offsets: Int32Array;
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;
  readonly #endSeconds: number;

  constructor({ offsets, starts, ends, endSeconds }: RecordedSessions) {
    this.#offsets = offsets;
    this.#starts = starts;
    this.#ends = ends;
    this.#endSeconds = endSeconds;
  }

  sessionSeconds(ordinal: number, number: number): number {
    const session = this.#offsets[ordinal]! + number;
    const end = this.#ends[session]!;
    return end < this.#endSeconds ? end - this.#starts[session]! : Number.POSITIVE_INFINITY;
  }

  outageSeconds(ordinal: number, number: number): number {
    const next = this.#offsets[ordinal]! + number + 1;
    if (next >= this.#offsets[ordinal + 1]!) return Number.POSITIVE_INFINITY;
    return this.#starts[next]! - this.#ends[next - 1]!;
  }
}

/** A machine's own outages; null for none. */
export function renewalOf(outages: OutagesSettings): Renewal | null {
  if (typeof outages === 'string') return outagePattern(outages);
  return outages.pattern === undefined ? { up: outages.up!, down: outages.down! } : outagePattern(outages.pattern);
}

/** Sessions of a machine from its entry on [s], up to the horizon. */
export function* sessionRows(
  outages: OutageProcess,
  source: string,
  ordinal: number,
  entry: number,
  horizonSeconds: number,
): Generator<ExogenousRow> {
  for (let number = 0, at = entry; at <= horizonSeconds; number++) {
    yield { source, ordinal, purpose: 'sessionStart', number, value: at };
    at += outages.sessionSeconds(ordinal, number);
    if (at > horizonSeconds) break;
    yield { source, ordinal, purpose: 'sessionEnd', number, value: at };
    at += outages.outageSeconds(ordinal, number);
  }
}

/** Means of the named patterns are hours; a session and an outage an hour are more than any of them has. */
const namedCycleSeconds = hour;

/** Events of a cohort's outages up to the horizon, rather too many: two an outage and machine. */
export function outageEvents(outages: OutagesSettings, machines: number, horizonSeconds: number): number {
  const renewal = renewalOf(outages);
  if (renewal === null) return 0;
  const mean = (time: Distribution) => meanUpTo(time, horizonSeconds);
  const cycle = typeof outages === 'string' ? namedCycleSeconds : mean(renewal.up) + mean(renewal.down);
  return (machines * horizonSeconds * 2) / cycle;
}
