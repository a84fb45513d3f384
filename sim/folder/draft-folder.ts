import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { refusal, toFileFault } from './file-fault.js';
import { clearLeftDrafts, draftPath } from './left-drafts.js';
import { filesOfRun, keepOthers } from './written-files.js';

/** A folder beside its final place: nothing is seen there before all of it is complete. */
export interface DraftFolder {
  /** Where to write. */
  readonly folder: string;
  /** Puts the folder into its final place, in exchange for the run that was there; what others put there stays. */
  commit(): void;
  /** Removes the draft, as if it had never been; does nothing after `commit`. */
  discard(): void;
}

export interface DraftOptions {
  /** Replace a folder with all that is in it, even if it isn't a run's. */
  readonly force?: boolean;
  /** Paths that must not lie in the target: replacing it would delete them. */
  readonly keep?: readonly string[];
}

/**
 * Makes an empty sibling of the target, which replaces it when committed, and clears away what killed processes left of
 * theirs.
 *
 * Throws InvalidInput when the target is a file, isn't empty and holds no run (unless forced), holds what is to be
 * kept, or can't be written.
 */
export function draftFolder(target: string, options: DraftOptions = {}): DraftFolder {
  const place = placeOf(target);
  clearLeftDrafts(place);
  checkTarget(target, place, options);
  const mark = randomBytes(4).toString('hex');
  const [folder, aside] = [draftPath(place, mark, 'partial'), draftPath(place, mark, 'replaced')];
  let made: string | undefined;
  try {
    made = makeFolders(dirname(place));
    mkdirSync(folder);
  } catch (error) {
    removeEmpty(dirname(place), made);
    throw toFileFault(error, target, 'a folder that can be written');
  }
  let isOpen = true;
  return {
    folder,
    commit: () => {
      checkTarget(target, place, options);
      const isReplacing = existsSync(place);
      // Before anything moves, so that at no moment a file of others is in a hidden folder only.
      if (isReplacing && options.force !== true) keepFilesOfOthers(target, place, folder);
      if (isReplacing) renameSync(place, aside);
      try {
        renameSync(folder, place);
      } catch (error) {
        if (isReplacing) renameSync(aside, place);
        throw error;
      }
      isOpen = false;
      if (isReplacing) rmSync(aside, { recursive: true, force: true });
    },
    discard: () => {
      if (!isOpen) return;
      isOpen = false;
      rmSync(folder, { recursive: true, force: true });
      removeEmpty(dirname(place), made);
    },
  };
}

/** Makes the missing folders one by one and returns the first; Node's own recursion never ends below /proc. */
function makeFolders(folder: string): string | undefined {
  const missing: string[] = [];
  for (let above = folder; !existsSync(above); above = dirname(above)) missing.push(above);
  for (const each of missing.toReversed()) mkdirSync(each);
  return missing.at(-1);
}

/** Where a path leads: a link to a folder stays one, and the folder behind it is written. */
function placeOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path);
}

function checkTarget(target: string, place: string, { force = false, keep = [] }: DraftOptions): void {
  const kept = [process.cwd(), ...keep].find((path) => isInside(placeOf(path), place));
  if (kept !== undefined) throw refusal(target, 'a folder of its own', `one that holds ${kept}`);
  let isFolder: boolean;
  try {
    isFolder = lstatSync(place).isDirectory();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw toFileFault(error, target, 'a folder that can be written');
  }
  // A link that leads nowhere is refused, too.
  if (!isFolder) throw refusal(target, 'a folder', 'something else of that name');
  if (force || readdirSync(place).length === 0 || filesOfRun(place) !== undefined) return;
  throw refusal(target, 'an empty folder or one of an earlier run (--force replaces any)', 'other files in it');
}

/** Puts into the draft what others put beside an earlier run's files; throws InvalidInput where both have a name. */
function keepFilesOfOthers(target: string, place: string, draft: string): void {
  const files = filesOfRun(place);
  const taken = files && keepOthers(place, draft, files);
  if (taken === undefined) return;
  const found = lstatSync(join(place, taken)).isDirectory() ? 'a folder of others' : 'a file of others';
  throw refusal(join(target, taken), 'a name that the run doesn’t need (--force replaces all)', found);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

/** Removes the folder and those above it up to the first that was made, as far as they are empty. */
function removeEmpty(folder: string, first: string | undefined): void {
  if (first === undefined) return;
  try {
    for (let last = folder; isInside(last, first); last = dirname(last)) rmdirSync(last);
  } catch {
    // Somebody else put something there, so it stays.
  }
}
