import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import type { ReadingChoices } from '../../domain/data/readingChoices.ts';
import type { PictureDecoder } from '../pictures/pictureDecoder.ts';
import type { LabelTables } from '../tables/labelTables.ts';
import type { ReadingProgress } from './readingProgress.ts';

/** What every stage of reading a data set is handed: how far it is, and what is decided and assumed. */
export interface ReadingContext {
  readonly progress: ReadingProgress;
  readonly choices: ReadingChoices;
  /** Instead of the browser's own. */
  readonly decodePicture?: PictureDecoder | undefined;
  /** Labels that stand in files of their own. */
  readonly tables?: LabelTables | undefined;
  /** Notes what is taken for granted. */
  readonly assume: (assumption: DatasetAssumption) => void;
}
