import { mixtureOver } from './composed/mixture.js';
import { phasesOver } from './composed/phases.js';
import { equivocate } from './equivocate.js';
import { honest } from './honest.js';
import { geoSpoof } from './identities/geo-spoof.js';
import { hardwareSpoof } from './identities/hardware-spoof.js';
import { slowSwarm } from './identities/slow-swarm.js';
import { sybilSwarm } from './identities/sybil-swarm.js';
import { washTrading } from './identities/wash-trading.js';
import { whitewash } from './identities/whitewash.js';
import { alwaysWrong } from './lies/always-wrong.js';
import { auditDetection } from './lies/audit-detection.js';
import { buildThenBetray } from './lies/build-then-betray.js';
import { camouflage } from './lies/camouflage.js';
import { collusionRing } from './lies/collusion-ring.js';
import { exitScam } from './lies/exit-scam.js';
import { lazy } from './lies/lazy.js';
import { onOff } from './lies/on-off.js';
import { reputationLag } from './lies/reputation-lag.js';
import { valueImbalance } from './lies/value-imbalance.js';
import { bidder } from './market/bidder.js';
import { cherryPicking } from './market/cherry-picking.js';
import { sabotage } from './sabotage.js';
import { badMouthing } from './witnesses/bad-mouthing.js';
import { ballotStuffing } from './witnesses/ballot-stuffing.js';
import { bribery } from './witnesses/bribery.js';
import { eclipse } from './witnesses/eclipse.js';
import { lazyAttester } from './witnesses/lazy-attester.js';
import { reporterCollusion } from './witnesses/reporter-collusion.js';
import { spies } from './witnesses/spies.js';

/** Strategies of one piece. */
const simple = [
  honest,
  bidder,
  alwaysWrong,
  auditDetection,
  badMouthing,
  ballotStuffing,
  bribery,
  buildThenBetray,
  camouflage,
  cherryPicking,
  collusionRing,
  eclipse,
  equivocate,
  exitScam,
  geoSpoof,
  hardwareSpoof,
  lazy,
  lazyAttester,
  onOff,
  reporterCollusion,
  reputationLag,
  sabotage,
  slowSwarm,
  spies,
  sybilSwarm,
  valueImbalance,
  washTrading,
  whitewash,
] as const;

const phases = phasesOver(simple);

/** The strategies that cohorts can name. */
export const strategies = [...simple, phases, mixtureOver([...simple, phases])] as const;
