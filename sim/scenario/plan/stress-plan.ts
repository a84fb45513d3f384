import { KeyedDraw } from '../../engine/random-stream.js';
import { strikes } from '../../model/outside/common-cause.js';
import { drawnSpans, type Spans, scheduledSpans } from '../../model/outside/spans.js';
import type { Surge } from '../../model/outside/surges.js';
import { catalogue } from '../schema/catalogue.js';
import { sharedOutagePattern } from '../schema/outage-patterns.js';
import type { Scenario } from '../schema/scenario-schema.js';
import type { SharedOutageSettings, SurgeSettings } from '../schema/stress-schema.js';
import type { FleetPlan } from './fleet-plan.js';

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
  /** Share of them that each span strikes. */
  readonly share: number;
  readonly isAnnounced: boolean;
  readonly #seed: string;
  readonly #settings: Omit<SharedOutageSettings, 'pattern'>;
  /** Index of the region, −1 for any. */
  readonly #region: number;

  constructor(scenario: Scenario, name: string, settings: Omit<SharedOutageSettings, 'pattern'>) {
    this.name = name;
    this.spans = spansOf(new KeyedDraw(`${scenario.seed}/stress/${name}`), settings);
    this.share = settings.share ?? 1;
    this.isAnnounced = settings.announced;
    this.scope = (['region', 'provider', 'hardware'] as const)
      .filter((key) => settings[key] !== undefined)
      .map((key) => `${key} ${settings[key]}`)
      .join(', ');
    this.#seed = scenario.seed;
    this.#settings = settings;
    this.#region = catalogue().regionSets[scenario.network]!.regions.indexOf(settings.region ?? '');
  }

  /** Whether it can strike a machine of the cohort. */
  concerns(plan: FleetPlan, machine: number): boolean {
    const { region, provider, hardware } = this.#settings;
    return (
      (region === undefined || plan.region(machine) === this.#region) &&
      (provider === undefined || plan.provider(machine) === provider) &&
      (hardware === undefined || plan.hardwareName(machine) === hardware)
    );
  }

  /** Draws that say which machines of the cohort a span strikes. */
  drawFor(cohort: string): KeyedDraw {
    return new KeyedDraw(`${this.#seed}/stress/${this.name}/${cohort}`);
  }

  /** Whether span `number` strikes a machine that it concerns. */
  strikes(draw: KeyedDraw, machine: number, number: number): boolean {
    return strikes(draw, machine, number, this.share);
  }
}

/** The scenario's outages that many machines share. */
export function outagePlans(scenario: Scenario): readonly CausePlan[] {
  return Object.entries(scenario.stress.outages).map(([name, written]) => {
    const { pattern, ...settings } = withPatternDefaults(written);
    return new CausePlan(scenario, `outages.${name}`, settings);
  });
}

/** An outage with the times and the share of its pattern where it doesn't set its own. */
export function withPatternDefaults(written: SharedOutageSettings): SharedOutageSettings {
  const named = written.pattern === undefined ? {} : sharedOutagePattern(written.pattern);
  // set times take the place of the pattern's random ones
  const between = written.at === undefined ? {} : { between: undefined };
  return { share: 1, ...named, ...withoutMissing(written), ...between };
}

/** The scenario's bugs of clients. */
export function bugPlans(scenario: Scenario): readonly CausePlan[] {
  return Object.entries(scenario.stress.bugs).map(
    ([name, settings]) => new CausePlan(scenario, `bugs.${name}`, { ...settings, announced: false }),
  );
}

/** The surges of a workload. */
export function surgesOf(scenario: Scenario, workload: string): readonly Surge[] {
  return Object.entries(scenario.workload[workload]!.arrivals.surges).map(([name, settings]) => ({
    name,
    spans: spansOf(new KeyedDraw(`${scenario.seed}/workload/${workload}/surge/${name}`), settings),
    factor: settings.factor,
  }));
}

type When = Pick<SharedOutageSettings, 'at' | 'between' | 'for'> | SurgeSettings;

/** Spans at set times, or drawn; the schema has seen to it that one of the two is there, and how long they last. */
function spansOf(draw: KeyedDraw, { at, between, for: lasting }: When): Spans {
  return at === undefined ? drawnSpans(draw, between!, lasting!) : scheduledSpans(draw, at, lasting!);
}

function withoutMissing<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}
