import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { type LoadedScenario, loadWritten } from '../scenario/load.js';
import { plainSource } from '../scenario/text/plain-source.js';
import type { Manifest } from './manifest.js';

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
