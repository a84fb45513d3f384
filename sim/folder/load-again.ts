import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { type LoadedScenario, loadWritten } from '../scenario/load.js';
import { plainSource } from '../scenario/text/plain-source.js';
import type { Source } from '../scenario/text/source.js';
import type { Manifest } from './manifest.js';

/**
 * The scenario of the manifest, and those that it was compared to; their traces lie where they lay for the run, as seen
 * from the working directory.
 */
export function loadAgain(manifest: Manifest, folder: string, allowPaths: readonly string[]): LoadedScenario {
  const path = join(folder, 'manifest.json');
  const compared = manifest.compared.map(({ expectations, ...other }) => ({
    expectations,
    source: sourceOf(other, path),
  }));
  return loadWritten(sourceOf(manifest, path), { allowPaths }, compared);
}

function sourceOf(run: Pick<Manifest, 'scenarioFile' | 'scenario' | 'question'>, path: string): Source {
  const beside = dirname(resolve(run.scenarioFile));
  const way = relative(process.cwd(), beside);
  // A manifest may come from anywhere, and what it names must not open other folders.
  const isInside = !isAbsolute(way) && !way.startsWith('..') && existsSync(beside);
  const source = plainSource(run.scenario, path, run.question);
  return { ...source, file: isInside ? run.scenarioFile : path };
}
