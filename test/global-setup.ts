import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds dist/ from nothing once before the tests: tests of commands run what a user would run. */
export default function setup(): void {
  const build = fileURLToPath(new URL('../build.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [build], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed, see above');
}
