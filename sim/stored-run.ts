import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { refusal, toFileFault } from './file-fault.js';
import { type Manifest, manifestSchema, sha256Of } from './manifest.js';
import { packageName, packageVersion } from './package.js';
import { plainSource } from './plain-source.js';
import { checkSource } from './scenario/check.js';
import { type LoadedScenario, loadWritten } from './scenario/load.js';

/** Reads and checks a run's manifest; throws InvalidInput for one that is missing, malformed or another version's. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, 'manifest.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw toFileFault(error, path, 'the manifest of a run');
  }
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refusal(path, 'JSON', error.message);
  }
  const { engine } = (written ?? {}) as { engine?: { name?: unknown; version?: unknown } };
  // Said first, because another version's manifest may well have another form.
  const isOther = engine?.name === packageName && engine.version !== packageVersion();
  if (isOther) throw refusal(path, `a run of ${packageName} ${packageVersion()}`, `one of version ${engine.version}`);
  const manifest = checkSource(plainSource(written, path, ''), manifestSchema);
  const hash = sha256Of(JSON.stringify(manifest.scenario));
  if (hash !== manifest.scenarioSha256) throw refusal(path, 'the scenario that was run', 'an edited one');
  return manifest;
}

/** The scenario of the manifest; its traces lie where they lay for the run, as seen from the working directory. */
export function loadAgain(manifest: Manifest, folder: string, allowPaths: readonly string[]): LoadedScenario {
  const beside = dirname(resolve(manifest.scenarioFile));
  const way = relative(process.cwd(), beside);
  // A manifest may come from anywhere, and what it names must not open other folders.
  const isInside = !isAbsolute(way) && !way.startsWith('..') && existsSync(beside);
  const path = join(folder, 'manifest.json');
  const source = plainSource(manifest.scenario, path, manifest.question);
  const file = isInside ? manifest.scenarioFile : path;
  return loadWritten({ ...source, file }, { allowPaths });
}
