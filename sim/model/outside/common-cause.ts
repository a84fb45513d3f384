import { z } from 'zod';
import { KeyedDraw } from '../../engine/random-stream.js';
import type { Machines } from '../columns/machines.js';
import type { MachineIndex } from '../columns/nodes.js';
import { Purpose } from '../contract/purposes.js';
import { choice, fraction, partName } from '../contract/settings.js';
import { EventKind } from '../events.js';
import type { ExogenousRow } from './exogenous-row.js';
import type { OutsideProcess, OutsideWorld } from './outside-world.js';
import { createSpans, type SpanKeys, type Spans } from './spans.js';

/** Names that say which machines something can strike. */
export interface PlaceNames {
  readonly regions: readonly string[];
  readonly hardware: readonly string[];
}

type Words = [string, ...string[]];

/** Which machines something can strike: those in all of the named. */
export function placeKeys({ regions, hardware }: PlaceNames) {
  return {
    region: choice(regions as Words, { meaning: 'Region of the machines; left out: wherever they are' }).optional(),
    provider: partName
      .describe('Hosting provider of the machines, one that a cohort names; left out: whoever hosts them')
      .optional(),
    hardware: choice(hardware as Words, {
      meaning: 'Hardware class of the machines; left out: whatever they are',
    }).optional(),
  };
}

interface PlaceKeys {
  readonly region?: string | undefined;
  readonly provider?: string | undefined;
  readonly hardware?: string | undefined;
}

export const hasPlace = ({ region, provider, hardware }: PlaceKeys) =>
  [region, provider, hardware].some((name) => name !== undefined);
export const placeExpected = 'expected at least one of region, provider, hardware';
export const struckShare = (standard: string) =>
  fraction({ meaning: `Share of these machines that each one strikes${standard}` });

/** What every kind of cause is written with, defaults filled in. */
export interface CauseSettings extends SpanKeys, PlaceKeys {
  readonly share: number;
  /** Whether the network is told beforehand. */
  readonly announced: boolean;
}

/** Shares of a cohort's machines by hosting provider; the rest stand alone. */
export const providersSchema = z
  .record(partName, fraction({ meaning: 'Share of the machines' }))
  .refine((shares) => Object.keys(shares).length > 0, 'expected at least one provider with a share')
  .refine((shares) => {
    let sum = 0;
    for (const share of Object.values(shares)) sum += share;
    return sum <= 1 + 1e-9;
  }, 'expected shares that sum to at most 1')
  .describe('Shares of the machines by hosting provider; the rest stand alone');

/** Where the machines of a cohort are, by their ordinals. */
interface MachinePlaces {
  /** An index of the network's regions. */
  region(machine: number): number;
  provider(machine: number): string | undefined;
  hardwareName(machine: number): string;
}

/**
 * When something strikes many machines together, and which: a function of seed, its own name, and the machine's cohort
 * and ordinal, so that it is the same whatever else the scenario holds.
 */
export class CausePlan {
  /** As in the scenario, such as `outages.blackout`. */
  readonly name: string;
  /** Which machines, in words: `region europe`. */
  readonly scope: string;
  readonly spans: Spans;
  /** Share of the machines concerned that each span strikes. */
  readonly share: number;
  readonly isAnnounced: boolean;
  readonly #seed: string;
  readonly #settings: CauseSettings;
  /** Index of the region, −1 for any. */
  readonly #region: number;

  /** @param regions those of the network, in their order */
  constructor(seed: string, name: string, settings: CauseSettings, regions: readonly string[]) {
    this.name = name;
    this.spans = createSpans(new KeyedDraw(`${seed}/stress/${name}`), settings);
    this.share = settings.share;
    this.isAnnounced = settings.announced;
    this.scope = (['region', 'provider', 'hardware'] as const)
      .filter((key) => settings[key] !== undefined)
      .map((key) => `${key} ${settings[key]}`)
      .join(', ');
    this.#seed = seed;
    this.#settings = settings;
    this.#region = regions.indexOf(settings.region ?? '');
  }

