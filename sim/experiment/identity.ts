import { createHash } from 'node:crypto';
import { type Manifest, traceFiles } from '../folder/manifest.js';
import { packageVersion } from '../package.js';
import type { LoadedScenario } from '../scenario/load.js';

/** The hash of all that an experiment's results depend on: what it runs, and this program's version. */
export function identityOf(experiment: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify({ version: packageVersion(), experiment }))
    .digest('hex');
}

/** The records that the scenario, and those that it is compared to, are replayed from, a list each. */
export function recordsOf(loaded: LoadedScenario): readonly Manifest['traces'][] {
  return [loaded, ...loaded.compared.map(({ other }) => other)].map((one) => traceFiles(one.traces));
}
