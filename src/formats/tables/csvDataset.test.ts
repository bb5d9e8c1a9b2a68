import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachInjects } from '../../util/testing/faults.ts';
import { readDataset } from '../dataset/readDataset.ts';
import { blobs } from '../testing/sameDataset.ts';
import { csvRow } from '../testing/smallSets.ts';
import { csvLayout } from './csvLayout.ts';
import { CsvPixels } from './csvPixels.ts';

const header = csvRow('label', (i) => `pixel${i}`);
const rows = [csvRow(3, (i) => i), csvRow(1, (i) => 255 - i)];
const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
const read = (files: Record<string, string>) => readDataset(blobs(files));
const plain = lines(header, ...rows);

describe('a CSV file of pixels', () => {
  it('is read as Kaggle writes it', async () => {
    const { name, source, train, test, classNames } = await read({ 'train.csv': plain });
    expect([name, source, classNames]).toEqual(['CSV', 'CSV', ['0', '1', '2', '3']]);
    expect(train.shape).toEqual({ height: 16, width: 16, channels: 1 });
    expect([...train.labels, test.count]).toEqual([3, 1, 0]);
    expect([...train.pixels.subarray(0, 3), ...train.pixels.subarray(256, 259)]).toEqual([
      ...[0, 1, 2],
      ...[255, 254, 253],
    ]);
  });

  const [first = '', second = ''] = rows;
  const moved = (row: string) => `${row.slice(row.indexOf(',') + 1)},${row.split(',')[0]}`;
  it.each([
    ['without a header', lines(...rows)],
    ['without a last line end', [header, ...rows].join('\n')],
    ['with a byte order mark', `\ufeff${plain}`],
    ['with CR LF', plain.replaceAll('\n', '\r\n')],
    ['with CR alone', plain.replaceAll('\n', '\r')],
    ['with quoted numbers', plain.replace(/\d+(?=[,\n])/g, '"$&"')],
    ['with a quoted header', lines(header.replace(/[^,]+/g, '"$&"'), ...rows)],
    ['with spaces', plain.replaceAll(',', ' ,\t ')],
    ['with semicolons', plain.replaceAll(',', ';')],
    ['with tabs', plain.replaceAll(',', '\t')],
    ['with blank lines', `${header}\n\n${first}\r\n\r\n\n${second}\n  \n\n`],
    ['with leading zeros', plain.replaceAll(',', ',00')],
    ['with a running number', lines(`id,${header}`, `1000,${first}`, `1001,${second}`)],
    ['with labels at the end', lines(moved(header).replace('label', 'class'), ...rows.map(moved))],
    [
      'with columns that are called by numbers',
      lines(
        csvRow(0, (i) => i + 1),
        ...rows,
      ),
    ],
  ])('is the same %s', async (_, text) => {
    const { train } = await read({ 'train.csv': text });
    expect(train).toEqual((await read({ 'train.csv': plain })).train);
  });

  const decimals = plain.replace(/\d+(?=[,\n])/g, '$&.000000000000000000e+00');
  const toComma = (text: string) => text.replaceAll(',', ';').replaceAll('.', ',');
  it.each([
    ['with exponents', decimals],
    ['with fractions', plain.replace(/\d+(?=[,\n])/g, '$&.0')],
    ['with a decimal comma', toComma(decimals)],
    ['with a decimal comma in tabs', toComma(decimals).replaceAll(';', '\t')],
    ['with its header as a comment', `# ${plain}`],
    [
      'with comments',
      `# made by hand\n%\n${plain.replace(second, `# the last one\n${second}`)}# end\n`,
    ],
    ['with spaces alone', plain.replaceAll(',', '  ').replaceAll('\n', '  \n').replace(/^/gm, ' ')],
    ['with bars', plain.replaceAll(',', '|')],
    ['behind the line of Excel', `sep=;\r\n${plain.replaceAll(',', ';')}`],
    ['with a delimiter at the end', plain.replaceAll('\n', ',\n')],
    ['with one at the end of rows alone', lines(header, ...rows.map((row) => `${row},`))],
    ['as R numbers rows', lines(`"",${header}`, `"1",${first}`, `"2",${second}`)],
    ['as R leaves out the first name', lines(header, `1,${first}`, `2,${second}`)],
    ['as pandas numbers rows', lines(`Unnamed: 0,${header}`, `0,${first}`, `1,${second}`)],
    ['with a label of any name', lines(header.replace('label', 'what it is'), ...rows)],
    [
      'with labels last, found by what they hold',
      lines(...rows.map(moved), moved(csvRow(0)), moved(csvRow(2))),
    ],
  ])('is the same %s', async (_, text) => {
    const { train } = await read({ 'train.csv': text });
    const expected = (await read({ 'train.csv': plain })).train;
    expect(train.pixels.subarray(0, 512)).toEqual(expected.pixels);
    expect([...train.labels.subarray(0, 2)]).toEqual([...expected.labels]);
  });

  it.each([
    ['with a mark', 'le', true],
    ['without one', 'le', false],
    ['of the other order', 'be', true],
    ['of the other order without a mark', 'be', false],
  ])('is the same in UTF-16 %s', async (_, order, hasMark) => {
    const text = `${hasMark ? '\ufeff' : ''}${plain.replaceAll(',', '\t')}`;
    const bytes = Uint8Array.from(
      [...text].flatMap((letter) => {
        const [low, high] = [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8];
        return order === 'le' ? [low, high] : [high, low];
      }),
    );
    const { train } = await readDataset(blobs({ 'train.txt': bytes }));
    expect(train).toEqual((await read({ 'train.csv': plain })).train);
  });

  it.each([
    ['0 to 1', (byte: number) => byte / 255],
    ['-1 to 1', (byte: number) => (2 * byte) / 255 - 1],
  ])('may hold fractions from %s', async (_, scaled) => {
    const float = lines(
      csvRow(3, (i) => scaled(i)),
      csvRow(1, (i) => scaled(255 - i).toExponential(9)),
    );
    const { train } = await read({ 'train.csv': float });
    expect(train).toEqual((await read({ 'train.csv': lines(...rows) })).train);
  });

  it('holds fractions of one range in all its files', async () => {
    const of = (value: string) =>
      lines(
        csvRow(0, () => value),
        csvRow(1, () => value),
      );
    const dim = await read({ 'train.csv': of('1.0'), 'test.csv': of('0.5') });
    expect([dim.train.pixels[0], dim.test.pixels[0]]).toEqual([255, 128]);
    const bright = await read({ 'train.csv': of('255.0'), 'test.csv': of('1.0') });
    expect([bright.train.pixels[0], bright.test.pixels[0]]).toEqual([255, 1]);
  });

  it.each([
    ['words', ['cat', '狗', '"cat"'], ['cat', '狗'], [0, 1, 0]],
    ['letters and digits', ['b', '7', '10'], ['7', '10', 'b'], [2, 0, 1]],
    ['words with a comma', ['"a,b"', 'z', '"say ""a"""'], ['a,b', 'say "a"', 'z'], [0, 2, 1]],
    ['whole fractions', ['3.0', '1.0e+00', '0'], ['0', '1', '2', '3'], [3, 1, 0]],
  ])('may have %s for labels', async (_, given, classNames, labels) => {
    const text = lines(header, ...given.map((label) => csvRow(label)));
    const set = await read({ 'train.csv': text });
    expect([set.classNames, [...set.train.labels]]).toEqual([classNames, labels]);
    // The last column too, and without a header.
    const last = await read({
      'a.csv': lines(
        ...given.map((label) => moved(csvRow(label).replace(label, 'L')).replace(/L$/, label)),
      ),
    });
    expect([...last.train.labels]).toEqual(labels);
  });

  it('has its labels at the end that holds labels, in all rows together, or where one decides', async () => {
    // Sorted by class: neither end changes within the first hundreds of rows.
    const row = (label: number) => [...new Array<number>(64).fill(0), label].join(',');
    const labels = Array.from({ length: 400 }, (_, i) => (i < 350 ? 0 : 1));
    const files = () => blobs({ 'optdigits.tes': lines(...labels.map(row)) });
    const { train, assumptions } = await readDataset(files());
    expect([...train.labels]).toEqual(labels);
    expect(assumptions).toContainEqual({ kind: 'labelLast', file: 'optdigits.tes', column: 65 });
    const first = await readDataset(files(), { choices: { labelColumn: 'first' } });
    expect(new Set(first.train.labels)).toEqual(new Set([0]));
    // What the other column has stands among the pixels: 0 and 1, so 1 is white.
    expect(first.train.pixels.includes(255)).toBe(true);
    const none = await readDataset(files(), { choices: { labelColumn: 'none' } });
    expect([none.train.count, none.unlabelled?.count]).toEqual([0, 400]);
  });

  it('whose labels are all missing is to be predicted', async () => {
    const { unlabelled } = await read({ 'a.csv': lines(header, csvRow('?'), csvRow('?')) });
    expect(unlabelled?.count).toBe(2);
  });

  it('without labels is to be predicted', async () => {
    const text = lines(...[header, ...rows].map((row) => row.slice(row.indexOf(',') + 1)));
    const { train, unlabelled } = await read({ 'test.csv': text });
    expect([train.count, unlabelled?.count]).toEqual([0, 2]);
    const both = await read({ 'test.csv': text, 'train.csv': plain });
    expect([both.train.count, both.unlabelled?.pixels[1]]).toEqual([2, 1]);
  });

  it('may come with a second one to test with', async () => {
    const files = { 'mnist_test.csv': lines(...rows, ...rows), 'mnist_train.csv': plain };
    const { name, train, test } = await read(files);
    expect([name, train.count, test.count]).toEqual(['mnist', 2, 4]);
  });

  it('in three channels has those of a pixel beside each other', async () => {
    const row = ['1', ...Array.from({ length: 768 }, (_, i) => i % 3)].join(',');
    const { train } = await read({ 'rgb.csv': lines(row, row) });
    expect(train.shape).toEqual({ height: 16, width: 16, channels: 3 });
    expect([...train.pixels.subarray(0, 4)]).toEqual([0, 1, 2, 0]);
  });

  it('of small images is resampled, and says so', async () => {
    const row = ['1', ...new Array<number>(64).fill(9)].join(',');
    const { train, assumptions } = await read({ 'digits.csv': lines(row, row) });
    expect(train.pixels).toEqual(new Uint8Array(512).fill(9));
    expect(assumptions?.at(-1)).toEqual({
      kind: 'resampled',
      file: 'digits.csv',
      from: '8x8',
      to: '16x16',
    });
  });

  it('is the same in whatever pieces it comes', () => {
    const bytes = new TextEncoder().encode(lines(...rows).replaceAll('\n', '\r\n'));
    const layout = csvLayout('f', rows);
    const inPieces = (cuts: readonly number[]) => {
      const reader = new CsvPixels('f', layout, bytes.length);
      let from = 0;
      for (const to of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
        reader.push(bytes.subarray(from, to));
        from = to;
      }
      const { count, pixels, labels } = reader.finish();
      return { count, pixels: pixels.bytes, labels };
    };
    const whole = inPieces([]);
    expect([whole.count, ...(whole.labels?.labels ?? [])]).toEqual([2, 3, 1]);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        expect(inPieces(cuts)).toEqual(whole);
      }),
    );
  });
});

