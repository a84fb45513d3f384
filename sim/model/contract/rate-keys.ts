import { quantity } from './settings.js';
import { secondsPerDay, secondsPerHour } from './units.js';

/** A rate as a map writes it: exactly one of the three keys is given. */
interface RateKeys {
  readonly perSecond?: number | undefined;
  readonly perHour?: number | undefined;
  readonly perDay?: number | undefined;
}

/** The three keys of a rate, for a map that has others beside them; it is refined by `hasOneRate`. */
export function rateKeys(unit: string, meaning: string) {
  const amount = (span: string) => quantity({ least: 0, most: 1e9, unit, meaning: `${meaning} ${span}` }).optional();
  return { perSecond: amount('a second'), perHour: amount('an hour'), perDay: amount('a day') };
}

export function hasOneRate({ perSecond, perHour, perDay }: RateKeys): boolean {
  return [perSecond, perHour, perDay].filter((rate) => rate !== undefined).length === 1;
}

/** What `hasOneRate` asks for, as faults say it. */
export const oneRateExpected = 'expected exactly one of perSecond, perHour, perDay';

/** [1/s] */
export function ratePerSecond({ perSecond, perHour, perDay }: RateKeys): number {
  return perSecond ?? (perHour !== undefined ? perHour / secondsPerHour : perDay! / secondsPerDay);
}
