import { defineConfig } from 'vitest/config';

/** Journeys through the built site in a real browser; one at a time, since each trains. */
export default defineConfig({
  test: {
    name: 'e2e',
    include: ['e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A page is polled while it works, on a machine that may be busy with something else too.
    expect: { poll: { timeout: 30_000 } },
  },
});
