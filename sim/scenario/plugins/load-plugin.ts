import { createRequire } from 'node:module';
import { types } from 'node:util';
import { z } from 'zod';
import { saidBy } from '../schema/definitions/guarded.js';
import type { Registrable, Registry } from '../schema/registry.js';
import { type Fault, InvalidInput, toFound } from '../text/faults.js';
import { isSameCode, type PluginFile, readPlugin } from './plugin-file.js';
import { type Toolbox, toolbox } from './toolbox.js';

/** What a plugin defines: kinds by the setting that names them, and metrics. */
export type PluginDefinitions = Registrable;

/** A plugin’s default export: its definitions, or a function that makes them of what it is handed. */
export type Plugin = PluginDefinitions | ((toolbox: Toolbox) => PluginDefinitions);

/** A module that was loaded, and what it defines. */
interface Loaded {
  readonly file: PluginFile;
  readonly defined: PluginDefinitions;
}

/** By path: a module is loaded once in a process, as Node keeps it. */
const loaded = new Map<string, Loaded>();

/**
 * Loads a plugin, which runs its code; throws InvalidInput for one that can’t be loaded, that is no plugin, or that is
 * another than this process has loaded before.
 *
 * @param beforeRun told of the code before it runs, the first time in this process
 */
export function loadPlugin(path: string, folder: string, beforeRun?: (plugin: PluginFile) => void): Loaded {
  const file = readPlugin(path, folder);
  const before = loaded.get(path);
  if (before !== undefined) {
    if (!isSameCode(before.file, file)) {
      throw refusal('the code that this process has loaded', 'a changed file', 'so that it has to be started anew');
    }
    return { file, defined: before.defined };
  }
  beforeRun?.(file);
  const defined = definitionsOf(exportOf(path));
  loaded.set(path, { file, defined });
  return { file, defined };
}

/** The registry with what the plugin defines; throws InvalidInput for what is no definition. */
export function registryWith(registry: Registry, { file, defined }: Loaded): Registry {
  for (const [role, list] of Object.entries(defined)) {
    if (role === 'metrics' || !Array.isArray(list)) continue;
    for (const definition of list) checkSettings(definition);
  }
  try {
    return registry.with(defined, file.file);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(error.faults.map((one) => ({ ...one, path: one.path.replace(/^registry\.?/, '') })));
  }
}

/** Settings must be of a form that documents can be made of, with the kind among them. */
function checkSettings(definition: unknown): void {
  const { kind, settings } = (definition ?? {}) as { readonly kind?: unknown; readonly settings?: unknown };
  if (typeof kind !== 'string' || typeof settings !== 'object' || settings === null) return;
  const { shape } = settings as {
    readonly shape?: { readonly kind?: { safeParse?(value: unknown): { success: boolean } } };
  };
  const isOwn = (value: string) => shape?.kind?.safeParse?.(value).success === true;
  if (!isOwn(kind) || isOwn(`${kind}-other`)) {
    const expected = `settings that are z.strictObject({ kind: z.literal('${kind}'), … })`;
    throw refusal(expected, 'another schema', `in the definition of ${kind}`);
  }
  try {
    z.toJSONSchema(settings as z.ZodType, { io: 'input', target: 'draft-07' });
  } catch (error) {
    throw refusal(
      'settings that a JSON Schema can describe',
      'others',
      `in the definition of ${kind}: ${saidBy(error)}`,
    );
  }
}

/** Node loads modules of both kinds at once, so that a scenario is loaded in one step. */
function exportOf(path: string): unknown {
  const stripsTypes = (process.features as { readonly typescript?: unknown }).typescript;
  if (/\.m?ts$/.test(path) && !stripsTypes) {
    throw refusal('a module in JavaScript', 'one in TypeScript', `which Node ${process.versions.node} doesn’t read`);
  }
  let found: Readonly<Record<string, unknown>>;
  try {
    found = createRequire(path)(path);
  } catch (error) {
    const { code } = (error ?? {}) as { readonly code?: unknown };
    if (code === 'ERR_REQUIRE_ASYNC_MODULE')
      throw refusal('a module that awaits nothing as it is loaded', 'one that does');
    throw refusal('a module that can be loaded', 'an exception', saidBy(error));
  }
  if (types.isModuleNamespaceObject(found)) return found.default;
  // of a CommonJS module the whole is what it exports, unless it was made of the other kind
  const isMade = typeof found === 'object' && found !== null && 'default' in found;
  return isMade ? found.default : found;
}

function definitionsOf(exported: unknown): PluginDefinitions {
  let made: unknown = exported;
  if (typeof exported === 'function') {
    try {
      made = exported(toolbox);
    } catch (error) {
      throw refusal('a default export that makes definitions', 'an exception', saidBy(error));
    }
  }
  if (types.isPromise(made)) {
    made.catch(() => {});
    throw refusal('a default export whose definitions are there at once', 'a promise');
  }
  const isObject = typeof made === 'object' && made !== null && !Array.isArray(made);
  if (isObject && Object.keys(made as object).length > 0) return made as PluginDefinitions;
  const expected = 'a default export such as { reputation: […], metrics: […] }, or a function that returns it';
  throw refusal(expected, foundWords(made, isObject));
}

function foundWords(made: unknown, isObject: boolean): string {
  if (made === undefined) return 'none';
  return typeof made === 'function' ? 'a function' : isObject ? 'an empty object' : toFound(made);
}

function refusal(expected: string, found: string, why?: string): InvalidInput {
  const fault: Fault = { path: '', expected, found, ...(why === undefined ? {} : { why }) };
  return new InvalidInput([fault]);
}
