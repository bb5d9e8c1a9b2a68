import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tf } from '../../../tf.ts';

/**
 * Lets Vitest run tests of tfjs, which are written for Jasmine and for a core with chained ops.
 * Import it before them: they are defined while they are imported.
 */

const jasmineGlobals = {
  describe,
  // Jasmine gives a test one argument, a callback, only where it asks for it; none here does.
  it: (name: string, test: () => unknown) => it(name, () => test()),
  beforeAll,
  beforeEach,
  afterEach,
  afterAll,
  expect,
};
Object.assign(globalThis, jasmineGlobals);

/** Jasmine's way to say that an assertion was made: `expect().nothing()`. */
expect.extend({ nothing: () => ({ pass: true, message: () => '' }) });

const CHAINED_OPS = [
  'avgPool',
  'conv1d',
  'conv2d',
  'dot',
  'localResponseNormalization',
  'matMul',
  'maxPool',
  'mul',
  'pool',
  'reshape',
  'separableConv2d',
  'sum',
] as const;

for (const name of CHAINED_OPS) {
  Object.assign(tf.Tensor.prototype, {
    [name](this: tf.Tensor, ...others: unknown[]): unknown {
      return Reflect.apply(tf[name], tf, [this, ...others]);
    },
  });
}

setTestEnvs([
  {
    name: 'webgpu',
    backendName: 'webgpu',
    // Or tfjs would compute small tensors on the processor.
    flags: { WEBGPU_CPU_FORWARD: false },
    isDataSync: true,
  },
]);
