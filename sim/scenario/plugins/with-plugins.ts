import { dirname, resolve } from 'node:path';
import type { Registry } from '../schema/registry.js';
import { type Fault, InvalidInput, toFound } from '../text/faults.js';
import { OVERRIDES_FILE, type Source } from '../text/source.js';
import { loadPlugin, registryWith } from './load-plugin.js';
import { allowedFile, isSameCode, type PluginFile, type PluginMark, pluginEndings, readPlugin } from './plugin-file.js';

/** How a scenario’s plugins are found, and whether they are run. */
export interface PluginOptions {
  /** Folders that they may lie in, besides the scenario’s own and the working directory. */
  readonly allowPaths?: readonly string[];
  /** False refuses a scenario that has any, and runs none of their code. */
  readonly withPlugins?: boolean;
  /** Told of each plugin before its code runs, the first time in this process. */
  readonly onPlugin?: (plugin: PluginFile) => void;
  /** The only files that may be plugins, found by their code and not by their paths: a worker’s own. */
  readonly pluginFiles?: readonly string[];
}

interface WithPlugins {
  readonly registry: Registry;
  readonly plugins: readonly PluginFile[];
}

/** By registry and files: the same value for the same plugins, as what is made of it is kept. */
const made = new WeakMap<Registry, Map<string, Registry>>();

/**
 * The registry with what the scenario’s `plugins` define, whose code runs; throws InvalidInput, at the place of its
 * name, for one that isn’t there, that lies elsewhere, that is other code than it must be, or that defines nothing.
 *
 * @param marks what their code must be, in the order of the scenario’s list, where that is known
 */
export function withPlugins(
  base: Registry,
  source: Source,
  file: string,
  options: PluginOptions,
  marks: readonly PluginMark[] = [],
): WithPlugins {
  const { plugins: written } = source.value as { readonly plugins?: unknown };
  // what is no list of texts is told by the check
  const names = Array.isArray(written) ? written.filter((name): name is string => typeof name === 'string') : [];
  let registry = base;
  const plugins: PluginFile[] = [];
  const faults: Fault[] = [];
  for (const [place, name] of names.entries()) {
    try {
      const folder = dirname(resolve(file));
      const must = marks[place];
      const path = pathOf(name, place, source, folder, options, must);
      // before any of it runs
      if (must !== undefined && !isSameCode(must, readPlugin(path, folder))) {
        throw refusal('the code that was run', 'a changed file');
      }
      const loaded = loadPlugin(path, folder, options.onPlugin);
      plugins.push(loaded.file);
      registry = kept(registry, path, () => registryWith(registry, loaded));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(placed(fault, name, place, source));
    }
  }
  if (faults.length > 0) throw new InvalidInput(faults);
  return { registry, plugins };
}

function kept(registry: Registry, path: string, make: () => Registry): Registry {
  const known = made.get(registry) ?? new Map<string, Registry>();
  made.set(registry, known);
  const found = known.get(path) ?? make();
  known.set(path, found);
  return found;
}

function pathOf(
  name: string,
  place: number,
  source: Source,
  folder: string,
  options: PluginOptions,
  mark: PluginMark | undefined,
): string {
  const { allowPaths = [], pluginFiles, withPlugins: isWanted = true } = options;
  if (!isWanted) throw refusal('no plugin, as its code isn’t to be run here', toFound(name));
  if (!pluginEndings.some((ending) => name.endsWith(ending))) {
    throw refusal(`a module that ends in ${pluginEndings.join(', ')}`, toFound(name));
  }
  if (pluginFiles !== undefined) return ownFile(pluginFiles, mark, folder);
  const stated = source.position(['plugins', String(place)])?.file;
  const beside = stated === undefined || stated === OVERRIDES_FILE ? folder : dirname(resolve(stated));
  const allowed = allowPaths.map((each) => resolve(each));
  const roots = [folder, process.cwd(), ...allowed];
  const path = allowedFile(name, [beside, ...roots], roots);
  if (path === null) {
    const given = allowed.length === 0 ? '' : ` (${allowed.join(', ')})`;
    const places = `the scenario’s folder (${folder}), the working directory (${process.cwd()})`;
    throw refusal(`a module in ${places} or a folder given by --allow-path${given}`, toFound(name));
  }
  return path;
}

/**
 * Refuses what has plugins that aren't among a worker's own files, before anything of it runs; throws InvalidInput,
 * which names the first.
 */
export function requireOwn(files: readonly string[], marks: readonly PluginMark[]): void {
  for (const mark of marks) ownFile(files, mark, process.cwd());
}

/** The worker’s own file that has the code; where the scenario says that it lies isn’t looked at. */
function ownFile(files: readonly string[], mark: PluginMark | undefined, folder: string): string {
  const found = files.find((path) => mark !== undefined && isSameCode(mark, readPlugin(resolve(path), folder)));
  if (found !== undefined) return resolve(found);
  const named = mark === undefined ? 'a plugin' : `${mark.file} (SHA-256 ${mark.sha256.slice(0, 16)}…)`;
  throw refusal('a plugin that this worker was given by --plugin', named);
}

function placed(fault: Fault, name: string, place: number, source: Source): Fault {
  const position = source.position(['plugins', String(place)]);
  const path = `plugins.${place}${fault.path === '' ? '' : `: ${fault.path}`}`;
  return {
    ...(position === undefined ? {} : { position }),
    ...fault,
    path,
    why: [`in ${name}`, fault.why].filter((part) => part !== undefined).join(': '),
  };
}

function refusal(expected: string, found: string): InvalidInput {
  return new InvalidInput([{ path: '', expected, found }]);
}
