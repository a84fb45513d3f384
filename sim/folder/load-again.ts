import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { type LoadedScenario, type LoadOptions, loadWritten } from '../scenario/load.js';
import { type PluginOptions, withPlugins } from '../scenario/plugins/with-plugins.js';
import { Registry } from '../scenario/schema/registry.js';
import { plainSource } from '../scenario/text/plain-source.js';
import type { Source } from '../scenario/text/source.js';
import type { Manifest } from './manifest.js';

/**
 * The scenario of the manifest, and those that it was compared to; their traces and plugins lie where they lay for the
 * run, as seen from the working directory. Throws InvalidInput for a plugin whose code is another, which isn't run.
 */
export function loadAgain(manifest: Manifest, folder: string, options: LoadOptions): LoadedScenario {
  const path = join(folder, 'manifest.json');
  const compared = manifest.compared.map(({ expectations, ...other }) => ({
    expectations,
    source: sourceOf(other, path),
    pluginMarks: other.plugins,
  }));
  return loadWritten(sourceOf(manifest, path), { ...options, pluginMarks: manifest.plugins }, compared);
}

/** What a manifest says of a scenario. */
export type Recorded = Pick<Manifest, 'scenarioFile' | 'scenario' | 'question' | 'plugins'>;

/** How a folder is read. */
export interface ReadOptions extends Pick<PluginOptions, 'allowPaths' | 'onPlugin'> {
  /** What its scenario can name besides what its plugins define; default: what the package has. */
  readonly registry?: Registry;
}

/** What a manifest's scenario can name; runs its plugins, and throws InvalidInput for one whose code is another. */
export function registryOf(run: Recorded, path: string, { registry, ...options }: ReadOptions): Registry {
  const source = sourceOf(run, path);
  return withPlugins(registry ?? Registry.builtIn(), source, source.file, options, run.plugins).registry;
}

function sourceOf(run: Omit<Recorded, 'plugins'>, path: string): Source {
  const beside = dirname(resolve(run.scenarioFile));
  const way = relative(process.cwd(), beside);
  // A manifest may come from anywhere, and what it names must not open other folders.
  const isInside = !isAbsolute(way) && !way.startsWith('..') && existsSync(beside);
  const source = plainSource(run.scenario, path, run.question);
  return { ...source, file: isInside ? run.scenarioFile : path };
}
