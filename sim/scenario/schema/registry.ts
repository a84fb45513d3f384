import { assignmentPolicies } from '../../mechanisms/assignment/index.js';
import { reputationModels } from '../../mechanisms/reputation/index.js';
import { rewardRules } from '../../mechanisms/rewards/index.js';
import { slashingRules } from '../../mechanisms/slashing/index.js';
import { list, verificationSchemes } from '../../mechanisms/verification/index.js';
import type { CohortPlan } from '../../model/contract/cohorts/cohort-plan.js';
import { remarkBelow } from '../../model/contract/composition/members.js';
import type {
  AssignmentContext,
  MechanismContext,
  RewardContext,
  VerificationContext,
} from '../../model/contract/context.js';
import type {
  Definition,
  Outline,
  Remark,
  Standing,
  StrategyDefinition,
  StrategyMember,
} from '../../model/contract/definition.js';
import type {
  AssignmentPolicy,
  ReputationModel,
  RewardRule,
  SlashingRule,
  VerificationScheme,
} from '../../model/contract/roles.js';
import { labelOf, metricNamed, metrics } from '../../record/metrics/index.js';
import type { CountedMetric, Metric, RunMetric } from '../../record/metrics/metric.js';
import { strategies } from '../../strategies/index.js';
import { type Fault, InvalidInput, toFound } from '../text/faults.js';
import { below, definitionFaults, metricFaults } from './definitions/definition-faults.js';
import { guarded, guardedMetric } from './definitions/guarded.js';

/** What scenarios can name, by the setting that names it. */
export interface Registered {
  readonly assignment: readonly Definition<AssignmentPolicy, AssignmentContext>[];
  readonly verification: readonly Definition<VerificationScheme, VerificationContext>[];
  readonly reputation: readonly Definition<ReputationModel, MechanismContext>[];
  readonly slashing: readonly Definition<SlashingRule, MechanismContext>[];
  readonly rewards: readonly Definition<RewardRule, RewardContext>[];
  readonly strategy: readonly StrategyDefinition[];
}

/**
 * A metric that a scenario brings: what people call it is its name in words, and over replications its mean is told, as
 * tables say no more of it.
 */
export type OwnMetric = Omit<CountedMetric, 'label' | 'isQuantile'> | Omit<RunMetric, 'label' | 'isQuantile'>;

/** What a registry can be given: kinds by the setting that names them, and metrics. */
export interface Registrable extends Partial<Registered> {
  readonly metrics?: readonly OwnMetric[];
}

/** The roles in a protocol, by the setting that names who fills them. */
export type ProtocolRole = Exclude<keyof Registered, 'strategy'>;
export const protocolRoles: readonly ProtocolRole[] = [
  'assignment',
  'verification',
  'reputation',
  'slashing',
  'rewards',
];

/** The settings of a mechanism, of which only the kind is known. */
interface KindSettings {
  readonly kind: string;
}

interface StrategySettings {
  readonly kind: string;
}

/** The mechanisms and strategies that scenarios can name: a value, which a checked scenario bears. */
export class Registry {
  static #builtIn: Registry | undefined;
  readonly #registered: Registered;
  readonly #metrics: readonly Metric[];

  private constructor(registered: Registered, all: readonly Metric[]) {
    this.#registered = registered;
    this.#metrics = all;
  }

  /** Every metric: the package's, and then those that it was given, in that order. */
  get metrics(): readonly Metric[] {
    return this.#metrics;
  }

  /** The metric of that name; throws when there is none. */
  metricNamed(name: string): Metric {
    return metricNamed(name, this.#metrics);
  }

  /** Out of reach for who goes through all that a scenario says: schemas that hold others are no part of that. */
  get registered(): Registered {
    return this.#registered;
  }

  /** Those of the package; the same value at each call. */
  static builtIn(): Registry {
    Registry.#builtIn ??= new Registry(
      {
        assignment: assignmentPolicies,
        verification: verificationSchemes,
        reputation: reputationModels,
        slashing: slashingRules,
        rewards: rewardRules,
        strategy: strategies,
      },
      metrics,
    );
    return Registry.#builtIn;
  }

  /**
   * These and some more; throws InvalidInput for what is no definition, by role, kind and what it lacks, and for a kind
   * that is there already. What they answer in a run is looked at: what can't be is an InvalidInput that names them.
   *
   * @param file the plugin that they are of, as its scenario names it
   */
  with(given: Registrable, file?: string): Registry {
    const { registered } = this;
    const { metrics: ownMetrics, ...more } = given ?? {};
    const faults: Fault[] = [];
    const roles = Object.keys(registered);
    const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
    if (!isObject) faults.push({ path: 'registry', expected: 'an object with lists by role', found: toFound(given) });
    const joined = Object.entries(isObject ? more : {}).map(([role, added]) => {
      const path = `registry.${role}`;
      const there = roles.includes(role) ? registered[role as keyof Registered] : [];
      if (!roles.includes(role))
        faults.push({ path, expected: `metrics or one of the roles ${roles.join(', ')}`, found: role });
      else if (!Array.isArray(added)) faults.push({ path, expected: 'a list of definitions', found: toFound(added) });
      if (faults.length > 0 && !Array.isArray(added)) return [role, there];
      const known = new Set(there.map(({ kind }) => kind)).add(list.kind);
      for (const [place, definition] of added.entries()) {
        const lacking = definitionFaults(role, definition);
        for (const fault of lacking) faults.push(below(`${path}.${place}`, fault));
        if (lacking.length > 0) continue;
        const { kind } = definition;
        if (known.has(kind)) faults.push({ path, expected: 'a kind of its own', found: kind });
        known.add(kind);
      }
      return [role, [...there, ...added.map((one) => (faults.length > 0 ? one : guarded(one, role as never, file)))]];
    });
    const all = this.#metricsWith(ownMetrics, file, faults);
    if (faults.length > 0) throw new InvalidInput(faults);
    return new Registry({ ...registered, ...Object.fromEntries(joined) }, all);
  }

