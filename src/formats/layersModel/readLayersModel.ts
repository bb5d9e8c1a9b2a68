import * as v from 'valibot';
import { WorkbenchError } from '../../util/errors.ts';
import { importedModel } from '../exchange/importedModel.ts';
import { scalesBytes, scalingOf } from '../exchange/inputScaling.ts';
import { Misfit, NetworkBuilder } from '../exchange/networkBuilder.ts';
import { refusalOf } from '../refusal.ts';
import { quoted } from '../text/quoted.ts';
import type { PortableModel } from '../weights/portableModel.ts';
import { inputOf } from './inputShape.ts';
import { type ForeignLayer, layerList } from './layerList.ts';
import { layerReaders, type Reading } from './layerReaders.ts';
import { NamedWeights, type StoredWeight } from './namedWeights.ts';
import { Settings } from './settings.ts';

/** A model of Keras's layers, out of whatever file. */
export interface LayersModel {
  readonly topology: unknown;
  readonly weights: readonly StoredWeight[];
  readonly classNames: readonly string[] | undefined;
  /** What wrote it. */
  readonly application: string;
  /** Of the file that the weights are in. */
  readonly fileBytes: number;
}

/** Makes our network of a model that other programs have written: a chain of plain layers. */
export function readLayersModel(file: string, model: LayersModel): PortableModel {
  const refuse = refusalOf('layers.unreadable', file);
  try {
    const layers = layerList(model.topology);
    const { image, rest } = inputOf(layers);
    const reading: Reading = {
      builder: new NetworkBuilder(image, model.fileBytes),
      weights: new NamedWeights(file, 'imported', model.weights),
      scaling: { factor: 1, shift: 0 },
      ended: false,
    };
    for (const layer of rest) readLayer(file, reading, layer);
    reading.weights.refuseUnused();
    const { classNames, application } = model;
    return importedModel(file, reading.builder, {
      scaling: scalingOf(reading.scaling, scalesBytes(reading.scaling)),
      classNames: classNames && JSON.stringify(classNames),
      application,
    });
  } catch (error) {
    if (error instanceof Misfit) throw refuse(error.code, error.params);
    throw error;
  }
}

function readLayer(file: string, reading: Reading, { kind, name, config }: ForeignLayer): void {
  const named = { file, layer: quoted(name), kind: quoted(kind) };
  const read = Object.hasOwn(layerReaders, kind) ? layerReaders[kind] : undefined;
  if (!read) {
    const known = Object.keys(layerReaders).join(', ');
    throw new WorkbenchError('layers.kind', { ...named, known });
  }
  try {
    if (reading.ended) throw new Misfit('network.behindEnd');
    read(reading, new Settings(config), name);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const problem = { code: error.code, params: error.params };
    throw new WorkbenchError('layers.layer', { ...named, problem });
  }
}

/** Names of classes that a file beside the model has: Teachable Machine's `metadata.json`. */
export const LabelsSchema = v.object({ labels: v.array(v.string()) });
