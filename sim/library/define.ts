/** The public functions that define mechanisms and strategies of one's own, with the definition's shape checked. */
import * as contract from '../model/contract/definition.js';
import { below, definitionFaults, metricFaults } from '../scenario/schema/definitions/definition-faults.js';
import type { OwnMetric, Registered } from '../scenario/schema/registry.js';
import { InvalidInput } from '../scenario/text/faults.js';

/** Gives back the definition as it is; throws InvalidInput that names what it lacks. */
function checked<Define extends (definition: never) => unknown>(
  name: string,
  role: keyof Registered,
  define: Define,
): Define {
  const checkedDefine = (definition: never): unknown => {
    const faults = definitionFaults(role, definition);
    if (faults.length > 0) throw new InvalidInput(faults.map((fault) => below(`${name}: definition`, fault)));
    return define(definition);
  };
  return checkedDefine as Define;
}

/** Who gets this job? */
export const defineAssignmentPolicy = checked('defineAssignmentPolicy', 'assignment', contract.defineAssignmentPolicy);
/** How many attempts, who looks, how long, what is the verdict? */
export const defineVerificationScheme = checked(
  'defineVerificationScheme',
  'verification',
  contract.defineVerificationScheme,
);
/** What is this node's score after this evidence? */
export const defineReputationModel = checked('defineReputationModel', 'reputation', contract.defineReputationModel);
/** What does this evidence cost it? */
export const defineSlashingRule = checked('defineSlashingRule', 'slashing', contract.defineSlashingRule);
/** Who is paid what, when? */
export const defineRewardRule = checked('defineRewardRule', 'rewards', contract.defineRewardRule);
/** How does this operator's node behave? */
export const defineStrategy = checked('defineStrategy', 'strategy', contract.defineStrategy);
/** What came of a run? Gives back the metric as it is; throws InvalidInput that names what it lacks. */
export function defineMetric<M extends OwnMetric>(metric: M): M {
  const faults = metricFaults(metric);
  if (faults.length > 0) throw new InvalidInput(faults.map((fault) => below('defineMetric: metric', fault)));
  return metric;
}
