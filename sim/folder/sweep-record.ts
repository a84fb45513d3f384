import { join } from 'node:path';
import type { Registry } from '../scenario/schema/registry.js';
import { type Scenario, scenarioSchema } from '../scenario/schema/scenario-schema.js';
import { checkSource } from '../scenario/text/check.js';
import { plainSource } from '../scenario/text/plain-source.js';
import { type ReadOptions, registryOf } from './load-again.js';
import { checkTables, openTables, type RunRecord } from './run-record.js';
import { readSweepManifest, type SweepManifest } from './sweep-manifest.js';

/** A sweep as its folder tells it: the manifest and the tables, and nothing else. */
export interface SweepRecord extends Pick<RunRecord, 'folder' | 'table' | 'hasTable'> {
  readonly manifest: SweepManifest;
  /** As it stands, before what is varied is laid over it. */
  readonly scenario: Scenario;
}

/** Opens the folder of a finished sweep, and holds every table against its hash; throws InvalidInput as `readRun`. */
export function readSweep(folder: string, options: ReadOptions = {}): SweepRecord {
  const manifest = readSweepManifest(folder);
  checkTables(folder, manifest.files, 'sweep');
  return openSweep(folder, manifest, registryOf(manifest, join(folder, 'manifest.json'), options));
}

/** The same for a folder that was written just now, by a scenario whose kinds are of the registry. */
export function openSweep(folder: string, manifest: SweepManifest, registry: Registry): SweepRecord {
  const source = plainSource(manifest.scenario, join(folder, 'manifest.json'), manifest.question);
  return {
    folder,
    manifest,
    scenario: checkSource(source, scenarioSchema(registry)),
    ...openTables(folder, manifest.files),
  };
}
