import {
  type Dataset,
  type LabelledImages,
  MIN_TRAINING_IMAGES,
  type UnlabelledImages,
} from '../../domain/data/dataset.ts';
import { lookOf } from '../../domain/data/lookOf.ts';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { portions, type Steps } from '../../util/steps.ts';
import { emnistOf, transposed } from '../arrays/emnist.ts';
import type { ReadingContext } from './readingContext.ts';
import { roleOfPath } from './roles.ts';

/**
 * What is decided of a set once it is read, from whatever files: which way up its images lie, what is for
 * training and what for testing, and whether there is anything to learn from it.
 *
 * @param files names of all files, with those of their archives
 */
export function* settled(
  dataset: Dataset,
  files: readonly string[],
  context: ReadingContext,
): Steps<Dataset> {
  const upright = yield* turned(dataset, files, context);
  const set = withoutTrainIds(inRoles(upright, at(files, 0), context));
  refuseTooFew(set, files, context);
  tellLook(set, at(files, 0), context);
  yield* question(set, at(files, 0), context);
  return set;
}

/** EMNIST's images lie on their side in every format, for all were made from the same arrays. */
function* turned(
  dataset: Dataset,
  files: readonly string[],
  { choices, assume }: ReadingContext,
): Steps<Dataset> {
  const { orientation } = choices;
  const known = files.find((name) => emnistOf([name]));
  const file = known ?? at(files, 0);
  const turns = orientation === undefined ? known !== undefined : orientation === 'turned';
  if (!turns) {
    if (orientation === 'asStored') assume({ kind: 'notTurnedByChoice', file });
    return dataset;
  }
  assume({ kind: orientation ? 'turnedByChoice' : 'turned', file });
  const { train, test, unlabelled } = dataset;
  return {
    ...dataset,
    train: yield* transposedImages(train),
    test: yield* transposedImages(test),
    ...(unlabelled && { unlabelled: yield* transposedImages(unlabelled) }),
  };
}

function* transposedImages<Images extends UnlabelledImages>(images: Images): Steps<Images> {
  const { shape, count, pixels } = images;
  const { height, width, channels } = shape;
  return {
    ...images,
    shape: { height: width, width: height, channels },
    pixels: yield* transposed(pixels, count, shape),
  };
}

function inRoles(dataset: Dataset, file: string, { choices, assume }: ReadingContext): Dataset {
  const { train, test } = dataset;
  if (choices.roles === 'swapped') {
    assume({ kind: 'rolesSwapped', file });
    return { ...dataset, train: test, test: train };
  }
  if (train.count === 0 && test.count > 0) assume({ kind: 'onlyForTest', file });
  return dataset;
}

/** Nobody asks what images for training are called. */
function withoutTrainIds(dataset: Dataset): Dataset {
  const { ids: _, ...train } = dataset.train;
  return { ...dataset, train };
}

/** As the roles are now: where there is nothing else, an empty training set is too little, too. */
function refuseTooFew(dataset: Dataset, files: readonly string[], { choices }: ReadingContext) {
  const { train, test, unlabelled } = dataset;
  const { count } = train;
  const hasOthers = test.count > 0 || unlabelled !== undefined;
  if (count >= MIN_TRAINING_IMAGES || (count === 0 && hasOthers)) return;
  const role = choices.roles === 'swapped' ? 'test' : 'train';
  const file = files.find((name) => roleOfPath(name) === role) ?? at(files, 0);
  throw new WorkbenchError('dataset.tooFew', { file, count, min: MIN_TRAINING_IMAGES });
}

/** Dark ink on light paper is the other way round than in most sets. */
function tellLook({ train }: Dataset, file: string, { assume }: ReadingContext): void {
  const look = train.count > 0 ? lookOf(train) : undefined;
  if (look && look.ink < look.paper) assume({ kind: 'darkOnLight', file });
}

/** Sets from which nothing can be learned, which a wrongly read file looks like too. */
function* question(dataset: Dataset, file: string, { assume }: ReadingContext): Steps<void> {
  const { train, classNames } = dataset;
  if (train.count < 2) return;
  const [first = 0] = train.labels;
  if (train.labels.every((label) => label === first)) {
    assume({ kind: 'oneClass', file, name: classNames[first] ?? String(first) });
  }
  if (yield* areFlat(train)) assume({ kind: 'imagesFlat', file });
  else if (yield* areAlike(train)) assume({ kind: 'imagesAlike', file });
}

function* areAlike({ pixels, count }: LabelledImages): Steps<boolean> {
  const bytes = pixels.length / count;
  for (const [from, to] of portions(pixels.length)) {
    for (let i = Math.max(from, bytes); i < to; i++) {
      if (pixels[i] !== pixels[i - bytes]) return false;
    }
    yield;
  }
  return true;
}

/** Each image by itself: a set of flat colours says nothing of shapes. */
function* areFlat({ pixels, count, shape: { channels } }: LabelledImages): Steps<boolean> {
  const bytes = pixels.length / count;
  for (const [from, to] of portions(pixels.length)) {
    for (let i = from; i < to; i++) {
      if (i % bytes >= channels && pixels[i] !== pixels[i - channels]) return false;
    }
    yield;
  }
  return true;
}
