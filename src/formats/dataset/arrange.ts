import type { DatasetSource } from '../../domain/data/dataset.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { DatasetFile } from '../files/datasetFile.ts';
import type { ReadingContext } from './readingContext.ts';
import type { RecognisedFile, RecognisedKind } from './recognisedFile.ts';

/** Which files hold the images, and which say something of them. */
export interface Arrangement {
  readonly source: DatasetSource;
  readonly data: readonly DatasetFile[];
  readonly tables: readonly DatasetFile[];
  readonly names: DatasetFile | undefined;
}

/** Of two forms of one set the one that says most by itself; a wide table beside pictures may describe them. */
const inOrderOfTrust: readonly DatasetSource[] = ['IDX', 'NumPy', 'CIFAR', 'pictures', 'CSV'];
/** Fewer may illustrate something. */
const MANY_PICTURES = 20;

/**
 * Second stage: which files belong together. Images are of one kind; where sites offer a set in several
 * forms at once, one of them is read and the others are passed over, which is told.
 */
export function arrange(
  files: readonly RecognisedFile[],
  { assume }: Pick<ReadingContext, 'assume'>,
): Arrangement {
  const ofKind = (kind: RecognisedKind) =>
    files.filter((each) => each.kind === kind).map(({ file }) => file);
  const [names, ...moreNames] = ofKind('class names');
  const tables = ofKind('table');
  const sources = inOrderOfTrust.filter((each) => ofKind(each).length > 0);
  const hasFew = ofKind('pictures').length < MANY_PICTURES;
  if (hasFew) sources.sort((a, b) => Number(a === 'pictures') - Number(b === 'pictures'));
  const [source, ...others] = sources;
  if (source === undefined) return withoutImages(tables, ofKind('text'), names);
  const data = ofKind(source);
  const passedOver = others.flatMap(ofKind);
  refuseOthers(data, passedOver);
  const [first] = passedOver;
  if (first && data[0]) {
    const count = passedOver.length;
    assume({ kind: 'otherFormPassedOver', file: first.name, other: data[0].name, count });
  }
  for (const { name: file } of [...moreNames, ...ofKind('text')]) {
    assume({ kind: 'filePassedOver', file });
  }
  return { source, data, tables, names };
}

/** A small table alone is what the reader of CSV has a word for. */
function withoutImages(
  tables: readonly DatasetFile[],
  texts: readonly DatasetFile[],
  names: DatasetFile | undefined,
): Arrangement {
  if (tables.length > 0) return { source: 'CSV', data: tables, tables: [], names };
  const [text] = texts;
  if (text) throw new WorkbenchError('dataset.unknownFile', { file: text.name });
  throw new WorkbenchError('dataset.noFiles');
}

/** One file of each of two kinds says nothing of which is meant. */
function refuseOthers(data: readonly DatasetFile[], others: readonly DatasetFile[]): void {
  const [first, other] = [data[0], others[0]];
  if (!first || !other || data.length + others.length > 2) return;
  throw new WorkbenchError('dataset.mixture', { file: first.name, other: other.name });
}
