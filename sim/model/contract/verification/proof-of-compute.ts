import type { DeclaredKind } from '../findings/evidence-kinds.js';

/** Measure of a scheme that proves compute: what its last proof showed of what the node declares, 0 to 1. */
export const provenCompute = 'provenCompute';

/** What such a scheme finds of who declares more than it has. */
export const computeUnproven: DeclaredKind = {
  name: 'computeUnproven',
  meaning: 'A proof of compute showed less than the node declares',
  isFailure: true,
  isAccepted: false,
  rank: 5,
};
