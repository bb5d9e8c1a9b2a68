/**
 * Stands in for the package `jasmine-core`, which tfjs's `jasmine_util` requires only to set a
 * time limit on it. Vitest runs the tests; vitest.config.ts points the package's name here.
 */
export function core(): object {
  return {};
}
