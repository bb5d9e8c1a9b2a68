import { placesOf } from '../../domain/data/classNames.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import { countClasses } from '../../domain/data/datasetStatistics.ts';
import type { LoadedDataset } from './datasetShelf.ts';

/**
 * The set with its labels numbered as those of a model, where it has some of the model's classes, by their
 * names, at other places: pictures of 3 and 8 alone for a model of ten digits. Any other set as it is.
 */
export function inClassesOf(loaded: LoadedDataset, known: readonly string[]): LoadedDataset {
  const { dataset, summary } = loaded;
  const { classNames } = dataset;
  const placeOf = placesOf(known);
  const places = classNames.map((name) => placeOf.get(name) ?? -1);
  const isSame = places.every((place, label) => place === label);
  if (isSame || places.includes(-1)) return loaded;
  const relabelled = (images: LabelledImages) => ({
    ...images,
    labels: images.labels.map((label) => places[label] ?? label),
  });
  const [train, test] = [relabelled(dataset.train), relabelled(dataset.test)];
  const trainClassCounts = countClasses(train.labels, known.length);
  return {
    ...loaded,
    dataset: { ...dataset, classNames: known, train, test },
    summary: { ...summary, classNames: known, trainClassCounts },
  };
}
