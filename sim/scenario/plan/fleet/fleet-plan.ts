import { KeyedDraw } from '../../../engine/random-stream.js';
import { RunningAtOutage } from '../../../model/columns/machines.js';
import type { CohortPlan, Declarable, Look } from '../../../model/contract/cohorts/cohort-plan.js';
import { Purpose } from '../../../model/contract/purposes.js';
import { toMicroTokens } from '../../../model/contract/units.js';
import { type CohortStresses, drawStresses } from '../../../model/outside/cohort-processes.js';
import { Newcomers } from '../../../model/outside/newcomers.js';
import {
  alwaysUp,
  type OutageProcess,
  RenewalOutages,
  ReplayedOutages,
  renewalOf,
} from '../../../model/outside/outages.js';
import { catalogue, type HardwareEntry } from '../../schema/catalogue.js';
import type { CohortSettings, Scenario } from '../../schema/scenario-schema.js';
import type { FleetTrace } from '../../traces/trace.js';
import { type PlannedScenario, shapeOf } from '../planned-scenario.js';
import { roomOf } from './room.js';

/** Cumulated shares of the regions of a network, in their order. */
export function cumulatedShares(
  scenario: Pick<Scenario, 'network'>,
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
  return cumulated(shares);
}

function cumulated(shares: readonly number[]): readonly number[] {
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

/** An equal part of an amount, whole; the first has the remainder. */
function partOf(amount: number, place: number, parts: number): number {
  const each = Math.floor(amount / parts);
  return place === 0 ? amount - each * (parts - 1) : each;
}

/** What plans are made of. */
type Planned = Pick<PlannedScenario, 'scenario' | 'traces' | 'shapes'>;

/** What each cohort is like, in the scenario's order. */
export function fleetPlans(planned: Planned): readonly FleetPlan[] {
  return Object.keys(planned.scenario.fleet).map((name) => new FleetPlan(planned, name));
}

/**
 * What a cohort's machines and identities are like: every value a pure function of seed, cohort name and ordinal, so
 * that it is the same whatever else the scenario holds.
 */
export class FleetPlan {
  readonly name: string;
  readonly settings: CohortSettings;
  readonly draw: KeyedDraw;
  /** Identities that it declares or has room for: those from `firstNewcomer` on come as newcomers, or as it pays. */
  readonly nodes: number;
  /** Ordinal of newcomer 0. */
  readonly firstNewcomer: number;
  readonly newcomers: Newcomers | null;
  readonly shape: CohortPlan;
  readonly outages: OutageProcess;
  readonly runningAtOutage: RunningAtOutage;
  readonly announcesOutages: boolean;
  readonly stresses: CohortStresses;
  readonly #hardwareNames: readonly string[];
  readonly #hardwareShares: readonly number[];
  readonly #regionShares: readonly number[];
  readonly #providers: readonly string[];
  readonly #providerShares: readonly number[];
  readonly #declarable: Declarable;
  readonly #trace: FleetTrace | undefined;
  #entries: Float64Array | undefined;
  /**
   * When the records end that it is replayed from, and whoever of its nodes is left leaves [s]; Infinity if the run
   * doesn't outlast them, or without any.
   */
  readonly recordsEndAt: number;

  constructor(planned: Planned, name: string) {
    const { scenario, traces } = planned;
    const settings = scenario.fleet[name]!;
    const trace = traces.get(name);
    this.name = name;
    this.settings = settings;
    this.draw = new KeyedDraw(`${scenario.seed}/cohort/${name}`);
    const { newcomers } = settings.joins;
    this.newcomers = newcomers === undefined ? null : new Newcomers(this.draw, newcomers, scenario.horizon);
    const room = roomOf(settings, scenario.horizon);
    const declared = trace === undefined ? settings.nodes! : trace.names.length;
    this.shape = shapeOf(planned, name, declared + room);
    this.nodes = this.shape.identities;
    this.firstNewcomer = this.nodes - room;
    this.#trace = trace;
    const { hardware, regionSets } = catalogue();
    this.#declarable = { hardware, regions: regionSets[scenario.network]!.regions };
    const recordsEnd = trace?.endSeconds ?? Number.POSITIVE_INFINITY;
    this.recordsEndAt = recordsEnd < scenario.horizon ? recordsEnd : Number.POSITIVE_INFINITY;
    const { outages } = settings;
    if (trace !== undefined) {
      this.outages = new ReplayedOutages(trace);
      this.announcesOutages = settings.trace!.sessionEnd === 'announced';
      this.runningAtOutage = RunningAtOutage.lose;
    } else {
      const renewal = renewalOf(outages);
      this.outages = renewal === null ? alwaysUp : new RenewalOutages(this.draw, renewal.up, renewal.down);
      this.announcesOutages = typeof outages !== 'string' && outages.announced;
      this.runningAtOutage = typeof outages === 'string' ? RunningAtOutage.lose : RunningAtOutage[outages.running];
    }
    this.stresses = drawStresses(this.draw, settings);
    const mixture = Object.entries(settings.hardware);
    this.#hardwareNames = mixture.map(([hardware]) => hardware);
    this.#hardwareShares = cumulated(mixture.map(([, share]) => share));
    const providers = Object.entries(settings.providers ?? {});
    this.#providers = providers.map(([provider]) => provider);
    this.#providerShares = cumulated(providers.map(([, share]) => share));
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

  /** Hosting provider; undefined for a machine that stands alone. */
  provider(machine: number): string | undefined {
    const point = this.draw.uniform(machine, 0, Purpose.provider);
    const index = this.#providerShares.findIndex((share) => point < share);
    return this.#providers[index];
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

  /** What is true of a machine; of numbers that the cohort hasn't got, what one more would be like. */
  lookOf(machine: number): Look {
    return {
      hardware: this.hardwareName(machine),
      region: this.region(machine),
      throughput: this.throughput(machine),
      slots: this.settings.slots ?? this.hardware(machine).slots,
    };
  }

  /**
   * What an identity says of its machine.
   * @param identity those that enter later are counted on from `nodes`
   */
  declaredBy(identity: number, machine: number): Look {
    const { declares } = this.shape;
    return declares?.(identity, machine, (other) => this.lookOf(other), this.#declarable) ?? this.lookOf(machine);
  }

  /** Below the share of machines whose trusted hardware is broken, if this one's is. */
  trustedHardware(machine: number): number {
    return this.draw.uniform(machine, 0, Purpose.trustedHardware);
  }

  isPublic(node: number): boolean {
    const ordinal = this.shape.reachableAs?.(node) ?? node;
    return this.draw.uniform(ordinal, 0, Purpose.publicAddress) < this.settings.publicAddress;
  }

  /** [micro-tokens] */
  stakeOf(node: number): number {
    return this.shape.stakeOf?.(node) ?? toMicroTokens(this.settings.stake);
  }

  /** What the operator has beyond its identities' first stakes and fees [micro-tokens]; the first has the remainder. */
  fundsOf(operator: number): number {
    const { fundsOf, operators } = this.shape;
    if (fundsOf !== undefined) return fundsOf(operator);
    return partOf(toMicroTokens(this.settings.funds), operator, operators);
  }

  /** What the operator has in the bond currency, if there is one [micro-tokens]. */
  bondFundsOf(operator: number): number {
    return partOf(toMicroTokens(this.settings.bondFunds), operator, this.shape.operators);
  }

  /** When the first of the machine's identities means to join [s]. */
  entryOf(machine: number): number {
    if (this.#entries === undefined) {
      this.#entries = new Float64Array(this.shape.machines).fill(Number.POSITIVE_INFINITY);
      for (let node = 0; node < this.nodes; node++) {
        const own = this.shape.machineOf(node);
        this.#entries[own] = Math.min(this.#entries[own]!, this.joinsAt(node));
      }
    }
    return this.#entries[machine]!;
  }

  /** [s]; Infinity for a node that never comes. */
  joinsAt(node: number): number {
    if (this.shape.joinsAt !== undefined) return this.shape.joinsAt(node);
    if (this.#trace !== undefined) return this.#trace.joinAt[node]!;
    // who comes as it pays comes at no set time
    if (node >= this.firstNewcomer) {
      return this.newcomers?.arrivesAt(node - this.firstNewcomer) ?? Number.POSITIVE_INFINITY;
    }
    const { at, over } = this.settings.joins;
    return over === 0 ? at : at + over * this.draw.uniform(node, 0, Purpose.join);
  }

  /** [s]; Infinity for a node that stays. */
  leavesAt(node: number): number {
    return Math.min(this.shape.leavesAt?.(node) ?? this.#meansToLeaveAt(node), this.recordsEndAt);
  }

  #meansToLeaveAt(node: number): number {
    const { leaves } = this.settings;
    if (leaves === undefined) return Number.POSITIVE_INFINITY;
    const uniform = this.draw.uniform(node, 0, Purpose.leave);
    const { at = 0, over = 0, after } = leaves;
    if (after !== undefined) return this.joinsAt(node) + after.quantile(uniform);
    return Math.max(this.joinsAt(node), at + over * uniform);
  }
}
