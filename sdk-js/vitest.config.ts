import { defineConfig } from 'vitest/config';

/** The unit tests: in Node, beside what they test. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/unit/**/*.test.ts', 'scripts/**/*.test.mjs'],
    environment: 'node',
    // Nothing waits for anything but its own clock here; a busy machine may still take its time.
    testTimeout: 60_000,
  },
});
