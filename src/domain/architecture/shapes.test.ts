import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildArchitecture, originalAlexnet } from './architecture.ts';
import {
  describeNetwork,
  estimateTrainingMemory,
  isTrainable,
  sizeOf,
  weightSpecs,
} from './shapes.ts';
import { windowedSize } from './window.ts';

const mnist = { height: 28, width: 28, channels: 1 };
const choice = { width: 1, input: mnist, classes: 10, dropout: 0.5 } as const;
const alexnet = buildArchitecture({ id: 'alexnet', ...choice });
const batchNormalized = buildArchitecture({ id: 'alexnet', ...choice, normalization: 'batch' });
const lenet5 = buildArchitecture({ id: 'lenet5', ...choice });

describe('parameter counts', () => {
  it("are 37,327,562 for the tutorial's AlexNet on MNIST, layer by layer", () => {
    const { layers, parameters } = describeNetwork(alexnet);
    const byName = Object.fromEntries(
      layers.map((report) => [report.layer.name, report.parameters]),
    );
    expect(byName).toMatchObject({
      conv1: 11 * 11 * 1 * 96 + 96,
      conv2: 5 * 5 * 96 * 256 + 256,
      conv3: 3 * 3 * 256 * 384 + 384,
      conv4: 3 * 3 * 384 * 384 + 384,
      conv5: 3 * 3 * 384 * 256 + 256,
      fc6: 4 * 4 * 256 * 4096 + 4096,
      fc7: 4096 * 4096 + 4096,
      fc8: 4096 * 10 + 10,
      norm1: 0,
      pool1: 0,
      drop6: 0,
    });
    expect(parameters).toBe(37_327_562);
  });

  it('are 60,965,224 for the AlexNet of 2012, with its two towers', () => {
    expect(describeNetwork(originalAlexnet).parameters).toBe(60_965_224);
  });

  it('are, with batch normalisation, two more a channel, and two statistics', () => {
    const { layers, parameters, statistics, multiplyAdds } = describeNetwork(batchNormalized);
    const norm2 = layers.find(({ layer }) => layer.name === 'norm2');
    expect(norm2).toMatchObject({ parameters: 2 * 256, statistics: 2 * 256, multiplyAdds: 0 });
    expect(parameters).toBe(37_327_562 + 2 * (96 + 256));
    expect(statistics).toBe(2 * (96 + 256));
    expect(multiplyAdds).toBe(describeNetwork(alexnet).multiplyAdds);
    expect(describeNetwork(alexnet).statistics).toBe(0);
  });

  it('are 61,706 for LeNet-5', () => {
    expect(describeNetwork(lenet5).parameters).toBe(61_706);
  });
});

describe('shapes', () => {
  it('shrink 28, 14, 7, 4 in the network for MNIST', () => {
    const sides = describeNetwork(alexnet).layers.flatMap(({ layer, outputShape }) =>
      layer.kind === 'maxPool' ? [outputShape] : [],
    );
    expect(sides).toEqual([
      [14, 14, 96],
      [7, 7, 256],
      [4, 4, 256],
    ]);
  });

  it('shrink 55, 27, 13, 6 in the AlexNet of 2012', () => {
    const { layers } = describeNetwork(originalAlexnet);
    const output = (name: string) => layers.find(({ layer }) => layer.name === name)?.outputShape;
    expect(output('conv1')).toEqual([55, 55, 96]);
    expect(output('pool1')).toEqual([27, 27, 96]);
    expect(output('pool2')).toEqual([13, 13, 256]);
    expect(output('pool5')).toEqual([6, 6, 256]);
    expect(output('flatten')).toEqual([9216]);
  });

  it('hand each output to the next layer', () => {
    for (const network of [alexnet, lenet5, originalAlexnet]) {
      const { layers } = describeNetwork(network);
      for (const [i, { outputShape }] of layers.slice(0, -1).entries()) {
        expect(layers[i + 1]?.inputShape).toEqual(outputShape);
      }
      expect(layers.at(-1)?.outputShape).toEqual([network.classes]);
    }
  });
});

describe('multiply-adds', () => {
  it("are 314,856,960 an image for the tutorial's AlexNet", () => {
    const { multiplyAdds } = describeNetwork(alexnet);
    expect(multiplyAdds).toBe(
      28 * 28 * (11 * 11 * 1 * 96) + //
        14 * 14 * (5 * 5 * 96 * 256) +
        7 * 7 * (3 * 3 * 256 * 384) +
        7 * 7 * (3 * 3 * 384 * 384) +
        7 * 7 * (3 * 3 * 384 * 256) +
        4 * 4 * 256 * 4096 +
        4096 * 4096 +
        4096 * 10,
    );
    expect(multiplyAdds).toBe(314_856_960);
  });

  it('count a grouped convolution once a group', () => {
    const conv2 = describeNetwork(originalAlexnet).layers.find(
      ({ layer }) => layer.name === 'conv2',
    );
    expect(conv2?.multiplyAdds).toBe(27 * 27 * 5 * 5 * (96 / 2) * 256);
  });
});

