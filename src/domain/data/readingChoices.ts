import * as v from 'valibot';
import type { AssumptionKind } from './datasetAssumption.ts';

/** Code pages in which programs that know no UTF-8 write names. */
export const codePages = [
  ...(['big5', 'gbk', 'shift_jis', 'euc-jp', 'euc-kr'] as const),
  ...(['ibm866', 'windows-1251', 'koi8-r', 'windows-1252', 'cp437', 'cp850'] as const),
] as const;
export type CodePage = (typeof codePages)[number];

export const labelPlaces = ['first', 'last', 'none'] as const;
export const orientations = ['asStored', 'turned'] as const;

const LONGEST_LANGUAGE = 35;

/** What the user decides of a set's files, in place of what is assumed where it is missing. */
export const ReadingChoicesSchema = v.pipe(
  v.strictObject({
    /** Which column of a CSV file without a header holds the labels. */
    labelColumn: v.exactOptional(v.picklist(labelPlaces)),
    /** Whether images lie column by column, as those of EMNIST, and are put upright. */
    orientation: v.exactOptional(v.picklist(orientations)),
    /** Of names in zip files, and of words in tables, that are not UTF-8. */
    codePage: v.exactOptional(v.picklist(codePages)),
    /** Takes what seems to be for training for testing, and the other way round. */
    roles: v.exactOptional(v.literal('swapped')),
    /** That of the page: programs that people use who read it write its code page. */
    language: v.exactOptional(v.pipe(v.string(), v.maxLength(LONGEST_LANGUAGE))),
  }),
  v.readonly(),
);
export type ReadingChoices = v.InferOutput<typeof ReadingChoicesSchema>;

/** The choice that undoes an assumption, where there is one. */
export const choiceFor: Partial<Record<AssumptionKind, Exclude<keyof ReadingChoices, 'language'>>> =
  {
    ...{ labelFirst: 'labelColumn', labelLast: 'labelColumn', labelUnclear: 'labelColumn' },
    ...{ labelByChoice: 'labelColumn', noLabelByChoice: 'labelColumn', oneClass: 'labelColumn' },
    ...{ turned: 'orientation', turnedByChoice: 'orientation', notTurnedByChoice: 'orientation' },
    ...{ codePage: 'codePage', codePageByChoice: 'codePage' },
    ...{ rolesBySize: 'roles', rolesSwapped: 'roles', onlyForTest: 'roles' },
  };
