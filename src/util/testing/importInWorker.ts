/**
 * Vitest rewrites `import()` so that the page that runs the tests can wait for it; in a worker there is
 * nobody who waits. To be imported before what is tested.
 */
const scope: { __vitest_browser_runner__?: unknown } & typeof globalThis = globalThis;
scope.__vitest_browser_runner__ ??= { wrapDynamicImport: (load: () => unknown) => load() };
