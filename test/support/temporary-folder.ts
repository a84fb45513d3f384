import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

// at the top of the file's tests, so that it holds whenever a folder is asked for, be it within a test
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own that is gone after the file's tests; a run that leaves one fails (`test/global-setup.ts`). */
export function temporaryFolder(name = 'reputation-sim'): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  made.push(folder);
  return folder;
}
