import { assignmentPolicies } from '../../mechanisms/assignment/index.js';
import { reputationModels } from '../../mechanisms/reputation/index.js';
import { rewardRules } from '../../mechanisms/rewards/index.js';
import { slashingRules } from '../../mechanisms/slashing/index.js';
import { list, verificationSchemes } from '../../mechanisms/verification/index.js';
import type { CohortPlan } from '../../model/contract/cohorts/cohort-plan.js';
import type {
  AssignmentContext,
  MechanismContext,
  RewardContext,
  VerificationContext,
} from '../../model/contract/context.js';
import type { Definition, Outline, Remark, StrategyDefinition } from '../../model/contract/definition.js';
import type {
  AssignmentPolicy,
  ReputationModel,
  RewardRule,
  SlashingRule,
  VerificationScheme,
} from '../../model/contract/roles.js';
import { strategies } from '../../strategies/index.js';
import { type Fault, InvalidInput } from '../text/faults.js';

/** What scenarios can name, by the setting that names it. */
export interface Registered {
  readonly assignment: readonly Definition<AssignmentPolicy, AssignmentContext>[];
  readonly verification: readonly Definition<VerificationScheme, VerificationContext>[];
  readonly reputation: readonly Definition<ReputationModel, MechanismContext>[];
  readonly slashing: readonly Definition<SlashingRule, MechanismContext>[];
  readonly rewards: readonly Definition<RewardRule, RewardContext>[];
  readonly strategy: readonly StrategyDefinition[];
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
  readonly registered: Registered;

  private constructor(registered: Registered) {
    this.registered = registered;
  }

  /** Those of the package; the same value at each call. */
  static builtIn(): Registry {
    Registry.#builtIn ??= new Registry({
      assignment: assignmentPolicies,
      verification: verificationSchemes,
      reputation: reputationModels,
      slashing: slashingRules,
      rewards: rewardRules,
      strategy: strategies,
    });
    return Registry.#builtIn;
  }

  /** These and some more; throws InvalidInput for a kind that is there already. */
  with(more: Partial<Registered>): Registry {
    const { registered } = this;
    const faults: Fault[] = [];
    const joined = Object.entries(more).map(([role, added]) => {
      const there = registered[role as keyof Registered];
      const known = new Set(there.map(({ kind }) => kind)).add(list.kind);
      for (const { kind } of added) {
        if (known.has(kind)) faults.push({ path: `registry.${role}`, expected: 'a kind of its own', found: kind });
        known.add(kind);
      }
      return [role, [...there, ...added]];
    });
    if (faults.length > 0) throw new InvalidInput(faults);
    return new Registry({ ...registered, ...Object.fromEntries(joined) });
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
  strategyRemarks(strategy: StrategySettings, outline: Outline, nodes: number): readonly Remark[] {
    return this.entry('strategy', strategy.kind).remarks?.(strategy, outline, nodes) ?? [];
  }

  /** Who stands behind a cohort with this strategy that declares so many identities or has room for them. */
  cohortPlan(strategy: StrategySettings, identities: number): CohortPlan {
    return this.entry('strategy', strategy.kind).plan(strategy, identities);
  }

  /** Whether nodes with this strategy can come to ask for less than the whole fee. */
  isBidding(strategy: StrategySettings): boolean {
    return this.entry('strategy', strategy.kind).bids?.(strategy) ?? false;
  }

  /** Whether a cohort's operators mean harm: by their strategy, or as members of an attack. */
  isAttackers({ strategy, attack }: { readonly strategy: StrategySettings; readonly attack?: string | undefined }) {
    return attack !== undefined || this.entry('strategy', strategy.kind).isAttacker;
  }
}
