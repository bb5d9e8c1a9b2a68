/**
 * Times a training step of our AlexNet on the WebAssembly engine, in Node, on one thread:
 *
 *   node bench/wasmStep.mjs [width=0.125] [batch=100] [steps=5]
 *
 * It prints where the time goes, and the ratio to the naive path in the same run: tfjs's own kernels,
 * with the filter gradient they lack composed of one transposed matMul a tap.
 */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
const { module } = await runnerImport(path('wasmStep.ts'), {
  root: path('..'),
  configFile: false,
  logLevel: 'error',
  resolve: {
    alias: {
      '@tensorflow/tfjs-core/dist/register_all_gradients.js': path(
        '../src/engine/testing/gradientsInNode.ts',
      ),
    },
  },
});
const [width = 0.125, batch = 100, steps = 5] = process.argv.slice(2).map(Number);
await module.main({ width, batch, steps });
