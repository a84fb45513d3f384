import { consensus } from './consensus.js';
import { mFirst } from './m-first.js';
import { none } from './none.js';
import { optimistic } from './optimistic.js';
import { peerAttestation } from './peer-attestation.js';
import { recompute } from './recompute.js';
import { redundancy } from './redundancy.js';
import { selfReport } from './self-report.js';

/** The verification schemes that scenarios can name. */
export const verificationSchemes = [
  none,
  selfReport,
  peerAttestation,
  redundancy,
  mFirst,
  consensus,
  recompute,
  optimistic,
] as const;
export { list } from './list.js';
