import { central } from './central.js';
import { cheapest } from './cheapest.js';
import { elected } from './elected.js';
import { hashPower } from './hash-power.js';
import { multiFactor } from './multi-factor.js';
import { roundRobin } from './round-robin.js';
import { sortition } from './sortition.js';
import { stakeWeighted } from './stake-weighted.js';
import { uniform } from './uniform.js';
import { weightedBids } from './weighted-bids.js';
import { weightedRandom } from './weighted-random.js';

/** The assignment policies that scenarios can name. */
export const assignmentPolicies = [
  uniform,
  roundRobin,
  weightedRandom,
  weightedBids,
  stakeWeighted,
  multiFactor,
  elected,
  hashPower,
  cheapest,
  sortition,
  central,
] as const;
