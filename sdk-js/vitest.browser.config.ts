import { defineConfig } from 'vitest/config';

/**
 * The browser tests: Chromium against a real server. Everything on the embedded database; what the database could make
 * a difference to, `*.both.test.ts`, once more on PostgreSQL.
 */
const shared = {
  environment: 'node' as const,
  // Files share the modules that they load, which keep nothing between them.
  isolate: false,
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    // Each file starts its own browser and server, so files do not meet. Tests wait three quarters of their time, for pages
    // that may not be answered at once, so four share two cores.
    maxWorkers: 4,
    projects: [
      {
        test: {
          ...shared,
          name: 'sqlite',
          include: ['test/browser/**/*.test.ts'],
          env: { SAMTYCKE_TEST_ENGINE: 'sqlite' },
        },
      },
      {
        test: {
          ...shared,
          name: 'postgres',
          include: ['test/browser/**/*.both.test.ts'],
          env: { SAMTYCKE_TEST_ENGINE: 'postgres' },
        },
      },
    ],
  },
});
