import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds dist/ once before the tests, because commands and workers run from it. */
export default function setup(): void {
  if (process.env.REPUTATION_SIM_BUILT === '1') return;
  const build = fileURLToPath(new URL('../build.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [build], { stdio: 'inherit' });
  if (status !== 0) throw new Error('expected the build to succeed');
}
