import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeOf, weightSpecs } from '../../domain/architecture/shapes.ts';
import { LONGEST_CLASS_NAME } from '../../domain/data/classNames.ts';
import type { Look } from '../../domain/data/look.ts';
import {
  architectureOf,
  improvedRecipe,
  type Recipe,
  recipeRanges,
} from '../../domain/recipe/recipe.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { LONGEST_RUN_NAME } from '../../domain/runs/runName.ts';
import { type PlainFormat, plainFormats } from '../../domain/runs/weightsFormat.ts';
import { LONGEST_TEXT } from '../../formats/weights/portableModel.ts';
import { readWeights, writeWeights } from '../../formats/weights/weightsFile.ts';
import { importedRecord, portableModel } from '../model/modelExchange.ts';

function recordOf(recipe: Recipe): RunRecord {
  const classNames = Array.from({ length: 10 }, (_, label) => String(label));
  const input = { height: 16, width: 16, channels: 1 };
  return {
    ...{ id: 'a', name: 'a run', engine: 'wasm', datasetName: 'MNIST' },
    status: 'finished',
    ...{ createdAt: 0, updatedAt: 0, trainingMs: 0, step: recipe.steps },
    ...{ recipe, classNames },
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    architecture: architectureOf(recipe, input, classNames.length),
    history: { training: [], validation: [] },
  };
}

const improved: Recipe = { ...improvedRecipe, width: 1 / 16 };

function takenAwayAndBack(record: RunRecord, format: PlainFormat): RunRecord {
  const tensors = weightSpecs(record.architecture).map(({ name, shape }) => ({
    ...{ name, shape, values: new Float32Array(sizeOf(shape)) },
  }));
  const { name, bytes } = writeWeights(portableModel(record, tensors), format);
  return importedRecord(readWeights(name, bytes), 'wasm');
}

const { width: _, ...ranges } = recipeRanges;
const atTheEnds = fc.record({
  recipe: fc.record(
    Object.fromEntries(
      Object.entries(ranges).map(([key, { min, max }]) => [key, fc.constantFrom(min, max)]),
    ),
  ) as fc.Arbitrary<object>,
  step: fc.constantFrom(0, 1_000_000, 1_000_000_000),
  name: fc.constantFrom('a', 'x'.repeat(LONGEST_RUN_NAME)),
  datasetName: fc.constantFrom('', 'x'.repeat(LONGEST_TEXT), 'x'.repeat(60_000)),
});

describe.each(plainFormats)('a run that is taken away as %s', (format) => {
  it('comes back with what its training images look like, and without where nobody knows', () => {
    const look: Look = { paper: 255, ink: 3, box: 0.9, centre: 'box', stroke: 0.07 };
    expect(takenAwayAndBack({ ...recordOf(improved), look }, format).look).toEqual(look);
    expect(takenAwayAndBack(recordOf(improved), format)).not.toHaveProperty('look');
  });

  it('comes back with what was assumed of its set, of kinds that nobody knows yet too', () => {
    const assumptions = [
      { kind: 'stretched', file: 'a.csv', from: '0..16', to: '0..255' },
      { kind: 'ofTomorrow', file: 'b.csv', share: 0.5 },
    ] as unknown as RunRecord['assumptions'];
    const record = { ...recordOf(improved), ...(assumptions && { assumptions }) };
    expect(takenAwayAndBack(record, format).assumptions).toEqual(assumptions);
    expect(takenAwayAndBack(recordOf(improved), format)).not.toHaveProperty('assumptions');
  });

  it.each([
    ['improved', improved],
    ['improved, without normalisation', { ...improved, normalization: 'none' as const }],
  ])('comes back with its recipe, its network and its scaling: %s', (_, recipe) => {
    const record = recordOf(recipe);
    const back = takenAwayAndBack(record, format);
    const { architecture, scaling, classNames, datasetName, step } = record;
    expect(back).toMatchObject({ name: record.name, datasetName, step, status: 'imported' });
    expect(back.recipe).toEqual(recipe);
    expect(back.architecture).toEqual(architecture);
    expect({ ...back.scaling }).toEqual(scaling);
    expect(back.classNames).toEqual(classNames);
  });

  it('has a name of a length that the page takes, whatever the file says', () => {
    const record = { ...recordOf(improved), name: 'x'.repeat(1000) };
    const back = takenAwayAndBack(record, format);
    expect(back.name).toBe(`${'x'.repeat(LONGEST_RUN_NAME - 1)}…`);
  });

  it('comes back whatever field of it is at an end of what it may be', () => {
    fc.assert(
      fc.property(atTheEnds, ({ recipe, step, ...texts }) => {
        const plain = recordOf({ ...improved, ...recipe });
        const classNames = plain.classNames.map((name) => name.padEnd(LONGEST_CLASS_NAME, '數'));
        const record = { ...plain, ...texts, classNames, step };
        const back = takenAwayAndBack(record, format);
        expect(back.recipe).toEqual(record.recipe);
        expect(back.classNames).toEqual(classNames);
        expect(back.step).toBe(step);
        expect(back.datasetName).toBe(texts.datasetName.slice(0, LONGEST_TEXT));
        // What was read is written again as something that is read.
        expect(takenAwayAndBack(back, format).recipe).toEqual(record.recipe);
      }),
      { numRuns: 30 },
    );
  });
});
