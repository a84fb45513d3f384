import { assignmentPolicyNamed } from '../../mechanisms/assignment/index.js';
import { reputationModelNamed } from '../../mechanisms/reputation/index.js';
import { rewardRuleNamed } from '../../mechanisms/rewards/index.js';
import { slashingRuleNamed } from '../../mechanisms/slashing/index.js';
import { verificationSchemeNamed } from '../../mechanisms/verification/index.js';
import type { CohortPlan, Definition, Outline, Remark } from '../../model/contract/definition.js';
import { strategyNamed } from '../../strategies/index.js';

const registries = {
  assignment: assignmentPolicyNamed,
  verification: verificationSchemeNamed,
  reputation: reputationModelNamed,
  slashing: slashingRuleNamed,
  rewards: rewardRuleNamed,
} as const;

/** The roles in a protocol, by the setting that names who fills them. */
export type ProtocolRole = keyof typeof registries;
export const protocolRoles = Object.keys(registries) as readonly ProtocolRole[];

/** What is declared of a mechanism, whatever its role. */
export type Declared = Omit<Definition<unknown, never, StrategySettings>, 'create'>;

/** The mechanism of the role; the schema has checked that it exists. */
export function mechanismNamed(role: ProtocolRole, kind: string): Declared {
  return registries[role](kind);
}

/** What of a cohort's strategy is in vain in such a network. */
export function strategyRemarks(strategy: StrategySettings, outline: Outline, nodes: number): readonly Remark[] {
  return strategyNamed(strategy.kind).remarks?.(strategy, outline, nodes) ?? [];
}

interface StrategySettings {
  readonly kind: string;
}

/** The machines, operators and identities of a cohort with this strategy that declares so many nodes. */
export function cohortPlan(strategy: StrategySettings, nodes: number): CohortPlan {
  return strategyNamed(strategy.kind).plan(strategy, nodes);
}

/** Whether nodes with this strategy can come to ask for less than the whole fee. */
export function isBidding(strategy: StrategySettings): boolean {
  return strategyNamed(strategy.kind).bids?.(strategy) ?? false;
}

/** Whether operators with this strategy mean harm. */
export function isAttackers({ kind }: StrategySettings): boolean {
  return strategyNamed(kind).isAttacker;
}
