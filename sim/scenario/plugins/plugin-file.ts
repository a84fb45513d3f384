import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** A module that a scenario brings, as manifests have it: what its code was, wherever it lies. */
export interface PluginMark {
  /** As seen from the scenario’s folder, with `/` between its parts. */
  readonly file: string;
  readonly sha256: string;
  /** What it imports by relative paths, and what those import, in the order in which they are met. */
  readonly imports: readonly { readonly file: string; readonly sha256: string }[];
}

/** The same where it lies. */
export interface PluginFile extends PluginMark {
  readonly path: string;
}

/** Endings of the modules that can be loaded; those of TypeScript where Node strips types. */
export const pluginEndings = ['.js', '.mjs', '.cjs', '.ts', '.mts'] as const;

/** Modules that one may be made of. */
const importsMost = 100;

/** The module with its hashes; throws what the operating system says where it can’t be read. */
export function readPlugin(path: string, folder: string): PluginFile {
  const imports: PluginMark['imports'][number][] = [];
  const seen = new Set([path]);
  const text = readFileSync(path, 'utf8');
  follow(path, text);
  return { path, file: fromFolder(path, folder), sha256: sha256Of(text), imports };

  function follow(from: string, code: string): void {
    for (const name of relativeImports(code)) {
      const target = resolve(dirname(from), name);
      if (seen.has(target) || seen.size > importsMost || !isFile(target)) continue;
      seen.add(target);
      const inner = readFileSync(target, 'utf8');
      imports.push({ file: fromFolder(target, folder), sha256: sha256Of(inner) });
      follow(target, inner);
    }
  }
}

/** Whether both are the same code; where it lies doesn’t matter. */
export function isSameCode(one: PluginMark, other: PluginMark): boolean {
  const hashes = ({ sha256, imports }: PluginMark) => [sha256, ...imports.map((inner) => inner.sha256)].join(' ');
  return hashes(one) === hashes(other);
}

/** What manifests and tasks have of it. */
export function markOf({ file, sha256, imports }: PluginMark): PluginMark {
  return { file, sha256, imports };
}

/**
 * The path, seen from the first of the bases that has it there, if it lies within one of the roots; null where there is
 * none. An absolute one must lie in one of them, too.
 */
export function allowedFile(path: string, bases: readonly string[], roots: readonly string[]): string | null {
  for (const base of bases) {
    const candidate = isAbsolute(path) ? path : join(base, path);
    if (existsSync(candidate) && roots.some((root) => isInside(candidate, root))) return candidate;
  }
  return null;
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

function fromFolder(path: string, folder: string): string {
  const way = relative(folder, path).replaceAll('\\', '/');
  return way.startsWith('.') || isAbsolute(way) ? way : `./${way}`;
}

/** Names behind `from`, `import` and `require` that begin with a dot; one in a comment or text does no harm. */
function relativeImports(code: string): readonly string[] {
  const named = /\b(?:from|import|require)\s*\(?\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g;
  return Array.from(code.matchAll(named), ([, , name]) => name!);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
