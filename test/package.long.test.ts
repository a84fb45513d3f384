import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, root, temporaryFolder } from './commands/command-line.js';

/** Npx keeps links to packages that it ran before; here it starts afresh. */
const cache = temporaryFolder();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('the package', () => {
  it('runs by npx after a build from nothing', () => {
    // the set-up of the tests has built dist/ anew
    expect(statSync(cli).mode & 0o111).toBe(0o111);
    const env = { ...process.env, npm_config_cache: cache };
    const ended = spawnSync('npx', ['--no-install', 'sim', '--version'], { cwd: root, encoding: 'utf8', env });
    expect(ended.stderr.includes('Permission denied')).toBe(false);
    expect(ended.stdout).toBe(`${manifest.version}\n`);
  });

  it('locks every dependency without saying where it was downloaded', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    expect(lock.lockfileVersion).toBe(3);
    const entries = Object.entries<{ version?: string; resolved?: string }>(lock.packages).filter(
      ([path]) => path !== '',
    );
    for (const [path, entry] of entries) {
      expect(entry.version, path).toMatch(/^\d/);
      expect(entry.resolved, path).toBeUndefined();
    }
  });

  it('can be imported as a library', async () => {
    const library = await import(join(root, 'dist/sim/index.js'));
    for (const name of ['loadScenario', 'runScenario', 'writeRunFolder', 'metricNames', 'Simulation', 'KeyedDraw']) {
      expect(library, name).toHaveProperty(name);
    }
  });

  it('ships the documents and the pictures that the README shows', () => {
    const env = { ...process.env, npm_config_cache: cache };
    const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, env });
    const [{ files }] = JSON.parse(String(packed.stdout)) as [{ files: readonly { path: string }[] }];
    const paths = files.map(({ path }) => path);
    const shown = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/\]\((docs\/[^)#]+)/g)];
    expect(shown.length).toBeGreaterThan(3);
    for (const [, path] of shown) expect(paths).toContain(path);
    expect(paths).toContain('docs/library.md');
    expect(paths).toContain('docs/model.md');
  });
});
