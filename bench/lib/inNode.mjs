import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { say } from '../../scripts/lib/say.mjs';
import { versionOf } from './benchPackages.mjs';
import { withNodeModule } from './bundle.mjs';

/** @typedef {import('./host.ts').HostFacts} HostFacts */
/** @typedef {import('./host.ts').Outcome} Outcome */
/** @typedef {import('./benchmarks.ts').BenchmarkName} BenchmarkName */

/**
 * Runs a benchmark in this very process, on Dawn, the WebGPU of Chromium as a module for Node. For
 * machines with a GPU and no browser that may use it.
 * @param {BenchmarkName} name
 * @param {object} options of that benchmark
 * @param {Omit<HostFacts, 'host'>} facts
 * @returns {Promise<Outcome>}
 */
export async function runInNode(name, options, facts) {
  await installWebgpu();
  const host = `Node ${process.versions.node}, Dawn (npm webgpu ${await versionOf('webgpu')})`;
  return withNodeModule(async (path) => {
    /** @type {typeof import('./benchmarks.ts')} */
    const { benchmarks } = await import(pathToFileURL(path).href);
    const { run } = await benchmarks[name]();
    return run(/** @type {never} */ (options), { ...facts, host }, say);
  });
}

/**
 * Gives this process the globals of WebGPU. They must stand before any code that looks for them is
 * imported, and `navigator` keeps the instance alive, which would else be collected under a device.
 */
async function installWebgpu() {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  // Newer versions of Node have a navigator that cannot be written.
  Object.defineProperty(globalThis, 'navigator', {
    configurable: true,
    value: {
      gpu: create([]),
      userAgent: `Node.js/${process.versions.node}`,
      hardwareConcurrency: availableParallelism(),
    },
  });
}
