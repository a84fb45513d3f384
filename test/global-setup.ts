import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What others than this project leave in a temporary folder, such as a browser that is killed; and what a process of
 * the tests had for the scenarios of a file when it was killed.
 */
const ofOthers = /^(\.|playwright|org\.chromium|com\.google|node-compile-cache|scenarios-)/i;

/**
 * Builds dist/ once before the tests, because commands and workers run from it. Gives the tests, and all programs that
 * they start, a temporary folder of the run's own: what is left in it afterwards fails the run, and goes with it.
 */
export default function setup(): () => void {
  const before = { TMPDIR: process.env.TMPDIR, TMP: process.env.TMP, TEMP: process.env.TEMP };
  // a short name, as faults cut long paths
  const folder = mkdtempSync(join(tmpdir(), 't-'));
  Object.assign(process.env, { TMPDIR: folder, TMP: folder, TEMP: folder });
  if (process.env.REPUTATION_SIM_BUILT !== '1') build();
  return () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    const left = readdirSync(folder).filter((name) => !ofOthers.test(name));
    rmSync(folder, { recursive: true, force: true });
    if (left.length === 0) return;
    process.exitCode = 1;
    throw new Error(`temporary folders: expected none that a test leaves behind, found ${left.join(', ')}`);
  };
}

function build(): void {
  const program = fileURLToPath(new URL('../build.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [program], { stdio: 'inherit' });
  if (status !== 0) throw new Error('expected the build to succeed');
}
