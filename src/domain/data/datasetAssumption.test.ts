import { describe, expect, it } from 'vitest';
import { assumptionTexts } from '../../util/assumptionTexts.ts';
import { expectBothLanguages } from '../../util/testing/bothLanguages.ts';
import {
  type AssumptionKind,
  assumptionSentence,
  type DatasetAssumption,
} from './datasetAssumption.ts';

type Params<Name extends AssumptionKind> = Omit<Extract<DatasetAssumption, { kind: Name }>, 'kind'>;

const file = 'a.csv';
const examples: { readonly [Name in AssumptionKind]: Params<Name> } = {
  resampled: { file, from: '8x8', to: '16x16' },
  picturesResampled: { file, from: '8x8', to: '16x16', count: 2 },
  stretched: { file, from: '0..16', to: '0..255' },
  inkOnTransparent: { file, count: 3 },
  imagesLast: { file, shape: '28x28x5' },
  darkOnLight: { file },
  turned: { file },
  turnedByChoice: { file },
  notTurnedByChoice: { file },
  validationLeftOut: { file },
  validationJoined: { file, count: 4 },
  rolesBySize: { train: file, test: 'b.csv' },
  rolesByColumn: { file, column: 'split', train: 30, test: 12 },
  rowsUnlabelled: { file, count: 12 },
  rolesSwapped: { file },
  onlyForTest: { file },
  folderIsClass: { folder: 'test', beside: 'cat' },
  folderHidden: { folder: '.ipynb_checkpoints', count: 2 },
  folderUnlabelled: { folder: 'unknown', count: 2 },
  picturesUnlabelled: { file: 'a.png', count: 2 },
  copiesPassedOver: { file, other: 'b.csv', count: 2 },
  otherFormPassedOver: { file, other: 'b.idx', count: 2 },
  filesJoined: { file, count: 3 },
  filePassedOver: { file },
  columnsIgnored: { file, columns: 'split' },
  labelsLast: { file, shape: '10x5' },
  labelsSquare: { file, shape: '10x10' },
  labelFirst: { file, column: 1 },
  labelLast: { file, column: 65 },
  labelUnclear: { file, column: 65, other: 1 },
  labelByChoice: { file, column: 65 },
  noLabelByChoice: { file },
  labelsByOrder: { file, labels: 'b.csv' },
  labelsByName: { file, labels: 'b.csv', column: 'id' },
  classPerFile: { file, name: 'cat', count: 3 },
  labelsFrom: { file, lowest: 1 },
  namesFromFile: { file },
  namesKnown: { set: 'EMNIST' },
  codePage: { file, codePage: 'big5', example: '狗' },
  codePageByChoice: { file, codePage: 'big5', example: '狗' },
  ids: { file, column: 'id', first: '17' },
  oneClass: { file, name: '0' },
  imagesAlike: { file },
  imagesFlat: { file },
};

describe('an assumption', () => {
  it.each(Object.entries(examples))('of kind %s is said in both languages', (kind, params) => {
    const sentence = assumptionSentence({ kind, ...params } as DatasetAssumption);
    expectBothLanguages(sentence);
    // What it says of the set stands in the sentence.
    for (const value of Object.values(params)) expectBothLanguages(sentence, String(value));
  });

  it('has a sentence for each kind, and none is left over', () => {
    const kinds = Object.keys(assumptionTexts).map((code) => code.replace('assumed.', ''));
    expect(kinds.toSorted()).toEqual(Object.keys(examples).toSorted());
  });
});
