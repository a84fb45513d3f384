import { multiFactor } from './multi-factor.js';
import { roundRobin } from './round-robin.js';
import { stakeWeighted } from './stake-weighted.js';
import { uniform } from './uniform.js';
import { weightedRandom } from './weighted-random.js';

/** The assignment policies that scenarios can name. */
export const assignmentPolicies = [uniform, roundRobin, weightedRandom, stakeWeighted, multiFactor] as const;
