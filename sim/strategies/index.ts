import { alwaysWrong } from './always-wrong.js';
import { bidder } from './bidder.js';
import { bribery } from './bribery.js';
import { cherryPicking } from './cherry-picking.js';
import { collusionRing } from './collusion-ring.js';
import { eclipse } from './eclipse.js';
import { equivocate } from './equivocate.js';
import { honest } from './honest.js';
import { reporterCollusion } from './reporter-collusion.js';
import { sabotage } from './sabotage.js';
import { sybilSwarm } from './sybil-swarm.js';
import { washTrading } from './wash-trading.js';

/** The strategies that cohorts can name. */
export const strategies = [
  honest,
  bidder,
  alwaysWrong,
  collusionRing,
  sybilSwarm,
  washTrading,
  cherryPicking,
  bribery,
  eclipse,
  sabotage,
  equivocate,
  reporterCollusion,
] as const;
