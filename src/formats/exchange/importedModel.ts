import { mendedClassNames } from '../../domain/data/classNames.ts';
import { classCounts } from '../../domain/data/dataset.ts';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import type { Scaling } from '../../domain/recipe/scaling.ts';
import { refusalOf } from '../refusal.ts';
import { parseJson } from '../text/parseJson.ts';
import { metadataOf, type PortableModel, parseMetadata } from '../weights/portableModel.ts';
import { checkedModel } from '../weights/weightsFile.ts';
import { Misfit, type NetworkBuilder } from './networkBuilder.ts';

interface Facts {
  readonly scaling: Scaling;
  /** A list of texts as JSON, where the file has one. */
  readonly classNames: string | undefined;
  readonly application: string;
}

/**
 * A model that was made elsewhere. What nobody has said of it is filled in: classes are called by their
 * numbers, and it would be trained on as the tutorial trains.
 */
export function importedModel(file: string, builder: NetworkBuilder, facts: Facts): PortableModel {
  const [classes = 0, ...others] = builder.shape;
  if (others.length > 0) throw new Misfit('network.noRow');
  // Files differ in which pixel such a class would be.
  if (builder.isFlattened) throw new Misfit('network.flattenedEnd');
  if (classes < 2 || classes > classCounts.max) {
    throw new Misfit('network.classes', { classes, most: classCounts.max });
  }
  const { input, layers, tensors } = builder;
  const numbers = Array.from({ length: classes }, (_, label) => String(label));
  const names = classNamesIn(file, facts.classNames);
  const model: PortableModel = {
    architecture: { id: 'imported', width: 1, dropout: 0, input, classes, layers },
    recipe: seedRecipe,
    scaling: facts.scaling,
    classNames: names?.length === classes ? mendedClassNames(names) : numbers,
    provenance: {
      application: facts.application.slice(0, 1000),
      ...{ version: '', runName: file.replace(/\.\w+$/, ''), datasetName: '', engine: '' },
      ...{ step: 0, createdAt: new Date(0).toISOString() },
    },
    tensors,
  };
  // What it says of itself from now on has to be what a file of ours may say.
  parseMetadata(file, metadataOf(model));
  return checkedModel(file, model);
}

function classNamesIn(file: string, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const refuse = refusalOf('onnx.unreadable', file);
  const names = parseJson(new TextEncoder().encode(text), 'classes', refuse);
  return Array.isArray(names) && names.every((name) => typeof name === 'string')
    ? names
    : undefined;
}
