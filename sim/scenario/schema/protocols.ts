import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot } from '../../package.js';

/** The file of a protocol that the package brings. */
export function protocolFile(name: string): string {
  return join(packageRoot(), 'scenarios', 'protocols', `${name}.yaml`);
}

/** The protocols that the package brings, by name. */
export function protocolNames(): readonly string[] {
  const files = readdirSync(join(packageRoot(), 'scenarios', 'protocols'));
  return files.map((file) => basename(file, '.yaml')).sort();
}
