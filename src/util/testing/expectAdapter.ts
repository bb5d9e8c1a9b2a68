import { beforeAll, expect } from 'vitest';

/** Before each file of tests in a browser: none is about what users have where no adapter answers. */
beforeAll(async () => {
  expect(await navigator.gpu?.requestAdapter(), 'an adapter of this browser').toBeTruthy();
});
