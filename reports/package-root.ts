import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package: this file runs from reports/ and, once built, from dist/reports/. */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'reputation-sim') return folder;
    if (folder === dirname(folder)) {
      throw new Error(`expected the folder of the package reputation-sim above ${start}, found none`);
    }
  }
}
