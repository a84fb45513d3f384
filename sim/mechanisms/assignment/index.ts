import type { OracleContext } from '../../model/contract/context.js';
import type { Definition } from '../../model/contract/definition.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';
import { central } from './central.js';
import { cheapest } from './cheapest.js';
import { elected } from './elected.js';
import { hashPower } from './hash-power.js';
import { multiFactor } from './multi-factor.js';
import { roundRobin } from './round-robin.js';
import { sortition } from './sortition.js';
import { stakeWeighted } from './stake-weighted.js';
import { uniform } from './uniform.js';
import { weightedRandom } from './weighted-random.js';

/** The assignment policies that scenarios can name. */
export const assignmentPolicies = [
  uniform,
  roundRobin,
  weightedRandom,
  stakeWeighted,
  multiFactor,
  elected,
  hashPower,
  cheapest,
  sortition,
  central,
] as const;

/** The one named `kind`; the schema has checked that it exists. Who doesn't use the truth isn't to be given it. */
export function assignmentPolicyNamed(kind: string): Definition<AssignmentPolicy, OracleContext> {
  const found = assignmentPolicies.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`expected one of the assignment policies, found ${kind}`);
  return found as unknown as Definition<AssignmentPolicy, OracleContext>;
}