  /** Whether it can strike a machine of the cohort. */
  concerns(places: MachinePlaces, machine: number): boolean {
    const { region, provider, hardware } = this.#settings;
    return (
      (region === undefined || places.region(machine) === this.#region) &&
      (provider === undefined || places.provider(machine) === provider) &&
      (hardware === undefined || places.hardwareName(machine) === hardware)
    );
  }

  /** Draws that say which machines of the cohort a span strikes. */
  drawFor(cohort: string): KeyedDraw {
    return new KeyedDraw(`${this.#seed}/stress/${this.name}/${cohort}`);
  }

  /** Whether span `number` strikes a machine that it concerns, by its cohort's draw and its ordinal. */
  strikes(draw: KeyedDraw, ordinal: number, number: number): boolean {
    return this.share === 1 || draw.uniform(ordinal, number, Purpose.strike) < this.share;
  }

  /** Which of a cohort's machines each span up to the horizon strikes. */
  *exogenousRows(
    cohort: MachinePlaces & { readonly name: string },
    machines: number,
    horizonSeconds: number,
  ): Generator<ExogenousRow> {
    const draw = this.drawFor(cohort.name);
    const purpose = `struck/${this.name.replace('.', '/')}`;
    for (let ordinal = 0; ordinal < machines; ordinal++) {
      if (!this.concerns(cohort, ordinal)) continue;
      for (let number = 0; this.spans.start(number) <= horizonSeconds; number++) {
        if (!this.strikes(draw, ordinal, number)) continue;
        yield { source: `cohort/${cohort.name}`, ordinal, purpose, number, value: true };
      }
    }
  }
}

/** Events of a cause up to the horizon: two a span. */
export function causeEvents({ spans }: { readonly spans: Spans }, horizonSeconds: number): number {
  let number = 0;
  while (spans.start(number) <= horizonSeconds) number++;
  return 2 * number;
}

/**
 * Something that befalls many machines together, such as an outage of their region: when, which, and how many of them.
 *
 * It is a source of its own: neither other cohorts nor what the protocol does change when it strikes and whom.
 */
export class CommonCause {
  readonly plan: CausePlan;
  /** Handles of the machines that it can strike, rising. */
  readonly machines: Int32Array;
  readonly #all: Machines;
  readonly #draws: readonly KeyedDraw[];

  /** @param draws by cohort */
  constructor(plan: CausePlan, all: Machines, machines: Int32Array, draws: readonly KeyedDraw[]) {
    this.plan = plan;
    this.#all = all;
    this.machines = machines;
    this.#draws = draws;
  }

  get spans(): Spans {
    return this.plan.spans;
  }

  /** Whether span `number` strikes the machine, one of `machines`. */
  strikes(machine: MachineIndex, number: number): boolean {
    return this.plan.strikes(this.#draws[this.#all.cohort[machine]!]!, this.#all.ordinal[machine]!, number);
  }
}

/** A common cause, and what it does to each machine that it strikes. */
export interface CauseEffect {
  readonly cause: CommonCause;
  begin(machine: MachineIndex): void;
  end(machine: MachineIndex): void;
}

/** Two events a span and cause; the next span is scheduled when one begins. */
export function createCausesStriking(
  { simulation }: OutsideWorld,
  effects: readonly CauseEffect[],
): OutsideProcess<'commonCauseBegan' | 'commonCauseEnded'> {
  function schedule(cause: number, number: number): void {
    const at = effects[cause]!.cause.spans.start(number);
    if (at < Number.POSITIVE_INFINITY) simulation.schedule(at, EventKind.commonCauseBegan, cause, number);
  }

  /** Moment: a common cause struck. */
  function commonCauseBegan(subject: number, number: number): boolean {
    const { cause, begin } = effects[subject]!;
    simulation.schedule(cause.spans.end(number), EventKind.commonCauseEnded, subject, number);
    schedule(subject, number + 1);
    for (const machine of cause.machines) if (cause.strikes(machine, number)) begin(machine);
    return true;
  }

  /** Moment: a span of a common cause ended. */
  function commonCauseEnded(subject: number, number: number): boolean {
    const { cause, end } = effects[subject]!;
    for (const machine of cause.machines) if (cause.strikes(machine, number)) end(machine);
    return true;
  }

  return {
    start: () => {
      for (let cause = 0; cause < effects.length; cause++) schedule(cause, 0);
    },
    handlers: { commonCauseBegan, commonCauseEnded },
  };
}
