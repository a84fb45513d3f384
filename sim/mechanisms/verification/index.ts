import type { VerificationContext } from '../../model/contract/context.js';
import type { Definition } from '../../model/contract/definition.js';
import type { VerificationScheme } from '../../model/contract/roles.js';
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
  recompute,
  optimistic,
] as const;

/** The one named `kind`; the schema has checked that it exists. */
export function verificationSchemeNamed(kind: string): Definition<VerificationScheme, VerificationContext> {
  const found = verificationSchemes.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`expected one of the verification schemes, found ${kind}`);
  return found as unknown as Definition<VerificationScheme, VerificationContext>;
}
export { list } from './list.js';
