import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildArchitecture, normalizations } from '../../domain/architecture/architecture.ts';
import { weightSpecs } from '../../domain/architecture/shapes.ts';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { plainFormats } from '../../domain/runs/weightsFormat.ts';
import { at } from '../../util/assert.ts';
import { codeOf, expectSafe, fuzzRuns, mutationsOf, noteInputs } from '../testing/fuzz.ts';
import { tinyModel } from '../testing/tinyModel.ts';
import type { PortableModel } from './portableModel.ts';
import { writeSafetensors } from './safetensors.ts';
import { readWeights, writeWeights } from './weightsFile.ts';

const bitsOf = ({ tensors }: PortableModel) =>
  tensors.map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));

/** The first tensor with this value somewhere. */
function spoilt(model: PortableModel, value: number, index: number): PortableModel {
  const [first, ...others] = model.tensors;
  const values = Float32Array.from(first?.values ?? []);
  values[index] = value;
  return { ...model, tensors: [{ ...at(model.tensors, 0), values }, ...others] };
}

describe.each(plainFormats)('weights as %s', (format) => {
  it('come back bit by bit, with all that belongs to them', () => {
    const models = fc
      .record({
        id: fc.constantFrom('alexnet' as const, 'lenet5' as const),
        normalization: fc.constantFrom(...normalizations),
        seed: fc.nat(),
        runName: fc.string({ unit: 'grapheme' }),
        datasetName: fc.string(),
        createdAt: fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }),
        step: fc.nat(1_000_000),
        factor: fc.double({ noNaN: true, noDefaultInfinity: true }),
        accuracy: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      })
      .map(
        ({ id, normalization, seed, runName, datasetName, createdAt, step, factor, accuracy }) => {
          const model = tinyModel(id, seed, {}, normalization);
          const { validationAccuracy: _, ...provenance } = model.provenance;
          return {
            ...model,
            scaling: { kind: 'standard', offset: 33.1, factor: Object.is(factor, -0) ? 0 : factor },
            provenance: {
              ...{ ...provenance, runName, datasetName, step, createdAt: createdAt.toISOString() },
              ...(accuracy === null
                ? {}
                : { validationAccuracy: Object.is(accuracy, -0) ? 0 : accuracy }),
            },
          } satisfies PortableModel;
        },
      );
    fc.assert(
      fc.property(models, (model) => {
        const { name, bytes } = writeWeights(model, format);
        const read = readWeights(name, bytes);
        expect({ ...read, tensors: [] }).toEqual({ ...model, tensors: [] });
        expect(read.tensors.map((tensor) => [tensor.name, tensor.shape])).toEqual(
          model.tensors.map((tensor) => [tensor.name, tensor.shape]),
        );
        const [before, after] = [bitsOf(model), bitsOf(read)];
        expect(after.every((bits, i) => bits.equals(at(before, i)))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('are known by their content, whatever the file is called', () => {
    const { bytes } = writeWeights(tinyModel(), format);
    expect(readWeights('weights.txt', bytes).tensors).toEqual(tinyModel().tensors);
  });

  it('are the same file for the same model', () => {
    expect(writeWeights(tinyModel(), format)).toEqual(writeWeights(tinyModel(), format));
  });

  it.for([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'with a weight of %d are refused, and the weight named',
    (value, { task }) => {
      const { bytes } = writeWeights(spoilt(tinyModel(), value, 17), format);
      expect(() => readWeights('w', bytes)).toThrow(
        `The tensor conv1/kernel in w has the value ${value} at position 17. A network with such`,
      );
      const words = 'imported weights that are no numbers';
      task.meta.fault = { case: 25, words, injected: 1, survived: 1 };
    },
  );

  it('with a variance below zero are refused, and the variance named', () => {
    const model = tinyModel('alexnet', 1, {}, 'batch');
    const tensors = model.tensors.map((tensor) =>
      tensor.name === 'norm2/moving_variance'
        ? { ...tensor, values: tensor.values.map((value, i) => (i === 3 ? -0.5 : value)) }
        : tensor,
    );
    const { bytes } = writeWeights({ ...model, tensors }, format);
    expect(() => readWeights('w', bytes)).toThrow(
      'The tensor norm2/moving_variance in w has the value -0.5 at position 3, and a variance is never',
    );
  });

  it('of one normalisation are not taken for those of another', () => {
    const { architecture, ...model } = tinyModel('alexnet', 1, {}, 'batch');
    const { normalization: _, ...silent } = architecture;
    const { bytes } = writeWeights({ ...model, architecture: silent }, format);
    expect(() => readWeights('w', bytes)).toThrow('recipe and architecture contradict each other');
    const { bytes: none } = writeWeights(tinyModel('alexnet', 1, {}, 'none'), format);
    expect(readWeights('w', none).architecture.normalization).toBe('none');
  });

  it('without a tensor that the network needs are refused', () => {
    const model = tinyModel();
    const tensors = model.tensors.filter(({ name }) => name !== 'fc5/bias');
    const { bytes } = writeWeights({ ...model, tensors }, format);
    expect(() => readWeights('w', bytes)).toThrow(
      'w has no tensor fc5/bias, which the network lenet5 needs.',
    );
  });

  it('with a tensor that the network does not know are refused', () => {
    const model = tinyModel();
    const extra = { name: '__proto__', shape: [2], values: new Float32Array(2) };
    const { bytes } = writeWeights({ ...model, tensors: [...model.tensors, extra] }, format);
    expect(() => readWeights('w', bytes)).toThrow(
      'w has a tensor __proto__ that the network lenet5 does not know.',
    );
  });

  it('with a tensor of another shape are refused, even one of the same size', () => {
    const model = tinyModel();
    const tensors = model.tensors.map((tensor) =>
      tensor.name === 'fc4/kernel' ? { ...tensor, shape: tensor.shape.toReversed() } : tensor,
    );
    const { bytes } = writeWeights({ ...model, tensors }, format);
    expect(() => readWeights('w', bytes)).toThrow(
      'The tensor fc4/kernel in w has shape 84x120; the network lenet5 needs 120x84.',
    );
  });

  it('of a network that this page cannot build are refused', () => {
    const model = tinyModel();
    const refused = (change: object) => {
      const changed = { ...model, ...change } as PortableModel;
      return codeOf(() => readWeights('w', writeWeights(changed, format).bytes));
    };
    const { architecture, provenance } = model;
    for (const change of [
      { architecture: { ...architecture, classes: 11 } },
      { architecture: { ...architecture, classes: 1e9 }, classNames: [] },
      { architecture: { ...architecture, width: 0.5 } },
      { architecture: { ...architecture, input: { height: 1e6, width: 1e6, channels: 1 } } },
      { architecture: { ...architecture, input: { height: 15, width: 16, channels: 1 } } },
      { recipe: { ...seedRecipe, learningRate: 7 } },
      { recipe: seedRecipe },
      { scaling: { kind: 'minmax', offset: null, factor: 1 } },
      { classNames: ['only one'] },
      { provenance: { ...provenance, step: -1 } },
      { provenance: { ...provenance, createdAt: 'yesterday' } },
      { provenance: { ...provenance, validationAccuracy: 1.5 } },
      { provenance: { ...provenance, homepage: 'https://example.org/' } },
    ]) {
      expect(refused(change)).toBe('weights.metadata');
    }
    expect(() =>
      readWeights('w', writeWeights(tinyModel('lenet5', 1, { recipe: seedRecipe }), format).bytes),
    ).toThrow('recipe and architecture contradict each other');
  });

  it('end in a sentence or a whole model, whatever was altered', ({ task }) => {
    const { bytes } = writeWeights(tinyModel(), format);
    const whole = bytes.length;
    // Most alterations of the file would fall on weights; its ends are where it can be hurt.
    const ends = Uint8Array.from([...bytes.subarray(0, 3000), ...bytes.subarray(whole - 300)]);
    const names = weightSpecs(buildArchitecture(tinyModel().architecture)).map(({ name }) => name);
    fc.assert(
      fc.property(mutationsOf(ends), fc.boolean(), (altered, full) => {
        const middle = bytes.subarray(3000, whole - 300);
        const file = full
          ? Buffer.concat([altered.subarray(0, 3000), middle, altered.subarray(3000)])
          : altered;
        expectSafe(() => {
          const { tensors } = readWeights('w.safetensors', file);
          expect(tensors.map(({ name }) => name)).toEqual(names);
          for (const { values } of tensors) expect(values.every(Number.isFinite)).toBe(true);
        });
      }),
      { numRuns: fuzzRuns(1000) },
    );
    noteInputs(task, 'weights files', fuzzRuns(1000));
  });
});

describe('the name of a weights file', () => {
  it('says what is in it', () => {
    const model = tinyModel('alexnet');
    const wide = { ...model, architecture: { ...model.architecture, width: 0.125 } };
    expect(writeWeights(wide, 'safetensors').name).toBe('alexnet-w0.125-mnist-step300.safetensors');
    expect(writeWeights(wide, 'tfjs').name).toBe('alexnet-w0.125-mnist-step300-tfjs.zip');
    expect(writeWeights(tinyModel(), 'safetensors').name).toBe('lenet5-mnist-step300.safetensors');
  });

  it('is one for every file system', () => {
    const { provenance } = tinyModel();
    const named = (datasetName: string) =>
      writeWeights({ ...tinyModel(), provenance: { ...provenance, datasetName } }, 'safetensors')
        .name;
    expect(named('../My "digits": 手寫/*')).toBe('lenet5-my-digits-手寫-step300.safetensors');
    expect(named('///')).toBe('lenet5-step300.safetensors');
  });
});

describe('files that hold no weights of ours', () => {
  const text = (content: string) => new TextEncoder().encode(content);
  it.each([
    ['a.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'weights.unknownFormat'],
    ['empty', new Uint8Array(0), 'weights.unknownFormat'],
    ['a.safetensors', text('not weights'), 'weights.notSafetensors'],
    ['of.another.program', writeSafetensors([], { format: 'pt' }), 'weights.metadata'],
    ['no.json', writeSafetensors([], { workbench: '{' }), 'weights.metadata'],
    ['no.object', writeSafetensors([], { workbench: 'null' }), 'weights.metadata'],
    ['a.zip', text('PK\x03\x04 and then nothing'), 'weights.zip'],
  ])('such as %s are refused', (name, bytes, code) => {
    expect(codeOf(() => readWeights(name, bytes))).toBe(code);
  });

  it('are told why', () => {
    const file = writeSafetensors([], { workbench: '{"formatVersion":2}' });
    expect(() => readWeights('w', file)).toThrow(
      'w does not say which network it belongs to (workbench: formatVersion is 2, where 1 was expected). Only',
    );
    expect(() => readWeights('w', writeSafetensors([], {}))).toThrow('it has no entry "workbench"');
  });
});