describe('a CSV file that is not right', () => {
  eachInjects(23, 'a CSV file that is not right');
  const long = `${csvRow(1)},7`;
  it.each([
    ['a row too short', lines(header, csvRow(1).slice(0, -2)), 'f.csv has 256 columns in row 2'],
    ['a row too long', lines(header, ...rows, long), 'has 258 columns in row 4, where 257 were'],
    [
      'an odd first line',
      'a,b,c\n1,2,3\n',
      'f.csv is a table of 3 columns, and its first line is "a,b,c".',
    ],
    ['a long first line', `1${',1'.repeat(200_000)}`, 'columns in its first line.'],
    ['no rows', lines(header), 'f.csv has no row of pixels.'],
    ['one row', lines(header, csvRow(1)), 'f.csv holds 1 images; at least 2 are needed'],
    [
      'a pixel too bright',
      lines(
        header,
        csvRow(1, (i) => (i === 9 ? 256 : 0)),
      ),
      'f.csv has "256" in row 2, column 11, where a number from 0 to 255, or from 0 to 1, was expected.',
    ],
    [
      'a negative pixel',
      lines(
        ...rows,
        csvRow(1, (i) => (i === 0 ? -5 : 0)),
      ),
      'has "-5" in row 3, column 2',
    ],
    [
      'a fraction of no range',
      lines(
        csvRow(0, () => 0),
        csvRow(1, (i) => (i === 0 ? 3.5 : 0)),
      ),
      'f.csv has fractions up to 3.5: neither 0 to 1 nor 0 to 255',
    ],
    [
      'a missing pixel',
      lines(
        ...rows,
        csvRow(1, () => ''),
      ),
      'has "" in row 3, column 2',
    ],
    [
      'a word',
      lines(
        ...rows,
        csvRow(1, () => 'NaN'),
      ),
      'has "NaN" in row 3, column 2',
    ],
    ['an open quote', lines(...rows, csvRow('"1')), 'in row 3, column 1'],
    ['two numbers in a cell', lines(...rows, csvRow('1 2')), 'the label "1 2" in row 3, column 1'],
    [
      'a label too high',
      lines(header, csvRow(100)),
      'f.csv has the label "100" in row 2, column 1; labels must be whole numbers from 0 to 99, or words.',
    ],
  ])('(%s) is refused with its place', async (_, text, sentence) => {
    await expect(read({ 'f.csv': text })).rejects.toThrow(sentence);
  });

  it('is refused beside others that are for the same', async () => {
    const text = (grey: number) =>
      lines(
        csvRow(1, () => grey),
        csvRow(0),
      );
    const two = { 'a.csv': text(1), 'b.csv': text(2) };
    await expect(read(two)).rejects.toThrow('Which of a.csv, b.csv');
    const three = { ...two, 'c.csv': text(3) };
    await expect(read(three)).rejects.toThrow('Which of a.csv, b.csv, c.csv');
  });
});
