import { appendFileSync } from 'node:fs';

/**
 * A Vitest reporter that adds what the tests saw of faults, a JSON object a line, to the file that
 * WORKBENCH_FAULTS names: `task.meta.fault` of every test, from whichever runner. What a failed test
 * saw counts as not survived.
 */
// biome-ignore lint/style/noDefaultExport: Vitest takes a reporter's default export
export default class FaultReporter {
  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    const path = process.env.WORKBENCH_FAULTS;
    if (!path) return;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { fault } = test.meta();
        if (!fault) continue;
        const row = test.ok() ? fault : { ...fault, survived: 0 };
        appendFileSync(path, `${JSON.stringify(row)}\n`);
      }
    }
  }
}
