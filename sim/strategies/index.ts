import { alwaysWrong } from './always-wrong.js';
import { bidder } from './bidder.js';
import { bribery } from './bribery.js';
import { cherryPicking } from './cherry-picking.js';
import { collusionRing } from './collusion-ring.js';
import { eclipse } from './eclipse.js';
import { equivocate } from './equivocate.js';
import { honest } from './honest.js';
import { slowSwarm } from './identities/slow-swarm.js';
import { whitewash } from './identities/whitewash.js';
import { buildThenBetray } from './lies/build-then-betray.js';
import { lazy } from './lies/lazy.js';
import { reporterCollusion } from './reporter-collusion.js';
import { sabotage } from './sabotage.js';
import { sybilSwarm } from './sybil-swarm.js';
import { washTrading } from './wash-trading.js';
import { badMouthing } from './witnesses/bad-mouthing.js';
import { ballotStuffing } from './witnesses/ballot-stuffing.js';
import { lazyAttester } from './witnesses/lazy-attester.js';

/** The strategies that cohorts can name. */
export const strategies = [
  honest,
  bidder,
  alwaysWrong,
  badMouthing,
  ballotStuffing,
  bribery,
  buildThenBetray,
  cherryPicking,
  collusionRing,
  eclipse,
  equivocate,
  lazy,
  lazyAttester,
  reporterCollusion,
  sabotage,
  slowSwarm,
  sybilSwarm,
  washTrading,
  whitewash,
] as const;
