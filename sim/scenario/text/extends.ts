/**
 * A scenario together with what it extends, the nearer file winning key by key.
 *
 * Lists and scalars are replaced whole, and so is a block of another `kind` or a protocol that names another one:
 * settings of the one say nothing about the other. Null takes an inherited setting back, so that its default applies;
 * of a protocol’s `extends` it takes back the protocol that is named, and leaves what the scenario says beside it.
 */
import { resolve } from 'node:path';
import { ALTERNATIVES } from '../../model/contract/settings.js';
import { type Fault, InvalidInput, toFound, whereNamed } from './faults.js';
import { readSource, type Source, type Tree, toSource } from './source.js';

/** Finds the file behind a name in `extends`, written in the file `from`; throws InvalidInput for an unknown name. */
export type Resolve = (name: string, from: string, what: 'scenario' | 'protocol') => string;

/** Paths of blocks whose keys are names that the author gave: null takes an entry away. */
const COLLECTION =
  /^(fleet|workload|variants|stress\.(outages|bugs)|workload\.[^.]+\.arrivals\.surges|fleet\.[^.]+\.providers)$/;

/** Words that aren't the kind of a mechanism: a map takes the place of them. */
const PLAIN_WORD = new RegExp(
  '\\.(checkIn|deadline|queueLimit|acknowledgeWithin|replyWithin|hardware|regions|' +
    'appeal|insurance|places|suspension|review|leaves|enters)$',
);

/** Shares that sum to 1 say nothing beside others. */
const MIXTURE = /^(fleet\.[^.]+\.(hardware|regions)|workload\.[^.]+\.regions)$/;

/** A longer chain is a mistake, such as a link in the file system that leads back to its own folder. */
const CHAIN_MAX = 32;

/** A source and where it came from. */
export interface ScenarioSource extends Source {
  /** All that were read, the scenario's own first. */
  readonly files: readonly string[];
  /** What `protocol.extends` names; null for a scenario that states all rules itself. */
  readonly protocol: string | null;
  /** What is wrong with the protocol that it names: the rest is there to be checked all the same. */
  readonly faults: readonly Fault[];
}

/** A source over the scenarios that it extends; it still names its protocol. */
export interface ExtendedSource extends Source {
  /** The source, or one with settings laid over it, with the protocol that it names in place of the name. */
  withProtocol(source: Source): ScenarioSource;
}

/** Loads a scenario and those that it extends. */
export function loadWithExtends(file: string, options: { readonly resolve: Resolve }): ExtendedSource {
  const { read, follow, withProtocol } = linksOf(options);
  const source = read(file);
  return { ...toSource(follow(source, 'scenario', [file]), source.file, source.question), withProtocol };
}

/** The source with the protocol that it names, if any, in place of the name. */
export function withNamedProtocol(source: Source, options: { readonly resolve: Resolve }): ScenarioSource {
  return linksOf(options).withProtocol(source);
}

/** How files that name one another are read, each once. */
function linksOf(options: { readonly resolve: Resolve }) {
  const files: string[] = [];
  const faults: Fault[] = [];
  const read = (name: string): Source => {
    const source = readSource(name);
    if (!files.includes(source.file)) files.push(source.file);
    return source;
  };

  const follow = (source: Source, what: 'scenario' | 'protocol', chain: readonly string[]): Tree => {
    const { link, rest } = takeLink(source.tree);
    if (link === undefined) return rest;
    const path = what === 'scenario' ? 'extends' : 'protocol.extends';
    return merge(load(link, path, what, chain), rest, what === 'scenario' ? [] : ['protocol']);
  };

  const load = (link: Tree, path: string, what: 'scenario' | 'protocol', chain: readonly string[]): Tree => {
    const { content: name, at: position } = link;
    const refuse = (expected: string, found: string): never => {
      throw new InvalidInput([{ position, path, expected, found }]);
    };
    if (typeof name !== 'string' || name === '') return refuse(`the name of a ${what}`, toFound(toPlain(link)));
    let target: string;
    let source: Source;
    try {
      target = options.resolve(name, position.file, what);
      const circle = chain.findIndex((earlier) => resolve(earlier) === resolve(target));
      if (circle >= 0) {
        const files = [...chain.slice(circle), target].join(' → ');
        return refuse(`files that do not extend themselves (${files})`, name);
      }
      if (chain.length === CHAIN_MAX) return refuse(`at most ${CHAIN_MAX} files that extend each other`, 'more');
      source = read(target);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      throw new InvalidInput(error.faults.map((fault) => whereNamed(fault, position, path)));
    }
    return follow(source, what, [...chain, target]);
  };

  /** The protocol, or the one that a mistyped name was meant for, so that what changes it is checked too; else null. */
  const loadProtocol = (link: Tree): Tree | null => {
    try {
      return load(link, 'protocol.extends', 'protocol', []);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(fault);
      const meant = error.faults.find(({ path }) => path === 'protocol.extends')?.suggestion;
      return meant === undefined ? null : load({ ...link, content: meant }, 'protocol.extends', 'protocol', []);
    }
  };

  const withProtocol = ({ tree, file: own, question }: Source): ScenarioSource => {
    const settings = tree.content as ReadonlyMap<string, Tree>;
    const made = (entries: ReadonlyMap<string, Tree>, protocol: string | null): ScenarioSource => {
      return { ...toSource({ ...tree, content: entries }, own, question), files: [...files], protocol, faults };
    };
    const protocol = settings.get('protocol');
    if (protocol === undefined) return made(settings, null);
    const { link, rest } = takeLink(expandName(protocol, 'extends'));
    const entries = new Map(settings);
    if (link === undefined) return made(entries.set('protocol', rest), null);
    const base = loadProtocol(link);
    if (base !== null) entries.set('protocol', merge(base, rest, ['protocol']));
    // what changes a protocol that isn't there can't be judged
    else entries.delete('protocol');
    return made(entries, typeof link.content === 'string' ? link.content : null);
  };

  return { read, follow, withProtocol };
}

