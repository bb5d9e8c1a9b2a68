import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relativeError, sampleValues } from '../testing/compare.ts';
import { tf } from '../tfjs/tf.ts';
import { KernelLab } from './testing/kernelLab.ts';
import { slackBehind, UNTOUCHED } from './testing/slack.ts';

const lab = await KernelLab.open();
await tf.setBackend('cpu');

function lossOf(logits: Float32Array, labels: readonly number[], threads = 1, smoothing = 0) {
  lab.clear();
  const batch = labels.length;
  const labelsAt = lab.bytes(2 * batch);
  lab.writeBytes(labelsAt, new Uint8Array(Uint16Array.from(labels).buffer));
  const dlogits = lab.result(logits.length);
  const [losses, right] = [lab.result(batch), lab.result(batch)];
  const operands = [lab.floats(logits), labelsAt, dlogits, losses, right];
  lab.run('softmaxCrossEntropy', [...operands, batch, logits.length / batch, smoothing], threads);
  expect(slackBehind(lab, dlogits, logits.length)).toEqual(UNTOUCHED);
  expect(slackBehind(lab, losses, batch)).toEqual(UNTOUCHED);
  expect(slackBehind(lab, right, batch)).toEqual(UNTOUCHED);
  return {
    losses: lab.read(losses, batch),
    right: lab.read(right, batch),
    dlogits: lab.read(dlogits, logits.length),
  };
}

