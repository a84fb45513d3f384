import type { z } from 'zod';
import type { AssignmentContext, MechanismContext, StrategyContext, VerificationContext } from './context.js';
import type {
  AssignmentPolicy,
  ReputationModel,
  RewardRule,
  SlashingRule,
  Strategy,
  VerificationScheme,
} from './roles.js';

/** A mechanism as a registry lists it: its name in scenarios, its settings with their documentation, its maker. */
export interface Definition<Role, Context, Settings extends { readonly kind: string } = { readonly kind: string }> {
  readonly kind: string;
  /** One sentence for lists and the scenario reference. */
  readonly meaning: string;
  readonly settings: z.ZodType<Settings>;
  create(settings: Settings, context: Context): Role;
}

/** What a strategy's cohort looks like before the first event. */
export interface CohortPlan {
  /** True machines behind the cohort's identities. */
  readonly machines: number;
  /** True operators. */
  readonly operators: number;
  /** True if each identity claims an operator of its own. */
  readonly hidesOperator: boolean;
  /** Identities that it can come to have, those of the start included. */
  readonly identitiesMost: number;
}

/** A strategy as the registry lists it. */
export interface StrategyDefinition<Settings extends { readonly kind: string } = { readonly kind: string }> {
  readonly kind: string;
  readonly meaning: string;
  readonly isAttacker: boolean;
  readonly settings: z.ZodType<Settings>;
  plan(settings: Settings, nodes: number): CohortPlan;
  /** One object a cohort: its members share what it remembers. */
  create(settings: Settings, context: StrategyContext, cohort: number): Strategy;
}

/** Keeps the settings' type between schema and `create`, for one role. */
function definer<Role, Context>() {
  return <Settings extends { readonly kind: string }>(
    definition: Definition<Role, Context, Settings>,
  ): Definition<Role, Context, Settings> => definition;
}

export const defineAssignmentPolicy = definer<AssignmentPolicy, AssignmentContext>();
export const defineVerificationScheme = definer<VerificationScheme, VerificationContext>();
export const defineReputationModel = definer<ReputationModel, MechanismContext>();
export const defineSlashingRule = definer<SlashingRule, MechanismContext>();
export const defineRewardRule = definer<RewardRule, MechanismContext>();

export function defineStrategy<Settings extends { readonly kind: string }>(
  definition: StrategyDefinition<Settings>,
): StrategyDefinition<Settings> {
  return definition;
}
