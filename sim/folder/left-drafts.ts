import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Beside the place: the folder being filled, and the one that it is about to replace. */
export type DraftPart = 'partial' | 'replaced';

/** Where a part of a draft lies; `mark` tells the drafts of one process apart. */
export function draftPath(place: string, mark: string, part: DraftPart): string {
  return join(dirname(place), `.${basename(place)}.${process.pid}-${mark}.${part}`);
}

/** Clears away what runs into this place left when they were killed, and puts back what one had set aside. */
export function clearLeftDrafts(place: string): void {
  const prefix = `.${basename(place)}.`;
  for (const name of namesIn(dirname(place))) {
    if (!name.startsWith(prefix)) continue;
    const [, owner, part] = /^(\d+)-[0-9a-f]{8}\.(partial|replaced)$/.exec(name.slice(prefix.length)) ?? [];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const left = join(dirname(place), name);
    try {
      // Killed between the two renames: what stood there before is whole.
      if (part === 'replaced' && !existsSync(place)) renameSync(left, place);
      else rmSync(left, { recursive: true, force: true });
    } catch {
      // Somebody else's, or cleared by another run just now.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether the process is there. */
export function isAlive(owner: number): boolean {
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
