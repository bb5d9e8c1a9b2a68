import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADAM, effectiveRate } from '../../domain/recipe/optimizerRule.ts';
import { Adam } from '../../training/tape/adam.ts';
import { sampleValues } from '../testing/compare.ts';
import { subnormalsOf } from '../testing/subnormals.ts';
import { tf } from '../tfjs/tf.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

const LEARNING_RATE = 1e-3;
const DECAY = 20;

const silence = (count: number) => new Float32Array(count);

/** What an update reads and writes. */
interface State {
  readonly w: Float32Array;
  readonly m: Float32Array;
  readonly v: Float32Array;
}

const atFirst = (count: number): State => ({
  w: sampleValues([count], 1),
  m: silence(count),
  v: silence(count),
});

interface Options {
  readonly threads?: number;
  readonly decay?: number;
  readonly rate?: number;
}

/** Lays the state into the lab's memory; `update` takes a gradient to it, as update number `t`. */
function begin(start: State, { threads = 1, decay = 0, rate = LEARNING_RATE }: Options = {}) {
  lab.clear();
  const count = start.w.length;
  const state = [lab.floats(start.w), lab.floats(start.m), lab.floats(start.v)];
  const g = lab.result(count);
  const step = lab.bytes(20);
  const { beta1, beta2, epsilon } = ADAM;
  const args = [...state, g, count, step, beta1, beta2, epsilon, Number(decay > 0)];
  lab.writeBytes(step + 12, new Uint8Array(Float32Array.of(rate * decay).buffer));
  return {
    update(gradient: Float32Array, t: number) {
      const corrected = Float32Array.of(effectiveRate(ADAM, rate, t));
      lab.writeBytes(g, new Uint8Array(gradient.buffer));
      lab.writeBytes(step + 4, new Uint8Array(corrected.buffer));
      lab.run('adam', args, threads);
    },
    read(): State {
      for (const at of state) expect(slackBehind(lab, at, count)).toEqual(UNTOUCHED);
      const [w = silence(0), m = silence(0), v = silence(0)] = state.map((at) =>
        lab.read(at, count),
      );
      return { w, m, v };
    },
  };
}

/** The state after these gradients. */
function train(gradients: readonly Float32Array[], start: State, options: Options = {}): State {
  const run = begin(start, options);
  for (const [done, gradient] of gradients.entries()) run.update(gradient, done + 1);
  return run.read();
}

/** The same on the tape's optimizer, after so many updates. */
function beginOnTfjs(
  start: State,
  { decay = 0, rate = LEARNING_RATE, updates = 0 }: Options & { updates?: number } = {},
) {
  const count = start.w.length;
  // Of two dimensions, as kernels are: what decays.
  const weights = tf.variable(tf.tensor2d(start.w, [count, 1]));
  const adam = new Adam(['w'], [weights], decay);
  const shape = [count, 1];
  adam.importState([
    { name: 'adam/m/w', shape, values: start.m },
    { name: 'adam/v/w', shape, values: start.v },
    { name: 'adam/updates', shape: [1], values: Float32Array.of(updates) },
  ]);
  return {
    update(gradient: Float32Array) {
      tf.tidy(() => adam.apply([tf.tensor2d(gradient, [count, 1])], rate));
    },
    async read(): Promise<State> {
      const [m = silence(0), v = silence(0)] = (await adam.exportState()).map(
        ({ values }) => values,
      );
      return { w: Float32Array.from(weights.dataSync()), m, v };
    },
    dispose() {
      tf.dispose(weights);
      adam.dispose();
    },
  };
}

async function trainOnTfjs(gradients: readonly Float32Array[], start: State, options?: Options) {
  const run = beginOnTfjs(start, options);
  for (const gradient of gradients) run.update(gradient);
  const state = await run.read();
  run.dispose();
  return state;
}

/** Of either sign, and of every size from far below the smallest that counts to usual ones. */
const anySize = fc
  .tuple(fc.double({ min: -44, max: 0, noNaN: true }), fc.boolean())
  .map(([exponent, isNegative]) => Math.fround((isNegative ? -1 : 1) * 10 ** exponent));

const statesAndGradients = fc.integer({ min: 1, max: 40 }).chain((count) => {
  const floats = fc
    .array(anySize, { minLength: count, maxLength: count })
    .map((values) => Float32Array.from(values));
  const gradients = fc.array(floats, { minLength: 1, maxLength: 3 });
  const v = floats.map((values) => values.map(Math.abs));
  return fc.record({ start: fc.record({ w: floats, m: floats, v }), gradients });
});

