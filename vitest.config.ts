import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // by paths from the root: dist/ has copies of both
    coverage: {
      provider: 'v8',
      include: ['sim/**', 'reports/**/*.ts'],
      exclude: ['dist/**'],
      thresholds: { lines: 90 },
    },
  },
});
