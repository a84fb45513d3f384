import { adaptiveReplication } from './adaptive-replication.js';
import { byClassOver } from './composed/by-class.js';
import { list } from './composed/list.js';
import { consensus } from './consensus.js';
import { credibility } from './credibility.js';
import { mFirst } from './m-first.js';
import { margin } from './margin.js';
import { none } from './none.js';
import { optimistic } from './optimistic.js';
import { peerAttestation } from './peer-attestation.js';
import { proofOfCompute } from './proof-of-compute.js';
import { recompute } from './recompute.js';
import { redundancy } from './redundancy.js';
import { selfReport } from './self-report.js';
import { spotCheck } from './spot-check.js';
import { tee } from './tee.js';
import { zeroKnowledge } from './zero-knowledge.js';

const schemes = [
  none,
  selfReport,
  peerAttestation,
  redundancy,
  mFirst,
  consensus,
  margin,
  adaptiveReplication,
  spotCheck,
  credibility,
  recompute,
  optimistic,
  proofOfCompute,
  zeroKnowledge,
  tee,
] as const;

/** The verification schemes that scenarios can name. */
export const verificationSchemes = [...schemes, byClassOver(schemes, list.kind)] as const;
export { list };