  #metricsWith(given: unknown, file: string | undefined, faults: Fault[]): readonly Metric[] {
    if (given === undefined) return this.#metrics;
    const path = 'registry.metrics';
    if (!Array.isArray(given)) {
      faults.push({ path, expected: 'a list of metrics', found: toFound(given) });
      return this.#metrics;
    }
    const all = [...this.#metrics];
    for (const [place, metric] of given.entries()) {
      const lacking = metricFaults(metric);
      for (const fault of lacking) faults.push(below(`${path}.${place}`, fault));
      if (lacking.length > 0) continue;
      const { isQuantile: _, ...own } = metric as Metric;
      const { name } = own;
      if (all.some((one) => one.name === name)) faults.push({ path, expected: 'a name of its own', found: name });
      all.push(guardedMetric({ ...own, label: labelOf(name) } as Metric, file));
    }
    return all;
  }

  /** The mechanism or strategy of that kind; the schema has checked that it exists. */
  entry<Role extends keyof Registered>(role: Role, kind: string): Registered[Role][number] {
    const found = this.registered[role].find((one) => one.kind === kind);
    if (found === undefined) throw new Error(`expected a registered kind of ${role}, found ${kind}`);
    return found;
  }

  /** The mechanism and all that it is made of, by their settings. */
  inside(role: ProtocolRole, settings: KindSettings): readonly KindSettings[] {
    const members = this.entry(role, settings.kind).members?.(settings as never) ?? [];
    return [settings, ...members.flatMap((member) => this.inside(role, member))];
  }

  /** The same of all that a protocol names for a role. */
  allOf(role: ProtocolRole, named: KindSettings | readonly KindSettings[]): readonly KindSettings[] {
    return [named].flat().flatMap((settings) => this.inside(role, settings as KindSettings));
  }

  /** Which mechanisms these are, in words: what stays for a whole run. */
  structure(role: ProtocolRole, { kind, ...rest }: KindSettings): string {
    const entry = this.entry(role, kind);
    const settings = { kind, ...rest } as never;
    const members = entry.members?.(settings) ?? [];
    if (members.length === 0) return kind;
    const names = entry.memberNames?.(settings) ?? [];
    const words = [...names, ...members.map((member) => this.structure(role, member))];
    return `${kind} (${words.join(', ')})`;
  }

  /** What of a cohort's strategy is in vain in such a network. */
  strategyRemarks(
    strategy: StrategySettings,
    outline: Outline,
    nodes: number,
    funds: number,
    standing: Standing,
  ): readonly Remark[] {
    const own = this.entry('strategy', strategy.kind).remarks?.(strategy, outline, nodes, funds, standing) ?? [];
    const ofMembers = this.#members(strategy).flatMap((member) =>
      this.strategyRemarks(member.strategy, outline, nodes, funds, standing).map((remark) =>
        remarkBelow(member.setting, remark),
      ),
    );
    return [...own, ...ofMembers];
  }

  /** Who stands behind a cohort with this strategy that declares so many identities or has room for them. */
  cohortPlan(strategy: StrategySettings, identities: number): CohortPlan {
    return this.entry('strategy', strategy.kind).plan(strategy, identities);
  }

  /** Whether nodes with this strategy can come to ask for less than the whole fee. */
  isBidding(strategy: StrategySettings): boolean {
    return this.#isAny(strategy, (one) => this.entry('strategy', one.kind).bids?.(one) ?? false);
  }

  /** Whether nodes with this strategy can come to report other scores than they read. */
  isLyingInReports(strategy: StrategySettings): boolean {
    return this.#isAny(strategy, ({ kind }) => this.entry('strategy', kind).liesInReports === true);
  }

  /** Kinds that the strategy is made of, its own first, that mean harm, and its own whatever it means. */
  strategyKinds(strategy: StrategySettings): readonly string[] {
    const members = this.#members(strategy).flatMap((member) => this.strategyKinds(member.strategy));
    const harmful = members.filter((kind) => this.entry('strategy', kind).isAttacker);
    return [...new Set([strategy.kind, ...harmful])];
  }

  #members(strategy: StrategySettings): readonly StrategyMember[] {
    return this.entry('strategy', strategy.kind).members?.(strategy) ?? [];
  }

  /** Whether it is so of the strategy, or of one that it is made of. */
  #isAny(strategy: StrategySettings, isSo: (strategy: StrategySettings) => boolean): boolean {
    return isSo(strategy) || this.#members(strategy).some((member) => this.#isAny(member.strategy, isSo));
  }

  /** Whether nodes with this strategy can be bribed. */
  takesBribes(strategy: StrategySettings): boolean {
    return this.entry('strategy', strategy.kind).takesBribes?.(strategy) ?? false;
  }

  /** Whether a cohort's operators mean harm: by their strategy, or as members of an attack. */
  isAttackers({ strategy, attack }: { readonly strategy: StrategySettings; readonly attack?: string | undefined }) {
    return attack !== undefined || this.#isAny(strategy, ({ kind }) => this.entry('strategy', kind).isAttacker);
  }
}