describe('updates by Adam', () => {
  it.each([
    { what: 'without decay', decay: 0 },
    { what: 'with decay', decay: DECAY },
  ])(
    'give the bits of the trainer on tfjs-cpu, on any number of threads, $what',
    async ({ decay }) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 70 }),
          fc.integer({ min: 1, max: 3 }),
          async (count, threads) => {
            const gradients = [2, 3, 4].map((salt) => sampleValues([count], salt));
            const start = atFirst(count);

            expect(train(gradients, start, { threads, decay })).toEqual(
              await trainOnTfjs(gradients, start, { decay }),
            );
          },
        ),
        { numRuns: 40 },
      );
    },
  );

  it('give the bits of tfjs-cpu of numbers of every size, and leave none that is subnormal', async () => {
    await fc.assert(
      fc.asyncProperty(statesAndGradients, async ({ start, gradients }) => {
        const state = train(gradients, start, { decay: DECAY });

        expect(state).toEqual(await trainOnTfjs(gradients, start, { decay: DECAY }));
        for (const values of [state.w, state.m, state.v]) expect(subnormalsOf(values)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('take away what decays, and nothing of the moments', () => {
    const gradients = [2, 3, 4].map((salt) => sampleValues([9], salt));
    const decayed = train(gradients, atFirst(9), { decay: DECAY });
    const undecayed = train(gradients, atFirst(9));
    expect([decayed.m, decayed.v]).toEqual([undecayed.m, undecayed.v]);
    expect(decayed.w).not.toEqual(undecayed.w);
  });

  it('shrink a weight without a gradient by the rate times the decay, a step', () => {
    const start = atFirst(9);
    const { w } = train([silence(9), silence(9)], start, { threads: 2, decay: DECAY });
    for (const [i, weight] of w.entries()) {
      expect(weight / (start.w[i] ?? Number.NaN)).toBeCloseTo((1 - LEARNING_RATE * DECAY) ** 2, 6);
    }
  });

  it('keep what is no number, in weights and moments', () => {
    const broken = { w: Float32Array.of(Number.NaN, 1, 1), m: silence(3), v: silence(3) };
    const { w, m, v } = train([Float32Array.of(0, Number.NaN, 0)], broken);
    expect([...w].map(Number.isNaN)).toEqual([true, true, false]);
    expect([...m].map(Number.isNaN)).toEqual([false, true, false]);
    expect([...v].map(Number.isNaN)).toEqual([false, true, false]);
  });
});

describe('weights that get no gradient any more', () => {
  const count = 21;
  const start = (): State => ({
    w: sampleValues([count], 1),
    m: sampleValues([count], 2),
    v: sampleValues([count], 3).map(Math.abs),
  });

  const silent = silence(count);
  const nothing = { w: silent, m: silent, v: silent };

  it('leave no subnormal number in 1,000,000 updates', () => {
    const run = begin(start(), { decay: DECAY });
    for (let t = 1; t <= 1_000_000; t++) run.update(silent, t);
    expect(run.read()).toEqual(nothing);
  });

  it('leave none on the tape either', async () => {
    // A million on the tape would take minutes. The kernel, whose bits are the tape's, makes the most
    // of those after which the second moments are 0; then the tape makes them until nothing changes.
    const [byKernel, most] = [75_000, 90_000];
    const kernel = begin(start(), { decay: DECAY });
    for (let t = 1; t <= byKernel; t++) kernel.update(silent, t);
    const late = kernel.read();
    expect(late.v.some((v) => v > 0)).toBe(true);

    const tape = beginOnTfjs(late, { decay: DECAY, updates: byKernel });
    let updates = byKernel;
    let [before, now] = [late, late];
    do {
      before = now;
      for (let t = 0; t < 250; t++) tape.update(silent);
      updates += 250;
      now = await tape.read();
      expect(Object.values(now).flatMap(subnormalsOf)).toEqual([]);
    } while (updates < most && before.v.some((v, i) => v !== now.v[i]));
    tape.dispose();
    expect(now).toEqual(nothing);

    // All zeros stay zeros: of what an update reads besides them only the rate differs from one to the
    // next, and it has come to its end long before the last of the million.
    for (const done of [updates, 999_999]) {
      const run = beginOnTfjs(now, { decay: DECAY, updates: done });
      run.update(silent);
      expect(await run.read()).toEqual(nothing);
      run.dispose();
    }
  });
});

describe('a decay far below the spacing of floats', () => {
  it('is that of 64 bits over many updates, beside gradients', () => {
    const [count, updates, share] = [512, 100_000, 1e-8];
    const rate = 1e-4;
    const gradients = Array.from({ length: 64 }, (_, salt) => sampleValues([count], 100 + salt));
    const begun = { ...atFirst(count), w: new Float32Array(count).fill(1) };
    const meanOf = (decay: number) => {
      const run = begin(begun, { decay, rate });
      for (let t = 1; t <= updates; t++) run.update(gradients[t % 64] ?? silence(count), t);
      return run.read().w.reduce((sum, w) => sum + w, 0) / count;
    };

    const lost = meanOf(0) - meanOf(share / rate);

    // Weights stay near 1, so that each update takes the share of 1.
    const expected = 1 - (1 - share) ** updates;
    expect(Math.abs(lost / expected - 1)).toBeLessThan(0.05);
  });
});
