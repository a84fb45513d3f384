import { createHash } from 'node:crypto';
import { packageVersion } from '../package.js';

/** The hash of all that an experiment's results depend on: what it runs, and this program's version. */
export function identityOf(experiment: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify({ version: packageVersion(), experiment }))
    .digest('hex');
}
