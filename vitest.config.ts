import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // what `npm run test:long` adds
    exclude: process.env.TEST_EFFORT === 'long' ? [] : ['test/**/*.long.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // the longest are named, the others counted
    slowTestThreshold: 5_000,
    // modules are loaded once a process; a file's tests leave nothing in them
    isolate: false,
    setupFiles: ['test/support/each-file.ts'],
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