const mean = (values: Float32Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const batches = fc.record({
  batch: fc.integer({ min: 1, max: 6 }),
  classes: fc.integer({ min: 2, max: 13 }),
});

describe('the loss of a batch', () => {
  it('and its gradient are those of tfjs-cpu, whatever the number of threads', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 2, max: 4 }), ({ batch, classes }, threads) => {
        const logits = sampleValues([batch, classes], 1).map((value) => 3 * value);
        const labels = Array.from({ length: batch }, (_, n) => (5 * n + 1) % classes);
        const onehot = tf.oneHot(tf.tensor1d(labels, 'int32'), classes);
        const loss = (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(onehot, x as tf.Tensor2D);
        const [value, gradient, predicted] = tf.tidy(() => {
          const x = tf.tensor2d(logits, [batch, classes]);
          return [loss(x), tf.grad(loss)(x), tf.argMax(x, 1)].map((t) => [...t.dataSync()]);
        });

        const actual = lossOf(logits, labels);

        expect(lossOf(logits, labels, threads)).toEqual(actual);
        expect(Math.abs(mean(actual.losses) / (value?.[0] ?? 0) - 1)).toBeLessThan(1e-5);
        expect(relativeError(actual.dlogits, Float32Array.from(gradient ?? []))).toBeLessThan(1e-5);
        expect([...actual.right]).toEqual(
          labels.map((label, n) => Number(predicted?.[n] === label)),
        );
      }),
    );
  });

  it.each([1000, 13_065])('is that of tfjs-cpu for %i classes, smoothed or not', (classes) => {
    const labels = [0, 255, 256, classes - 1];
    const logits = sampleValues([labels.length, classes], 5).map((value) => 4 * value);
    for (const smoothing of [0, 0.1]) {
      const [losses, gradient] = tf.tidy(() => {
        const x = tf.tensor2d(logits, [labels.length, classes]);
        const onehot = tf.oneHot(tf.tensor1d(labels, 'int32'), classes);
        const smoothed = tf.add(tf.mul(onehot, 1 - smoothing), smoothing / classes);
        const loss = (of: tf.Tensor) => tf.losses.softmaxCrossEntropy(smoothed, of as tf.Tensor2D);
        const plain = tf.neg(tf.sum(tf.mul(tf.logSoftmax(x), onehot), 1));
        return [plain, tf.grad(loss)(x)].map((t) => Float32Array.from(t.dataSync()));
      });

      const actual = lossOf(logits, labels, 2, smoothing);

      expect(relativeError(actual.losses, losses ?? new Float32Array())).toBeLessThan(1e-5);
      expect(relativeError(actual.dlogits, gradient ?? new Float32Array())).toBeLessThan(1e-5);
    }
  });

  it('is told as it is, though its gradient is that of smoothed labels on tfjs-cpu', () => {
    const shares = fc.double({ min: 0.01, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(batches, shares, fc.integer({ min: 1, max: 4 }), (shape, smoothing, threads) => {
        const { batch, classes } = shape;
        const logits = sampleValues([batch, classes], 2).map((value) => 3 * value);
        const labels = Array.from({ length: batch }, (_, n) => (5 * n + 1) % classes);
        const gradient = tf.tidy(() => {
          const onehot = tf.oneHot(tf.tensor1d(labels, 'int32'), classes);
          const smoothed = tf.add(tf.mul(onehot, 1 - smoothing), smoothing / classes);
          const loss = (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(smoothed, x as tf.Tensor2D);
          return Float32Array.from(
            tf
              .grad(loss)(tf.tensor2d(logits, [batch, classes]))
              .dataSync(),
          );
        });

        const actual = lossOf(logits, labels, threads, smoothing);

        const plain = lossOf(logits, labels);
        expect(actual.losses).toEqual(plain.losses);
        expect(actual.right).toEqual(plain.right);
        expect(relativeError(actual.dlogits, gradient)).toBeLessThan(1e-5);
      }),
    );
  });

  it('has no slope where the prediction is the smoothed label', () => {
    // Of 4 classes with a smoothing of 0.2 the label is to get 0.85, each other one 0.05.
    const logits = Float32Array.from([0.05, 0.85, 0.05, 0.05], Math.log);
    for (const slope of lossOf(logits, [1], 1, 0.2).dlogits) expect(slope).toBeCloseTo(0, 6);
  });

  it('rises along a logit as the gradient says', () => {
    const labels = [2, 0, 6];
    const logits = sampleValues([3, 7], 4);
    const step = 0.02;

    const { dlogits } = lossOf(logits, labels);

    for (const [i, slope] of dlogits.entries()) {
      const lossAt = (moved: number) =>
        mean(
          lossOf(
            logits.map((logit, k) => (k === i ? logit + moved : logit)),
            labels,
          ).losses,
        );
      expect((lossAt(step) - lossAt(-step)) / (2 * step)).toBeCloseTo(slope, 4);
    }
  });

  it('takes the first of equal logits for the prediction', () => {
    const { right } = lossOf(Float32Array.of(1, 2, 2, 1, 2, 2, 0, 0, 0), [1, 2, 0]);

    expect([...right]).toEqual([1, 0, 1]);
  });

  it('stays finite where an exponential would overflow, and forgets what underflows', () => {
    const { losses, dlogits } = lossOf(Float32Array.of(1000, -1000, 0, 3e38, 0, 0), [0, 1]);

    expect([...losses]).toEqual([0, Math.fround(3e38)]);
    expect([...dlogits]).toEqual([0, 0, 0, 0.5, -0.5, 0]);
  });

  it.each([0, 1, 2])('is no number where logit %i is none', (place) => {
    const logits = Float32Array.of(3, 1, 2);
    logits[place] = Number.NaN;

    for (const label of [0, 1, 2])
      expect([...lossOf(logits, [label]).losses]).toEqual([Number.NaN]);
  });
});

describe('its exponential and its logarithm', () => {
  it('are right to 5e-7: e^-x from 0 to 77', () => {
    const x = Float32Array.from({ length: 7701 }, (_, n) => n / 100);
    const logits = Float32Array.from({ length: 2 * x.length }, (_, i) =>
      i % 2 === 0 ? 0 : -(x[(i - 1) / 2] ?? 0),
    );

    const { dlogits } = lossOf(
      logits,
      Array.from(x, () => 0),
    );

    const errors = x.map((value, n) => {
      const p = Math.exp(-value) / (1 + Math.exp(-value)) / x.length;
      return Math.abs((dlogits[2 * n + 1] ?? Number.NaN) / p - 1);
    });
    expect(Math.max(...errors)).toBeLessThan(5e-7);
  });

  it('are right to 5e-7: log of 2 to 300', () => {
    for (let classes = 2; classes <= 300; classes++) {
      const { losses } = lossOf(new Float32Array(classes), [0]);
      expect(Math.abs((losses[0] ?? Number.NaN) / Math.log(classes) - 1)).toBeLessThan(5e-7);
    }
  });
});
