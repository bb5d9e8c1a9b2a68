import { describe, expect, it } from 'vitest';
import { foreignZhHant } from '../../ui/i18n/foreignZhHant.ts';
import { foreignTexts } from '../../util/foreignTexts.ts';
import {
  type ForeignKind,
  foreignKind,
  foreignKinds,
  foreignPhrases,
  foreignZip,
} from './foreignFile.ts';

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Beginnings as programs write them. */
const beginnings: readonly (readonly [ForeignKind, string])[] = [
  ['heic', '\0\0\0\x24ftypheic\0\0\0\0mif1heic'],
  ['tiff', 'II*\0\x08\0\0\0'],
  ['tiff', 'MM\0*\0\0\0\x08'],
  ['svg', '<?xml version="1.0"?>\n<!-- made -->\n<svg xmlns="http://www.w3.org/2000/svg">'],
  ['svg', '<svg width="28" height="28">'],
  ['jpegXl', '\xff\x0a\xfa\x1f'],
  ['video', '\0\0\0\x20ftypisom\0\0\x02\0'],
  ['video', '\x1aE\xdf\xa3\x9fB\x86\x81\x01'],
  ['pdf', '%PDF-1.7\n%\xe2\xe3\xcf\xd3'],
  ['rar', 'Rar!\x1a\x07\x01\0'],
  ['sevenZip', "7z\xbc\xaf'\x1c\0\x04"],
  ['bzip2', 'BZh91AY&SY\x1b'],
  ['xz', '\xfd7zXZ\0\0\x04'],
  ['zstd', '(\xb5/\xfd$\0'],
  ['pickle', '\x80\x04\x95\x10\0\0\0\0\0\0\0}\x94'],
  ['pickle', '\x80\x02}q\x01(U\x0bbatch_label'],
  ['torch', '\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.'],
  ['hdf5', '\x89HDF\r\n\x1a\n\0\0'],
  ['matlab', `MATLAB 5.0 MAT-file, Platform: GLNXA64${' '.repeat(80)}`],
  ['parquet', 'PAR1\x15\x04\x15'],
  ['arrow', 'ARROW1\0\0'],
  ['tfrecord', '\x29\x03\0\0\0\0\0\0\x8b\x12\x9f\x01\x0a\xa6\x06\x0a'],
  ['excel', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'],
  ['libsvm', '5 153:0.0117 154:0.0705 155:0.07 156:1\n'],
  ['json', '[{"image": [0, 1], "label": 5}]'],
  ['onnx', '\x08\x07\x12\x07pytorch\x1a\x051.13'],
];

describe('a file that is not read', () => {
  it.each(beginnings)('is known as %s', (kind, text) => {
    expect(foreignKind(latin(text))).toBe(kind);
  });

  it.each([
    ['excel', ['[Content_Types].xml', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml']],
    ['word', ['[Content_Types].xml', 'word/document.xml']],
    ['openDocument', ['mimetype', 'content.xml', 'styles.xml']],
    ['torch', ['archive/data.pkl', 'archive/data/0', 'archive/version']],
    ['hdf5', ['metadata.json', 'config.json', 'model.weights.h5']],
    [undefined, ['cat/1.png', 'content.xml', 'x.npy']],
  ] as const)('packed as zip is known as %s', (kind, names) => {
    expect(foreignZip(names)).toBe(kind);
  });

  it.each([
    ['a table', 'label,pixel0,pixel1\n5,0,0'],
    ['numbers', '5 0 0 0 12 255'],
    ['an IDX file', '\0\0\x08\x03\0\0\0\x02\0\0\0\x10\0\0\0\x10'],
    ['a PNG', '\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR'],
    ['an array', "\x93NUMPY\x01\0v\0{'descr'"],
  ])('is none that is: %s', (_, text) => {
    expect(foreignKind(latin(text))).toBeUndefined();
  });

  it('is looked for in bounded time, whatever it begins with', () => {
    const start = performance.now();
    for (const text of [
      '<!-- -->'.repeat(200),
      ' 1:1'.repeat(300),
      '%\n'.repeat(600),
      ' '.repeat(1024),
    ]) {
      foreignKind(latin(text));
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it.each(foreignKinds)('has a step in both languages: %s', (kind) => {
    for (const phrase of Object.values(foreignPhrases(kind))) {
      const code = phrase as keyof typeof foreignTexts;
      expect(foreignTexts[code]).toMatch(/^[a-zA-Z].*[^.]$/);
      expect(foreignZhHant[code]).toMatch(/\p{Script=Han}.*[^。]$/u);
    }
  });
});
