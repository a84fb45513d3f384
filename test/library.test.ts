import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, temporaryFolder } from './commands/command-line.js';

test('the program in the library’s document runs, and its settings stand in the manifest’s command', () => {
  const [, program] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs/library.md'), 'utf8'))!;
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/reputation-sim'));
  cpSync(join(root, 'scenarios'), join(folder, 'scenarios'), { recursive: true });
  writeFileSync(join(folder, 'program.mjs'), program!);
  const ended = spawnSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  expect(ended.stdout).toMatch(/^simulated\n7 \d+ [0-9a-f]{16}\nruns 1\n/);
  expect(ended.stdout).toMatch(/\n\d+ charts 0 that could not be drawn\n$/);
  const manifest = JSON.parse(readFileSync(join(folder, 'out/first-steps/manifest.json'), 'utf8'));
  expect(manifest.overrides).toEqual(['seed=7', 'horizon=2d']);
  expect(manifest.command).toBe('sim run scenarios/first-steps.yaml --set seed=7 --set horizon=2d');
});
