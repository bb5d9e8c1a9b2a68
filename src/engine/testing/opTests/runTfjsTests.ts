import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tf } from '../../tf.ts';

/**
 * Lets Vitest run tests of tfjs, which are written for Jasmine and for a core with chained ops.
 */

/** A backend under test, as tfjs's tests know it. */
export interface TestedBackend {
  readonly name: string;
  readonly flags?: Readonly<Record<string, boolean | number>>;
  readonly skipped?: readonly SkippedTests[];
}

/** What the backend cannot do with tfjs's own kernels either. */
export interface SkippedTests {
  readonly names: RegExp;
  readonly reason: string;
}

/** Defines the tests in the file that calls it. */
export async function defineTfjsTests({ name, flags = {}, skipped = [] }: TestedBackend) {
  Object.assign(globalThis, jasmineGlobals(skipped));
  chainOps();
  // Jasmine's way to say that an assertion was made: `expect().nothing()`.
  expect.extend({ nothing: () => ({ pass: true, message: () => '' }) });
  setTestEnvs([{ name, backendName: name, flags, isDataSync: true }]);
  await import('./tfjsTests.ts');
}

function jasmineGlobals(skipped: readonly SkippedTests[]) {
  let group = '';
  return {
    describe(name: string, define: () => void) {
      const path = `${group}${name} > `;
      describe(name, () => {
        const outer = group;
        group = path;
        define();
        group = outer;
      });
    },
    // Jasmine gives a test one argument, a callback, only where it asks for it; none here does.
    it(name: string, test: () => unknown) {
      const left = skipped.find(({ names }) => names.test(group + name));
      it(name, (context) => (left ? context.skip(left.reason) : test()));
    },
    beforeAll,
    beforeEach,
    afterEach,
    afterAll,
    expect,
  };
}

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

function chainOps(): void {
  for (const name of CHAINED_OPS) {
    Object.assign(tf.Tensor.prototype, {
      [name](this: tf.Tensor, ...others: unknown[]): unknown {
        return Reflect.apply(tf[name], tf, [this, ...others]);
      },
    });
  }
}
