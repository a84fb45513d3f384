import { join } from 'node:path';
import type { Registry } from '../scenario/schema/registry.js';
import { type Scenario, scenarioSchema } from '../scenario/schema/scenario-schema.js';
import { checkSource } from '../scenario/text/check.js';
import { plainSource } from '../scenario/text/plain-source.js';
import { type ComparisonManifest, readComparisonManifest } from './comparison-manifest.js';
import { type ReadOptions, registryOf } from './load-again.js';
import { checkTables, openTables, type RunRecord } from './run-record.js';

/** A comparison as its folder tells it: the manifest and the tables, and nothing else. */
export interface ComparisonRecord extends Pick<RunRecord, 'folder' | 'table' | 'hasTable'> {
  readonly manifest: ComparisonManifest;
  /** Of its sides, in their order. */
  readonly scenarios: readonly Scenario[];
}

/** Opens the folder of a finished comparison, and holds every table against its hash; throws as `readRun`. */
export function readComparison(folder: string, options: ReadOptions = {}): ComparisonRecord {
  const manifest = readComparisonManifest(folder);
  checkTables(folder, manifest.files, 'comparison');
  const path = join(folder, 'manifest.json');
  const registries = manifest.sides.map((side) => registryOf(side, path, options));
  return openComparison(folder, manifest, registries);
}

/** The same for a folder that was written just now; the registries are those of its sides, in their order. */
export function openComparison(
  folder: string,
  manifest: ComparisonManifest,
  registries: readonly Registry[],
): ComparisonRecord {
  const path = join(folder, 'manifest.json');
  const scenarios = manifest.sides.map(({ scenario, question }, place) => {
    return checkSource(plainSource(scenario, path, question), scenarioSchema(registries[place]!));
  });
  return { folder, manifest, scenarios, ...openTables(folder, manifest.files) };
}