/** A map without its `extends`, and that; anything else as it is. Null takes back what a farther file named. */
function takeLink(tree: Tree): { readonly link: Tree | undefined; readonly rest: Tree } {
  if (!isMapTree(tree)) return { link: undefined, rest: tree };
  const entries = new Map(tree.content);
  const link = entries.get('extends');
  entries.delete('extends');
  return { link: link?.content === null ? undefined : link, rest: { ...tree, content: entries } };
}

/** What stands at the path, the nearer winning key by key. */
export function merge(far: Tree, near: Tree, path: readonly string[]): Tree {
  const key = shortKey(path);
  // A word beside a map is the short form of a map; two words need no telling apart.
  const base = isMapTree(near) && key !== null ? expandName(far, key) : far;
  const over = isMapTree(far) && key !== null ? expandName(near, key) : near;
  if (!isMapTree(base) || !isMapTree(over)) return near;
  // a pattern's rivals are told below
  if (path.length > 0 && key !== null && key !== 'pattern') {
    const kind = over.content.get(key)?.content;
    const isTakenBack = key === 'extends' && kind === null;
    if (kind !== undefined && !isTakenBack && kind !== base.content.get(key)?.content)
      return isMapTree(near) ? over : near;
  }
  const isCollection = COLLECTION.test(path.join('.'));
  const isOfNames = isCollection || isWhole(path);
  const entries = new Map(base.content);
  for (const [name, tree] of over.content) {
    const inherited = entries.get(name);
    if (isOfNames && tree.content === null && base.content.size > 0) {
      if (!entries.delete(name)) entries.set(name, { ...tree, takesNoneOf: Array.from(base.content.keys(), String) });
      continue;
    }
    // who takes one thing back asks for nothing in place of another
    if (!isCollection && tree.content !== null) {
      for (const rival of rivalsOf(name)) if (!over.content.has(rival)) entries.delete(rival);
    }
    const own = [...path, name];
    const isReplaced = inherited === undefined || (isWhole(own) && !isTakingAway(tree));
    entries.set(name, isReplaced ? tree : merge(inherited, tree, own));
  }
  // The place of the nearer file is where the author will look for what is missing.
  return { ...over, content: entries };
}

/** The keys that can't stand beside this one in a map, such as perDay beside perHour. */
function rivalsOf(name: string): readonly string[] {
  return ALTERNATIVES.filter((group) => group.includes(name)).flatMap((group) => group.filter((key) => key !== name));
}

/** Whether the path is that of a part to which the author gave its name; null takes an inherited one away. */
export function isEntryOfCollection(path: readonly string[]): boolean {
  return COLLECTION.test(path.slice(0, -1).join('.'));
}

/** Whether a map has nothing but nulls: of shares, it takes some away and puts none in their place. */
function isTakingAway({ content }: Tree): boolean {
  if (!(content instanceof Map) || content.size === 0) return false;
  return [...(content as ReadonlyMap<string, Tree>).values()].every((inner) => inner.content === null);
}

/** Whether the path is that of shares by name. */
export const isWhole = (path: readonly string[]) => MIXTURE.test(path.join('.'));

/** The key of the map that a word at the path is short for; null where it stands for no map. */
export function shortKey(path: readonly string[]): 'kind' | 'extends' | 'pattern' | null {
  const joined = path.join('.');
  if (joined === 'protocol') return 'extends';
  if (/^fleet\.[^.]+\.outages$/.test(joined)) return 'pattern';
  return PLAIN_WORD.test(joined) ? null : 'kind';
}

/** A word as the map that it is short for. */
export function expandName(tree: Tree, key: 'kind' | 'extends' | 'pattern'): Tree {
  if (typeof tree.content !== 'string') return tree;
  // 100s is a value, not the kind of anything
  if (key === 'kind' && !/^[a-z]/i.test(tree.content)) return tree;
  return { ...tree, content: new Map([[key, { content: tree.content, at: tree.at }]]) };
}

/** The entries of a tree that is a map; undefined for any other. */
export function entriesOf({ content }: Tree): ReadonlyMap<string, Tree> | undefined {
  return content instanceof Map ? (content as ReadonlyMap<string, Tree>) : undefined;
}

/** A tree that is a map. */
export function isMapTree(tree: Tree): tree is Tree & { readonly content: ReadonlyMap<string, Tree> } {
  return tree.content instanceof Map;
}

function toPlain(tree: Tree): unknown {
  return toSource(tree, '', '').value;
}
