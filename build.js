// Builds dist/ from sim/ and reports/. It is built beside the old one and then takes its place, so what runs from
// dist/ meanwhile, another build among them, finds it whole; and a build that fails leaves the old one.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');
const workplace = mkdtempSync(join(root, 'dist-'));
const built = join(workplace, 'new');
const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(/package\.json$/, 'bin/tsc');
try {
  const tscDone = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json', '--outDir', built], {
    cwd: root,
    stdio: 'inherit',
  });
  if (tscDone.status === 0) takePlace();
  process.exitCode = tscDone.status ?? 1;
} finally {
  rmSync(workplace, { recursive: true, force: true });
}

function takePlace() {
  // tsc writes files as 0644, and `npx sim` needs an executable
  chmodSync(join(built, 'sim/cli.js'), 0o755);
  if (existsSync(dist)) renameSync(dist, join(workplace, 'old'));
  renameSync(built, dist);
}
