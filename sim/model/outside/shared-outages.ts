import { z } from 'zod';
import { type Distribution, exponential, lognormal } from '../../engine/distributions.js';
import { choice, flag } from '../contract/settings.js';
import { secondsPerDay as day, secondsPerHour as hour } from '../contract/units.js';
import {
  type CauseEffect,
  type CauseSettings,
  type CommonCause,
  hasPlace,
  type PlaceNames,
  placeExpected,
  placeKeys,
  struckShare,
} from './common-cause.js';
import type { LifeActions } from './outside-world.js';
import { checkSpans, hasWhen, spanKeys, whenExpected } from './spans.js';

/** Named patterns of outages that many machines share. */
const patterns = ['power-failure', 'isp-failure'] as const;

/** When a shared outage comes, how long it lasts [s], and which share of the machines it strikes. */
interface SharedOutagePattern {
  readonly between: Distribution;
  readonly for: Distribution;
  readonly share: number;
}

/**
 * A named pattern, all figures this project's assumptions: the grid fails every 60 days, for an hour (median, σ 1), and
 * takes a fifth of the machines; an internet provider every 20 days, for half an hour, with a tenth of them.
 */
function patternNamed(name: (typeof patterns)[number]): SharedOutagePattern {
  if (name === 'power-failure') return { between: exponential(60 * day), for: lognormal(hour, 1), share: 0.2 };
  return { between: exponential(20 * day), for: lognormal(0.5 * hour, 1), share: 0.1 };
}

/** An outage that many machines share. */
export function sharedOutageSchema(places: PlaceNames) {
  return checkSpans(
    z.strictObject({
      ...placeKeys(places),
      pattern: choice(patterns, {
        meaning: 'A named pattern: gives between, for and share unless they are written',
      }).optional(),
      ...spanKeys,
      for: spanKeys.for.optional(),
      share: struckShare('; default: all, or the pattern’s').optional(),
      announced: flag({ meaning: 'Whether the network is told beforehand, so that nobody is blamed' }).default(false),
    }),
  )
    .refine(hasPlace, placeExpected)
    .refine((settings) => settings.pattern !== undefined || hasWhen(settings), `${whenExpected}, or a pattern`)
    .refine((settings) => settings.pattern !== undefined || settings.for !== undefined, {
      path: ['for'],
      message: 'expected how long it lasts, such as 6h',
    })
    .describe('An outage: its machines are down together');
}

type SharedOutageSettings = z.output<ReturnType<typeof sharedOutageSchema>>;

/** An outage with the times and the share of its pattern where it doesn't set its own. */
export function withPatternDefaults(written: SharedOutageSettings): SharedOutageSettings & CauseSettings {
  const named = written.pattern === undefined ? {} : patternNamed(written.pattern);
  // set times take the place of the pattern's random ones
  const between = written.at === undefined ? {} : { between: undefined };
  return { share: 1, ...named, ...withoutMissing(written), ...between };
}

function withoutMissing<T extends object>(settings: T): T & { share?: number } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}

/** An outage takes its machines down; when announced, nobody is blamed. */
export function sharedOutageEffect(cause: CommonCause, actions: LifeActions): CauseEffect {
  const { isAnnounced } = cause.plan;
  return {
    cause,
    begin: (machine) => actions.addDownReason(machine, isAnnounced),
    end: (machine) => actions.removeDownReason(machine, isAnnounced),
  };
}
