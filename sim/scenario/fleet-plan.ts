import { type Distribution, exponential, lognormal, weibull } from '../engine/distributions.js';
import { KeyedDraw } from '../engine/random-stream.js';
import type { CohortPlan } from '../model/definition.js';
import { RunningAtOutage } from '../model/machines.js';
import { alwaysUp, type OutageProcess, RenewalOutages, ReplayedOutages } from '../model/outages.js';
import { Purpose } from '../model/purposes.js';
import { strategyNamed } from '../strategies/index.js';
import { catalogue, type HardwareEntry } from './catalogue.js';
import type { CohortSettings, Scenario } from './schema.js';
import type { FleetTrace } from './traces/trace.js';

const hour = 3_600;

/**
 * Named outage patterns. `heavy-tailed` sessions are the Weibull maximum-likelihood fit to 5,982 provider sessions of
 * a decentralised compute network in January 2019 (shape 0.616, scale 15.91 h); its outages, median 30 min with σ 1,
 * and `exponential` (mean time to failure 7 d, to repair 1 h) are this project's assumptions.
 */
export function outagePattern(name: string): { up: Distribution; down: Distribution } | null {
  if (name === 'heavy-tailed') return { up: weibull(0.616, 15.91 * hour), down: lognormal(0.5 * hour, 1) };
  if (name === 'exponential') return { up: exponential(168 * hour), down: exponential(hour) };
  return null;
}

/** Cumulated shares of the regions of a network, in their order. */
export function cumulatedShares(
  scenario: Scenario,
  mixture: Readonly<Record<string, number>> | undefined,
): readonly number[] {
  const sets = catalogue().regionSets;
  const network = sets[scenario.network]!;
  const shares = network.regions.map(() => 0);
  for (const [name, share] of Object.entries(mixture ?? { [scenario.network]: 1 })) {
    const set = sets[name];
    if (set === undefined) shares[network.regions.indexOf(name)]! += share;
    else
      for (const [index, region] of set.regions.entries())
        shares[network.regions.indexOf(region)]! += share * set.shares[index]!;
  }
  let sum = 0;
  return shares.map((share) => {
    sum += share;
    return sum;
  });
}

/** The row in which cumulated shares pass a uniform value. */
function place(cumulated: readonly number[], uniform: number): number {
  let row = 0;
  while (row < cumulated.length - 1 && uniform >= cumulated[row]!) row++;
  return row;
}

/**
 * What a cohort's machines and identities are like: every value a pure function of seed, cohort name and ordinal, so
 * that it is the same whatever else the scenario holds.
 */
export class FleetPlan {
  readonly name: string;
  readonly settings: CohortSettings;
  readonly draw: KeyedDraw;
  /** Declared identities. */
  readonly nodes: number;
  readonly shape: CohortPlan;
  readonly outages: OutageProcess;
  readonly runningAtOutage: RunningAtOutage;
  readonly announcesOutages: boolean;
  readonly #hardwareNames: readonly string[];
  readonly #hardwareShares: readonly number[];
  readonly #regionShares: readonly number[];
  readonly #trace: FleetTrace | undefined;

  constructor(scenario: Scenario, name: string, trace: FleetTrace | undefined) {
    const settings = scenario.fleet[name]!;
    this.name = name;
    this.settings = settings;
    this.draw = new KeyedDraw(`${scenario.seed}/cohort/${name}`);
    this.nodes = trace === undefined ? settings.nodes! : trace.names.length;
    this.shape = strategyNamed(settings.strategy.kind).plan(settings.strategy, this.nodes);
    this.#trace = trace;
    const { outages } = settings;
    if (trace !== undefined) {
      this.outages = new ReplayedOutages(trace.offsets, trace.starts, trace.ends);
      this.announcesOutages = settings.trace!.sessionEnd === 'announced';
      this.runningAtOutage = RunningAtOutage.lose;
    } else {
      const renewal = typeof outages === 'string' ? outagePattern(outages) : outages;
      this.outages = renewal === null ? alwaysUp : new RenewalOutages(this.draw, renewal.up, renewal.down);
      this.announcesOutages = typeof outages !== 'string' && outages.announced;
      this.runningAtOutage = typeof outages === 'string' ? RunningAtOutage.lose : RunningAtOutage[outages.running];
    }
    const mixture = Object.entries(settings.hardware);
    let sum = 0;
    this.#hardwareNames = mixture.map(([hardware]) => hardware);
    this.#hardwareShares = mixture.map(([, share]) => {
      sum += share;
      return sum;
    });
    this.#regionShares = cumulatedShares(scenario, settings.regions);
  }

  hardwareName(machine: number): string {
    return this.#hardwareNames[place(this.#hardwareShares, this.draw.uniform(machine, 0, Purpose.hardware))]!;
  }

  hardware(machine: number): HardwareEntry {
    return catalogue().hardware[this.hardwareName(machine)]!;
  }

  region(machine: number): number {
    return place(this.#regionShares, this.draw.uniform(machine, 0, Purpose.region));
  }

  /** Relative to the reference card. */
  throughput(machine: number): number {
    const { throughput } = this.settings;
    if (throughput === undefined) return this.hardware(machine).throughput;
    return throughput.quantile(this.draw.uniform(machine, 0, Purpose.throughput));
  }

  quality(machine: number): number {
    return this.settings.quality ?? 1 - this.hardware(machine).faultProbability;
  }

  completion(machine: number): number {
    return this.#trace === undefined ? this.settings.completion : this.#trace.completion[machine]!;
  }

  isPublic(node: number): boolean {
    return this.draw.uniform(node, 0, Purpose.publicAddress) < this.settings.publicAddress;
  }

  /** [s]; Infinity for a node that never comes. */
  joinsAt(node: number): number {
    if (this.#trace !== undefined) return this.#trace.joinAt[node]!;
    const { at, over } = this.settings.joins;
    return over === 0 ? at : at + over * this.draw.uniform(node, 0, Purpose.join);
  }

  /** [s]; Infinity for a node that stays. */
  leavesAt(node: number): number {
    const { leaves } = this.settings;
    if (leaves === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(this.joinsAt(node), leaves.at + leaves.over * this.draw.uniform(node, 0, Purpose.leave));
  }
}
