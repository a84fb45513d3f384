// Builds dist/ from sim/ and reports/. It is built beside the old one and then takes its place, so what runs from
// dist/ meanwhile, another build among them, finds it whole; and a build that fails leaves the old one.
// What processes begin with, the command, the library and a pool's worker, has its modules joined into few files: as
// hundreds of them, they take longer to open than a small run takes.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

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
  if (tscDone.status === 0) {
    await joinModules(['sim/cli', 'sim/index', 'sim/experiment/pool/worker']);
    takePlace();
  }
  process.exitCode = tscDone.status ?? 1;
} finally {
  rmSync(workplace, { recursive: true, force: true });
}

/** Packages stay apart: they are installed beside. */
async function joinModules(entries) {
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry, join(built, `${entry}.js`)])),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    logLevel: 'warn',
  });
  await bundle.write({
    dir: built,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'sim/chunks/[name]-[hash].js',
  });
  await bundle.close();
}

function takePlace() {
  // tsc writes files as 0644, and `npx sim` needs an executable
  chmodSync(join(built, 'sim/cli.js'), 0o755);
  if (existsSync(dist)) renameSync(dist, join(workplace, 'old'));
  renameSync(built, dist);
}
