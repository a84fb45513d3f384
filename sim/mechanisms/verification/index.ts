import type { Definition } from '../../model/definition.js';
import type { VerificationScheme } from '../../model/roles.js';

import { none } from './none.js';
import { peerAttestation } from './peer-attestation.js';
import { recompute } from './recompute.js';

/** The verification schemes that scenarios can name. */
export const verificationSchemes = [none, peerAttestation, recompute] as const;

/** The one named `kind`; the schema has checked that it exists. */
export function verificationSchemeNamed(kind: string): Definition<VerificationScheme> {
  const found = verificationSchemes.find((entry) => entry.kind === kind);
  if (found === undefined) throw new Error(`expected one of the verification schemes, found ${kind}`);
  return found as unknown as Definition<VerificationScheme>;
}
export { list } from './list.js';
