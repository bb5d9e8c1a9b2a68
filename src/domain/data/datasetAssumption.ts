import type { ErrorParams } from '../../util/errors.ts';
import type { ErrorCode } from '../../util/errorTexts.ts';

/**
 * What was taken for granted while a data set was read: files do not say which column is the label, which
 * way up images lie, or whether a folder is a class. Each assumption is a record of its own: it is kept
 * with the set, shown in Dataset, written into the files of a run, and where it may be wrong the user can
 * decide otherwise (`choiceFor`) without choosing the files anew.
 *
 * The sentence of a kind is the text `assumed.<kind>`, its blanks are the fields beside `kind`.
 */
export type DatasetAssumption =
  // What was done to images.
  | Kind<'resampled', { file: string; from: string; to: string }>
  | Kind<'picturesResampled', { file: string; from: string; to: string; count: number }>
  | Kind<'stretched', { file: string; from: string; to: string }>
  | Kind<'inkOnTransparent', { file: string; count: number }>
  | Kind<'imagesLast', { file: string; shape: string }>
  | Kind<'darkOnLight', { file: string }>
  | Kind<'turned', { file: string }>
  | Kind<'turnedByChoice', { file: string }>
  | Kind<'notTurnedByChoice', { file: string }>
  // Which of them are for what.
  | Kind<'validationLeftOut', { file: string }>
  | Kind<'validationJoined', { file: string; count: number }>
  | Kind<'rolesBySize', { train: string; test: string }>
  | Kind<'rolesByColumn', { file: string; column: string; train: number; test: number }>
  | Kind<'rowsUnlabelled', { file: string; count: number }>
  | Kind<'rolesSwapped', { file: string }>
  | Kind<'onlyForTest', { file: string }>
  | Kind<'folderIsClass', { folder: string; beside: string }>
  | Kind<'folderHidden', { folder: string; count: number }>
  | Kind<'folderUnlabelled', { folder: string; count: number }>
  | Kind<'picturesUnlabelled', { file: string; count: number }>
  // Which files were read.
  | Kind<'copiesPassedOver', { file: string; other: string; count: number }>
  | Kind<'otherFormPassedOver', { file: string; other: string; count: number }>
  | Kind<'filesJoined', { file: string; count: number }>
  | Kind<'filePassedOver', { file: string }>
  | Kind<'columnsIgnored', { file: string; columns: string }>
  // What the labels are.
  | Kind<'labelsLast', { file: string; shape: string }>
  | Kind<'labelsSquare', { file: string; shape: string }>
  | Kind<'labelFirst', { file: string; column: number }>
  | Kind<'labelLast', { file: string; column: number }>
  | Kind<'labelUnclear', { file: string; column: number; other: number }>
  | Kind<'labelByChoice', { file: string; column: number }>
  | Kind<'noLabelByChoice', { file: string }>
  | Kind<'labelsByOrder', { file: string; labels: string }>
  | Kind<'labelsByName', { file: string; labels: string; column: string }>
  | Kind<'classPerFile', { file: string; name: string; count: number }>
  | Kind<'labelsFrom', { file: string; lowest: number }>
  | Kind<'namesFromFile', { file: string }>
  | Kind<'namesKnown', { set: string }>
  | Kind<'codePage', { file: string; codePage: string; example: string }>
  | Kind<'codePageByChoice', { file: string; codePage: string; example: string }>
  | Kind<'ids', { file: string; column: string; first: string }>
  // What makes a set worth little.
  | Kind<'oneClass', { file: string; name: string }>
  | Kind<'imagesAlike', { file: string }>
  | Kind<'imagesFlat', { file: string }>;

type Kind<Name extends string, Params extends Record<string, string | number>> = {
  readonly kind: Name;
} & Readonly<Params>;

export type AssumptionKind = DatasetAssumption['kind'];

/** Assumptions that are likely enough to be wrong, or bad enough if they are, to be told at once. */
const questions: readonly AssumptionKind[] = [
  ...(['labelUnclear', 'oneClass', 'imagesAlike', 'imagesFlat', 'rolesBySize'] as const),
  ...([
    'codePage',
    'otherFormPassedOver',
    'filePassedOver',
    'columnsIgnored',
    'labelLast',
  ] as const),
  ...(['resampled', 'picturesResampled', 'validationLeftOut', 'folderIsClass'] as const),
];

export function isQuestion({ kind }: DatasetAssumption): boolean {
  return questions.includes(kind);
}

/** What is said of it, in either language. */
export function assumptionSentence({ kind, ...params }: DatasetAssumption): {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
} {
  return { code: `assumed.${kind}`, params };
}
