import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's name, which manifests bear. */
export const packageName = 'reputation-sim';

/** The package's root: the nearest folder above this file with the package's own package.json. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === packageName) return folder;
    if (dirname(folder) === folder) throw new Error(`expected the files of the package ${packageName}, found none`);
    folder = dirname(folder);
  }
}

/** Version of the package, the engine version of manifests. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version;
}
