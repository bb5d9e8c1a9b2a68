import { version } from '../../../package.json';
import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import { mendedClassNames } from '../../domain/data/classNames.ts';
import type { NamedTensor, RunRecord } from '../../domain/runs/run.ts';
import { runNameOf } from '../../domain/runs/runName.ts';
import {
  LONGEST_TEXT,
  MOST_ASSUMPTIONS,
  type PortableModel,
} from '../../formats/weights/portableModel.ts';
import { newId } from '../../util/newId.ts';

/** The model of a run as files carry it: enough to rebuild, feed and cite it. */
export function portableModel(record: RunRecord, tensors: readonly NamedTensor[]): PortableModel {
  const { recipe, architecture, scaling, look, assumptions } = record;
  const classNames = mendedClassNames(record.classNames);
  const { input, classes } = architecture;
  const { width, dropout, normalization } = recipe;
  const validationAccuracy = record.history.validation.at(-1)?.accuracy;
  return {
    architecture:
      architecture.id === 'imported'
        ? { ...architecture, width: 1, dropout: 0 }
        : { id: recipe.architecture, width, dropout, normalization, input, classes },
    ...{ recipe, scaling, ...(look && { look }), classNames, tensors },
    provenance: {
      application: 'AlexNet Workbench',
      version,
      runName: record.name.slice(0, LONGEST_TEXT),
      datasetName: record.datasetName.slice(0, LONGEST_TEXT),
      ...(record.datasetId === undefined ? {} : { datasetId: record.datasetId }),
      ...(record.scalingImages === undefined ? {} : { trainingImages: record.scalingImages }),
      ...(assumptions && { assumptions: assumptions.slice(0, MOST_ASSUMPTIONS) }),
      engine: record.engine,
      step: record.step,
      createdAt: new Date(record.createdAt).toISOString(),
      ...(validationAccuracy === undefined ? {} : { validationAccuracy }),
    },
  };
}

/** A run made of an imported model: it can be evaluated, used, and trained on with a fresh optimizer. */
export function importedRecord(model: PortableModel, engine: string): RunRecord {
  const { recipe, scaling, look, classNames, provenance } = model;
  const now = Date.now();
  return {
    id: newId(),
    name: runNameOf(provenance.runName),
    status: 'imported',
    createdAt: now,
    updatedAt: now,
    recipe,
    // Whatever length it was to have: it ends where the file has it.
    lengthChanges: [{ step: provenance.step, steps: provenance.step }],
    architecture: buildArchitecture(model.architecture),
    datasetName: provenance.datasetName,
    ...(provenance.datasetId === undefined ? {} : { datasetId: provenance.datasetId }),
    ...(provenance.trainingImages === undefined
      ? {}
      : { scalingImages: provenance.trainingImages }),
    ...(provenance.assumptions && { assumptions: provenance.assumptions }),
    step: provenance.step,
    trainingMs: 0,
    history: { training: [], validation: [] },
    ...{ scaling, ...(look && { look }), classNames, engine },
  };
}

/** One prepared picture, scaled as the run's images were; grey fills every channel. */
export function scaledInput(
  pixels: Uint8Array,
  { architecture, scaling }: RunRecord,
): Float32Array {
  const { channels } = architecture.input;
  const { offset, factor } = scaling;
  return Float32Array.from({ length: pixels.length * channels }, (_, i) => {
    const pixel = pixels[Math.floor(i / channels)] ?? 0;
    return (pixel - offset) * factor;
  });
}
