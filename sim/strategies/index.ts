import { adaptiveOver } from './composed/adaptive.js';
import { mixtureOver } from './composed/mixture.js';
import { phasesOver } from './composed/phases.js';
import { equivocate } from './equivocate.js';
import { honest } from './honest.js';
import { geoSpoof } from './identities/geo-spoof.js';
import { hardwareSpoof } from './identities/hardware-spoof.js';
import { slowSwarm } from './identities/slow-swarm.js';
import { sybilSplit } from './identities/sybil-split.js';
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
import { plagiarise } from './lies/plagiarise.js';
import { reputationLag } from './lies/reputation-lag.js';
import { valueImbalance } from './lies/value-imbalance.js';
import { bidder } from './market/bidder.js';
import { cartel } from './market/cartel.js';
import { cherryPicking } from './market/cherry-picking.js';
import { griefingClient } from './market/griefing-client.js';
import { rational } from './rational.js';
import { sabotage } from './sabotage.js';
import { badMouthing } from './witnesses/bad-mouthing.js';
import { ballotStuffing } from './witnesses/ballot-stuffing.js';
import { bribery } from './witnesses/bribery.js';
import { eclipse } from './witnesses/eclipse.js';
import { falseChallenge } from './witnesses/false-challenge.js';
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
  cartel,
  cherryPicking,
  collusionRing,
  eclipse,
  equivocate,
  exitScam,
  falseChallenge,
  geoSpoof,
  griefingClient,
  hardwareSpoof,
  lazy,
  lazyAttester,
  onOff,
  plagiarise,
  rational,
  reporterCollusion,
  reputationLag,
  sabotage,
  slowSwarm,
  spies,
  sybilSplit,
  sybilSwarm,
  valueImbalance,
  washTrading,
  whitewash,
] as const;

const phases = phasesOver(simple);
const adaptive = adaptiveOver(simple);

/** The strategies that cohorts can name. */
export const strategies = [...simple, phases, adaptive, mixtureOver([...simple, phases, adaptive])] as const;
