// `npm test`: runs vitest and ends with its count on a line of its own, `N passed, N failed`.
//   npm test                       what takes up to three minutes on two cores
//   npm run test:long              the same with every case and every scenario
//   npm test -- test/model NAME    some of it, as vitest takes them
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const given = process.argv.slice(2);
const isLong = given.includes('--long');
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'reputation-sim-test-'));
const report = join(folder, 'result.json');
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const options = [
  'run',
  '--reporter=default',
  '--reporter=./test/progress.js',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...given.filter((option) => option !== '--long'),
];
const env = { ...process.env, TEST_EFFORT: isLong ? 'long' : 'short' };
const { status } = spawnSync(process.execPath, [vitest, ...options], { cwd: root, stdio: 'inherit', env });
try {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed${skipped}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = status ?? 1;
