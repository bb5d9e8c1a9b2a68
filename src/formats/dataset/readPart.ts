import type { ReadLabels } from '../tables/labelColumn.ts';
import type { RowRoles } from '../tables/rowRoles.ts';
import type { ImagesOfFile } from './assembleDataset.ts';
import type { Role } from './roleWords.ts';

/** Images of one file, with labels where the reader of its format found them. */
export interface ReadPart extends ImagesOfFile {
  readonly labels?: ReadLabels | undefined;
  readonly labelsFile?: string | undefined;
  /** What a column of the file says that each image is for. */
  readonly roles?: RowRoles | undefined;
  /** What all of it is for, where more than names say it. */
  readonly role?: Role | undefined;
}

export interface LabelledPart extends ReadPart {
  readonly labels: ReadLabels;
}