describe('weightSpecs', () => {
  it('name each kernel and bias in order, HWIO and in x out', () => {
    expect(weightSpecs(lenet5)).toEqual([
      { name: 'conv1/kernel', shape: [5, 5, 1, 6] },
      { name: 'conv1/bias', shape: [6] },
      { name: 'conv2/kernel', shape: [5, 5, 6, 16] },
      { name: 'conv2/bias', shape: [16] },
      { name: 'fc3/kernel', shape: [400, 120] },
      { name: 'fc3/bias', shape: [120] },
      { name: 'fc4/kernel', shape: [120, 84] },
      { name: 'fc4/bias', shape: [84] },
      { name: 'fc5/kernel', shape: [84, 10] },
      { name: 'fc5/bias', shape: [10] },
    ]);
  });

  it('name what is trained and what is measured of a normalised channel', () => {
    const specs = weightSpecs(batchNormalized).filter(({ name }) => name.startsWith('norm1/'));
    expect(specs).toEqual([
      { name: 'norm1/gamma', shape: [96], initialValue: 1 },
      { name: 'norm1/beta', shape: [96], initialValue: 0 },
      { name: 'norm1/moving_mean', shape: [96], initialValue: 0, trainable: false },
      { name: 'norm1/moving_variance', shape: [96], initialValue: 1, trainable: false },
    ]);
  });

  it('add up to the parameters', () => {
    for (const network of [alexnet, batchNormalized, lenet5, originalAlexnet]) {
      const trained = weightSpecs(network).filter(isTrainable);
      const scalars = trained.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
      expect(scalars).toBe(describeNetwork(network).parameters);
    }
  });
});

describe('windowedSize', () => {
  const size = fc.integer({ min: 1, max: 300 });
  const window = fc.integer({ min: 1, max: 11 });
  const stride = fc.integer({ min: 1, max: 5 });

  it('counts the places of the window, one by one', () => {
    fc.assert(
      fc.property(size, window, stride, fc.nat(5), (side, extent, step, padding) => {
        fc.pre(side + 2 * padding >= extent);
        let places = 0;
        for (let start = -padding; start + extent <= side + padding; start += step) places++;
        expect(windowedSize(side, extent, step, padding)).toBe(places);
      }),
    );
  });

  it('is "valid" without padding', () => {
    fc.assert(
      fc.property(size, window, stride, (side, extent, step) => {
        expect(windowedSize(side, extent, step, 'valid')).toBe(windowedSize(side, extent, step, 0));
      }),
    );
  });

  it('is "same" whatever the window: one output for every stride begun', () => {
    fc.assert(
      fc.property(size, window, stride, (side, extent, step) => {
        const outputs = windowedSize(side, extent, step, 'same');
        expect((outputs - 1) * step).toBeLessThan(side);
        expect(outputs * step).toBeGreaterThanOrEqual(side);
      }),
    );
  });
});

describe('the memory estimate', () => {
  it('counts weights, gradients, two moments, and every activation of a batch', () => {
    const report = describeNetwork(alexnet);
    const estimate = estimateTrainingMemory(report, 100);
    const parameterBytes = 37_327_562 * 4;
    expect(estimate.weightsBytes).toBe(parameterBytes);
    expect(estimate.gradientsBytes).toBe(parameterBytes);
    expect(estimate.optimizerBytes).toBe(2 * parameterBytes);
    const activations =
      2 * 28 * 28 * 96 +
      14 * 14 * 96 +
      2 * 14 * 14 * 256 +
      7 * 7 * 256 +
      2 * 7 * 7 * 384 +
      7 * 7 * 256 +
      2 * 4 * 4 * 256 +
      4 * 4096 +
      10;
    expect(estimate.activationsBytes).toBe(100 * 4 * activations);
    expect(estimate.totalBytes).toBe(4 * parameterBytes + estimate.activationsBytes);
  });

  it('asks for no gradient and no moments of statistics', () => {
    const { parameters, statistics, ...report } = describeNetwork(batchNormalized);
    const estimate = estimateTrainingMemory({ ...report, parameters, statistics }, 100);
    expect(estimate.weightsBytes).toBe(4 * (parameters + statistics));
    expect(estimate.gradientsBytes).toBe(4 * parameters);
    expect(estimate.optimizerBytes).toBe(8 * parameters);
  });

  it('grows with the batch by the activations alone', () => {
    const report = describeNetwork(lenet5);
    const small = estimateTrainingMemory(report, 1);
    const large = estimateTrainingMemory(report, 64);
    expect(large.totalBytes - small.totalBytes).toBe(63 * report.activationBytes);
  });
});
