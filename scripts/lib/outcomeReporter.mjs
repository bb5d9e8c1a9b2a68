import { writeFileSync } from 'node:fs';

/**
 * A Vitest reporter that writes an `Outcome` to the file that WORKBENCH_OUTCOME names. Vitest's
 * own JSON leaves out why a test was skipped, and which files failed before any test was found.
 */
// biome-ignore lint/style/noDefaultExport: Vitest takes a reporter's default export
export default class OutcomeReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    let passed = 0;
    let failed = unhandledErrors.length;
    /** @type {string[]} */
    const skipped = [];
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed++;
        else if (result.state === 'skipped') {
          const reason = result.note ?? `no reason given in ${module.relativeModuleId}`;
          skipped.push(`${test.fullName} (${reason})`);
        } else failedHere++; // a test that never ended is a failed one too
      }
      const isBroken = module.state() === 'failed' && failedHere === 0;
      failed += isBroken ? 1 : failedHere;
    }
    const path = process.env.WORKBENCH_OUTCOME;
    if (path) writeFileSync(path, JSON.stringify({ passed, failed, skipped }));
  }
}
