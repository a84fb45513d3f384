import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** Removes the folders made so far, after each file's tests (`each-file.ts`), as files share a process. */
export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A folder of its own that is gone after the file's tests; a run that leaves one fails (`test/global-setup.ts`). */
export function temporaryFolder(name = 'reputation-sim'): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  made.push(folder);
  return folder;
}

/** The same for what serves the tests of many files: there whenever it is asked for. */
export function folderOnDemand(name: string): () => string {
  let folder: string | undefined;
  return () => {
    if (folder === undefined || !existsSync(folder)) folder = temporaryFolder(name);
    return folder;
  };
}
