import type { MechanismContext } from '../../model/contract/context.js';
import type { Definition } from '../../model/contract/definition.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { beta } from './beta.js';
import { ema } from './ema.js';
import { step } from './step.js';

/** The reputation models that scenarios can name. */
export const reputationModels = [step, ema, beta] as const;

/** The one named `kind`; the schema has checked that it exists. */
export function reputationModelNamed(kind: string): Definition<ReputationModel, MechanismContext> {
  const found = reputationModels.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`expected one of the reputation models, found ${kind}`);
  return found as unknown as Definition<ReputationModel, MechanismContext>;
}
