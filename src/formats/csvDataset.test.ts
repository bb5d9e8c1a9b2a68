import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachInjects } from '../util/testing/faults.ts';
import { csvLayout } from './csvLayout.ts';
import { CsvPixels } from './csvPixels.ts';
import { readDataset } from './readDataset.ts';
import { blobs } from './testing/sameDataset.ts';
import { csvRow } from './testing/smallSets.ts';

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
    const layout = csvLayout('f', rows[0] ?? '');
    const inPieces = (cuts: readonly number[]) => {
      const reader = new CsvPixels('f', layout, bytes.length);
      let from = 0;
      for (const to of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
        reader.push(bytes.subarray(from, to));
        from = to;
      }
      return reader.finish();
    };
    const whole = inPieces([]);
    expect([whole.count, ...whole.labels]).toEqual([2, 3, 1]);
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
    ['an odd first line', 'a,b,c\n1,2,3\n', 'f.csv has 3 columns in its first line.'],
    ['a long first line', `1${',1'.repeat(200_000)}`, 'columns in its first line.'],
    ['no rows', lines(header), 'f.csv has no row of pixels.'],
    ['one row', lines(header, csvRow(1)), 'f.csv holds 1 images; at least 2 are needed'],
    [
      'a pixel too bright',
      lines(
        header,
        csvRow(1, (i) => (i === 9 ? 256 : 0)),
      ),
      'f.csv has "256" in row 2, column 11, where a whole number from 0 to 255 was expected.',
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
      'a fraction',
      lines(
        ...rows,
        csvRow(1, () => 0.5),
      ),
      'has "0.5" in row 3, column 2',
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
    ['two numbers in a cell', lines(...rows, csvRow('1 2')), 'has "1 2" in row 3, column 1'],
    [
      'a label too high',
      lines(header, csvRow(100)),
      'f.csv has the label "100" in row 2, column 1; labels must be whole numbers from 0 to 99.',
    ],
  ])('(%s) is refused with its place', async (_, text, sentence) => {
    await expect(read({ 'f.csv': text })).rejects.toThrow(sentence);
  });

  it('is refused beside others that are for the same', async () => {
    const text = lines(csvRow(1), csvRow(0));
    await expect(read({ 'a.csv': text, 'b.csv': text })).rejects.toThrow('Which of a.csv, b.csv');
    const three = { 'a.csv': text, 'b.csv': text, 'c.csv': text };
    await expect(read(three)).rejects.toThrow('Which of a.csv, b.csv, c.csv');
  });
});
