import { afterEach, describe, expect, it } from 'vitest';
import { type Architecture, buildArchitecture } from '../domain/architecture/architecture.ts';
import { describeNetwork } from '../domain/architecture/shapes.ts';
import type { ExplanationMethod } from '../domain/inside/explanation.ts';
import { covered, coversOf, paperOf } from '../domain/inside/occlusion.ts';
import { noisyCopy, SAMPLES } from '../domain/inside/smoothGrad.ts';
import {
  type Plain,
  plainForward,
  plainGradient,
  plainLogits,
} from '../domain/inside/testing/plainNetwork.ts';
import { startEngine } from '../engine/engines.ts';
import { assert, at } from '../util/assert.ts';
import { explain } from './explain.ts';
import { initialWeights } from './initialWeights.ts';
import { Network } from './network.ts';
import { tinyImages } from './testing/tinyRun.ts';

/**
 * Why a picture is read as it is comes out the same on both engines and by the plainest loops, in double
 * precision and with slopes by finite differences.
 */

const CLASSES = 3;
const LABEL = 0;
const TOLERANCE = 1e-4;
const faults: Error[] = [];
afterEach(() => expect(faults).toEqual([]));

const data = tinyImages(2);
const image = Float32Array.from(data.pixels.subarray(256, 512), (pixel) => pixel / 255);

const built = (id: Architecture['id']) =>
  buildArchitecture({
    ...{ id, width: 1 / 24, input: data.shape, classes: CLASSES, dropout: 0.5 },
  });

/** The reference at these places of the map. */
type Reference = { readonly places: readonly number[]; readonly values: readonly number[] };

function plainGradCam(plain: Plain): Reference {
  const { layers } = describeNetwork(plain.architecture);
  const last = layers.findLast(({ layer }) => layer.kind === 'conv2d');
  assert(last, 'a convolution');
  const { name } = last.layer;
  const maps = plainForward(plain, image).get(name);
  assert(maps, 'its maps');
  const channels = at(last.outputShape, 2);
  const places = Array.from({ length: maps.length / channels }, (_, place) => place);
  // Of equal values a pooling takes the first, where finite differences would take a half of each.
  const apart = maps.map((value, i) => value + 1e-7 * (places.length - Math.floor(i / channels)));
  const slopes = plainGradient(plain, apart, LABEL, name);
  const weight = (c: number) =>
    places.reduce((sum, place) => sum + at(slopes, place * channels + c), 0) / places.length;
  const weights = Array.from({ length: channels }, (_, c) => weight(c));
  const values = places.map((place) =>
    Math.max(
      0,
      weights.reduce((sum, each, c) => sum + each * at(maps, place * channels + c), 0),
    ),
  );
  return { places, values };
}

/** Some of the pixels: each costs two passes a copy. */
const pixels = [0, 37, 85, 120, 136, 151, 200, 255];

function plainSlopes(plain: Plain, copies: readonly Float32Array[]): Reference {
  const slopes = copies.map((copy) => plainGradient(plain, copy, LABEL, undefined, pixels));
  const values = pixels.map(
    (_, i) => slopes.reduce((sum, of) => sum + at(of, i), 0) / slopes.length,
  );
  return { places: pixels, values };
}

function plainOcclusion(plain: Plain): Reference {
  const covers = coversOf(data.shape);
  const logit = (seen: Float32Array) => at(plainLogits(plain, seen), LABEL);
  const whole = logit(image);
  const places = Array.from({ length: covers.rows * covers.columns }, (_, i) => i);
  const paper = paperOf(image, data.shape);
  const cover = (place: number) => covered(image, data.shape, covers, place, paper);
  return { places, values: places.map((place) => whole - logit(cover(place))) };
}

const references: Record<ExplanationMethod, (plain: Plain) => Reference> = {
  gradCam: plainGradCam,
  gradient: (plain) => plainSlopes(plain, [image]),
  smoothGrad: (plain) =>
    plainSlopes(
      plain,
      Array.from({ length: SAMPLES }, (_, sample) => noisyCopy(image, sample)),
    ),
  occlusion: plainOcclusion,
};

describe.each([
  ['AlexNet', built('alexnet')],
  ['LeNet-5', built('lenet5')],
])('why %s reads a picture as it does', (_, architecture) => {
  const weights = initialWeights(architecture, 'he', 1);
  const methods = Object.keys(references) as ExplanationMethod[];
  const expected = new Map(
    methods.map((method) => [method, references[method]({ architecture, weights })]),
  );

  it.each(['wasm', 'webgpu'] as const)('is told on %s as by hand', async (engine) => {
    await startEngine(engine, (fault) => faults.push(fault));
    const network = new Network(architecture, weights);
    for (const [method, { places, values }] of expected) {
      const seen = await explain(network, image, LABEL, method);
      expect(seen.values).toHaveLength(seen.height * seen.width);
      const scale = Math.max(...values.map(Math.abs));
      expect(scale, method).toBeGreaterThan(0);
      for (const [i, place] of places.entries()) {
        const error = Math.abs(at(seen.values, place) - at(values, i)) / scale;
        expect(error, `${method} at ${place}`).toBeLessThan(TOLERANCE);
      }
    }
    network.dispose();
  });
});

it('without a convolution there are no maps to ask', async () => {
  await startEngine('wasm', (fault) => faults.push(fault));
  const architecture: Architecture = {
    ...{ id: 'imported', input: data.shape, classes: CLASSES },
    layers: [
      { kind: 'flatten', name: 'flatten' },
      { kind: 'dense', name: 'dense', units: CLASSES, activation: 'linear' },
    ],
  };
  const network = new Network(architecture, initialWeights(architecture, 'he', 1));
  await expect(explain(network, image, LABEL, 'gradCam')).rejects.toMatchObject({
    code: 'inside.noConvolution',
  });
  network.dispose();
});

describe('a long explanation', () => {
  it('tells how far it is, and can be given up', async () => {
    await startEngine('wasm', (fault) => faults.push(fault));
    const architecture = built('lenet5');
    const network = new Network(architecture, initialWeights(architecture, 'he', 1));
    const told: string[] = [];
    const onProgress = (done: number, total: number) => told.push(`${done} of ${total}`);
    await explain(network, image, 0, 'smoothGrad', { onProgress });
    expect(told).toEqual(['8 of 32', '16 of 32', '24 of 32', '32 of 32']);

    const giving = new AbortController();
    const ends = explain(network, image, 0, 'occlusion', {
      onProgress: () => giving.abort(new RangeError('given up')),
      signal: giving.signal,
    });
    await expect(ends).rejects.toThrow('given up');
    network.dispose();
  });
});
