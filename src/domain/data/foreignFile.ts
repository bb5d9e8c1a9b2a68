import type { PhraseCode } from '../../util/phraseTexts.ts';

/**
 * Files that people have and that this page does not read, told by their first bytes: what each is, and the
 * one step that makes it readable, as clauses of `phraseTexts` called `foreign.<kind>` and
 * `foreign.<kind>.step`.
 */
export const foreignKinds = [
  ...(['heic', 'tiff', 'svg', 'jpegXl', 'video', 'pdf'] as const),
  ...(['excel', 'openDocument', 'word', 'rar', 'sevenZip', 'bzip2', 'xz', 'zstd'] as const),
  ...(['pickle', 'torch', 'hdf5', 'matlab', 'parquet', 'arrow', 'tfrecord'] as const),
  ...(['libsvm', 'json', 'onnx'] as const),
] as const;
export type ForeignKind = (typeof foreignKinds)[number];

/** As many bytes as any of them needs. */
export const FOREIGN_HEAD_BYTES = 1024;

type Test = string | readonly [start: number, text: string] | RegExp | ((text: string) => boolean);

const letters = (...all: readonly string[]): readonly Test[] =>
  all.map((each) => [4, `ftyp${each}`]);

/** What each begins with, as Latin 1; the first that fits is meant. */
const SIGNATURES: readonly (readonly [ForeignKind, ...Test[]])[] = [
  ['heic', ...letters('heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1')],
  ['tiff', 'II*\0', 'MM\0*', 'II+\0', 'MM\0+'],
  ['jpegXl', '\xff\x0a', '\0\0\0\x0cJXL ', '\0\0\0\x0cjP  '],
  [
    'video',
    ...letters('isom', 'mp4', 'iso2', 'avc1', 'qt', 'M4V', 'dash', '3gp'),
    '\x1a\x45\xdf\xa3',
    /^RIFF....AVI /s,
  ],
  ['pdf', '%PDF'],
  ['rar', 'Rar!'],
  ['sevenZip', "7z\xbc\xaf'\x1c"],
  ['bzip2', /^BZh[1-9]1AY&SY/],
  ['xz', '\xfd7zXZ\0', '\x5d\0\0'],
  ['zstd', '\x28\xb5\x2f\xfd'],
  ['hdf5', '\x89HDF\r\n\x1a\n', [512, '\x89HDF\r\n\x1a\n']],
  ['matlab', 'MATLAB 5.0', 'MATLAB 7'],
  ['parquet', 'PAR1'],
  ['arrow', 'ARROW1', 'FEA1'],
  // A pickle of Python 3, of protocol 2 to 5; joblib writes the same.
  ['torch', '\x80\x02\x8a\x0al\xfc\x9cF'],
  ['pickle', '\x80\x02', '\x80\x03', '\x80\x04\x95', '\x80\x05\x95'],
  // OLE, which old Office programs write.
  ['excel', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  // A length, its checksum, then an Example: a message whose first field holds others.
  ['tfrecord', (text) => text.startsWith('\0\0\0\0\0\0', 2) && text[12] === '\n'],
  ['svg', (text) => /^(?:\xef\xbb\xbf)?\s*</.test(text) && /<svg[\s>]/i.test(text)],
  ['libsvm', /^[-+]?\d+(?:[.]\d+)?(?: +\d+:[-+.\de]+){3,}/],
  ['json', /^\s*[[{]\s*["[{\d]/],
  ['onnx', /^.{3,5}(?:pytorch|tf2onnx|keras2onnx|skl2onnx|onnx)/s],
];

/** What a file is that begins so, of those that are not read. */
export function foreignKind(head: Uint8Array): ForeignKind | undefined {
  const text = Array.from(head.subarray(0, FOREIGN_HEAD_BYTES), (byte) =>
    String.fromCharCode(byte),
  ).join('');
  const fits = (test: Test) =>
    typeof test === 'function'
      ? test(text)
      : test instanceof RegExp
        ? test.test(text)
        : typeof test === 'string'
          ? text.startsWith(test)
          : text.startsWith(test[1], test[0]);
  return SIGNATURES.find(([, ...tests]) => tests.some(fits))?.[0];
}

/** What the entries of a zip file show it to be: offices and PyTorch pack their files so. */
export function foreignZip(names: readonly string[]): ForeignKind | undefined {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/^xl\/workbook[.](xml|bin)$/)) return 'excel';
  if (has(/^(word\/document|ppt\/presentation)[.]xml$/)) return 'word';
  if (has(/^content[.]xml$/) && has(/^mimetype$/)) return 'openDocument';
  if (has(/(^|\/)data[.]pkl$/) && has(/(^|\/)(version|byteorder|data\/\d+)$/)) return 'torch';
  return has(/^(model[.]weights[.]h5|config[.]json)$/) && has(/^metadata[.]json$/)
    ? 'hdf5'
    : undefined;
}

/** What it is, and what makes it readable. */
export function foreignPhrases(kind: ForeignKind): {
  readonly what: PhraseCode;
  readonly step: PhraseCode;
} {
  return { what: `foreign.${kind}`, step: `foreign.${kind}.step` };
}
