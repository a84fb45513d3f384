import { mixtureOver } from './composed/mixture.js';
import { phasesOver } from './composed/phases.js';
import { equivocate } from './equivocate.js';
import { honest } from './honest.js';
import { slowSwarm } from './identities/slow-swarm.js';
import { sybilSwarm } from './identities/sybil-swarm.js';
import { washTrading } from './identities/wash-trading.js';
import { whitewash } from './identities/whitewash.js';
import { alwaysWrong } from './lies/always-wrong.js';
import { buildThenBetray } from './lies/build-then-betray.js';
import { collusionRing } from './lies/collusion-ring.js';
import { lazy } from './lies/lazy.js';
import { bidder } from './market/bidder.js';
import { cherryPicking } from './market/cherry-picking.js';
import { sabotage } from './sabotage.js';
import { badMouthing } from './witnesses/bad-mouthing.js';
import { ballotStuffing } from './witnesses/ballot-stuffing.js';
import { bribery } from './witnesses/bribery.js';
import { eclipse } from './witnesses/eclipse.js';
import { lazyAttester } from './witnesses/lazy-attester.js';
import { reporterCollusion } from './witnesses/reporter-collusion.js';

/** Strategies of one piece. */
const simple = [
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

const phases = phasesOver(simple);

/** The strategies that cohorts can name. */
export const strategies = [...simple, phases, mixtureOver([...simple, phases])] as const;
