import { z } from 'zod';
import type { Distribution } from '../../engine/distributions.js';
import { choice, distribution, duration, flag, fraction, quantity } from '../../model/contract/settings.js';
import { catalogue } from './catalogue.js';
import { sharedOutagePresets } from './outage-patterns.js';

/** Shorter times between events of a random process make more events than anyone can wait for. */
const shortestMeanSeconds = 60;

/** A name that scenarios give to one of their parts. */
export const partName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,39}$/,
    'expected a name of at most 40 letters, digits, - and _ that begins with a letter',
  );

const isLongEnough = (time: Distribution | undefined) => time === undefined || time.mean >= shortestMeanSeconds;

const time = duration({ meaning: 'Start of one' });
const rising = z
  .array(time)
  .min(1, 'expected at least one time')
  .max(10_000, 'expected at most 10000 times')
  .refine((times) => times.every((at, place) => place === 0 || times[place - 1]! < at), 'expected times that rise');
const times = z
  .union(
    [time.transform((at): readonly number[] => [at]), rising],
    'expected a duration such as 10d, or a list of them',
  )
  .describe('When it starts: a set time, or a list of times that rise');

/** When something is the case: at set times, or again and again at random. */
const spanKeys = {
  at: times.optional(),
  between: distribution({
    unit: 'seconds',
    meaning: 'Time from the end of one to the start of the next, at random, in place of at',
  }).optional(),
  for: distribution({ unit: 'seconds', meaning: 'How long each one lasts' }),
};

interface SpanKeys {
  readonly at?: readonly number[] | undefined;
  readonly between?: Distribution | undefined;
  readonly for?: Distribution | undefined;
}

/** The checks that all spans share. */
function checkSpans<S extends z.ZodType<SpanKeys>>(schema: S) {
  return schema
    .refine(({ at, between }) => at === undefined || between === undefined, 'expected either at or between, not both')
    .refine(({ between }) => isLongEnough(between), {
      path: ['between'],
      message: 'expected a mean of at least 1m between two',
    })
    .refine((spans) => spans.for === undefined || spans.for.mean > 0, {
      path: ['for'],
      message: 'expected a time above 0',
    })
    .refine(({ at, for: lasting }) => lasting?.kind !== 'constant' || !overlap(at ?? [], lasting.mean), {
      path: ['at'],
      message: 'expected times at least as far apart as each lasts',
    });
}

function overlap(at: readonly number[], lastingSeconds: number): boolean {
  return at.some((start, place) => start > at[place - 1]! && start - at[place - 1]! < lastingSeconds);
}

const hasWhen = ({ at, between }: SpanKeys) => at !== undefined || between !== undefined;
const whenExpected = 'expected at (set times) or between (random)';

/** Which machines something can strike: those in all of the named. */
function placeKeys() {
  const { hardware, regionSets } = catalogue();
  const regions = [...new Set(Object.values(regionSets).flatMap((set) => set.regions))];
  return {
    region: choice(regions as [string, ...string[]], { meaning: 'Region of the machines; default: any' }).optional(),
    provider: partName.describe('Hosting provider of the machines, one that a cohort names; default: any').optional(),
    hardware: choice(Object.keys(hardware) as [string, ...string[]], {
      meaning: 'Hardware class of the machines; default: any',
    }).optional(),
  };
}

interface PlaceKeys {
  readonly region?: string | undefined;
  readonly provider?: string | undefined;
  readonly hardware?: string | undefined;
}

const hasPlace = ({ region, provider, hardware }: PlaceKeys) =>
  [region, provider, hardware].some((name) => name !== undefined);
const placeExpected = 'expected at least one of region, provider, hardware';
const struckShare = (standard: string) =>
  fraction({ meaning: `Share of these machines that each one strikes${standard}` });

/** What befalls many machines together, whoever owns them. */
export function stressSchema() {
  const outage = checkSpans(
    z.strictObject({
      ...placeKeys(),
      pattern: choice(sharedOutagePresets, {
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
  const bug = checkSpans(z.strictObject({ ...placeKeys(), ...spanKeys, share: struckShare('').default(1) }))
    .refine(hasPlace, placeExpected)
    .refine(hasWhen, whenExpected)
    .describe('A bug: honest answers of its machines are wrong, all in the same way');
  return z.strictObject({
    outages: z
      .record(partName, outage)
      .describe('Outages of regions, providers or hardware classes, by name')
      .default({}),
    bugs: z
      .record(partName, bug)
      .refine((bugs) => Object.keys(bugs).length <= 8, 'expected at most 8 bugs')
      .describe('Bugs of the client software, by name')
      .default({}),
  });
}

/** Spans in which a workload's arrivals are multiplied, by name. */
export function surgesSchema() {
  const surge = checkSpans(
    z.strictObject({
      ...spanKeys,
      factor: quantity({ least: 0, most: 1_000, unit: '1', meaning: 'By which arrivals are multiplied' }),
    }),
  )
    .refine(hasWhen, whenExpected)
    .describe('A surge, or below a factor of 1 a lull');
  return z.record(partName, surge).describe('Spans with more, or less, arrivals than usual, by name');
}

export type StressSettings = z.output<ReturnType<typeof stressSchema>>;
export type SharedOutageSettings = StressSettings['outages'][string];
export type BugSettings = StressSettings['bugs'][string];
export type SurgeSettings = z.output<ReturnType<typeof surgesSchema>>[string];
