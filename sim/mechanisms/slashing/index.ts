import type { SlashingContext } from '../../model/contract/context.js';
import type { Definition } from '../../model/contract/definition.js';
import type { SlashingRule } from '../../model/contract/roles.js';
import { correlatedOver } from './correlated.js';
import { fixed } from './fixed.js';
import { matrix } from './matrix.js';
import { none } from './none.js';
import { progressive } from './progressive.js';

const correlated = correlatedOver([progressive, fixed, matrix]);

/** The slashing rules that scenarios can name. */
export const slashingRules = [progressive, fixed, matrix, correlated, none] as const;

/** The one named `kind`; the schema has checked that it exists. */
export function slashingRuleNamed(kind: string): Definition<SlashingRule, SlashingContext> {
  const found = slashingRules.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`expected one of the slashing rules, found ${kind}`);
  return found as unknown as Definition<SlashingRule, SlashingContext>;
}
