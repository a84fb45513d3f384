import type { MechanismContext } from '../../model/contract/context.js';
import type { Definition } from '../../model/contract/definition.js';
import type { RewardRule } from '../../model/contract/roles.js';
import { feeSplit } from './fee-split.js';

/** The reward rules that scenarios can name. */
export const rewardRules = [feeSplit] as const;

/** The one named `kind`; the schema has checked that it exists. */
export function rewardRuleNamed(kind: string): Definition<RewardRule, MechanismContext> {
  const found = rewardRules.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`expected one of the reward rules, found ${kind}`);
  return found as unknown as Definition<RewardRule, MechanismContext>;
}
