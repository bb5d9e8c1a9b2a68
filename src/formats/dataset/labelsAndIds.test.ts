import { describe, expect, it } from 'vitest';
import { encodeIdx } from '../testing/idxFiles.ts';
import {
  COUNT,
  classOf,
  contents,
  csv,
  every,
  idx,
  names,
  pictures,
  pixels,
} from '../testing/numberedImages.ts';
import { read } from '../testing/readInNode.ts';

const kindsOf = ({ assumptions = [] }: Awaited<ReturnType<typeof read>>) =>
  assumptions.map(({ kind }) => kind);

/** Eight columns of 32 bits, the most significant byte first: the class, the hand, and what else is known. */
function qmnistLabels(): Uint8Array {
  const bytes = new Uint8Array(12 + 32 * COUNT);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0c02);
  view.setUint32(4, COUNT);
  view.setUint32(8, 8);
  for (const i of every((each) => each)) {
    const row = [classOf(i), 1, 2000 + i, 7, 310_000, 4, 0, 0];
    for (const [k, value] of row.entries()) view.setInt32(12 + 32 * i + 4 * k, value);
  }
  return bytes;
}

describe('labels', () => {
  it('of QMNIST are the first of eight columns', async () => {
    const set = await read({
      'qmnist-train-images-idx3-ubyte': idx(0, COUNT),
      'qmnist-train-labels-idx2-int': qmnistLabels(),
    });
    expect(contents(set, set.train)).toEqual(every((i) => [i, String(classOf(i))]));
  });

  it('that numpy.savetxt writes as it writes pixels are read', async () => {
    const exponents = every((i) =>
      [classOf(i), ...pixels(i)].map((value) =>
        value.toExponential(18).replace(/e\+(\d)$/, 'e+0$1'),
      ),
    );
    const set = await read({ 'a.csv': `# label,${names.join(',')}\n${csv(...exponents)}` });
    expect(contents(set, set.train)).toEqual(every((i) => [i, String(classOf(i))]));
  });

  it('that begin at 1 name the classes so', async () => {
    const set = await read({
      'x.csv': csv(...every((i) => [...pixels(i)])),
      'y.csv': csv(...every((i) => [1 + classOf(i)])),
    });
    expect(set.classNames).toEqual(['1', '2', '3', '4']);
    expect(contents(set, set.train)).toEqual(every((i) => [i, String(1 + classOf(i))]));
    expect(kindsOf(set)).toEqual(['labelsByOrder', 'labelsFrom']);
  });

  it('of several types of IDX are the same', async () => {
    const labels = encodeIdx([COUNT], every(classOf));
    const wide = new Uint8Array(8 + 8 * COUNT);
    const view = new DataView(wide.buffer);
    view.setUint32(0, 0x0e01);
    view.setUint32(4, COUNT);
    for (const i of every((each) => each)) view.setFloat64(8 + 8 * i, classOf(i));
    const [bytes, doubles] = [
      await read({ 'a-images': idx(0, COUNT), 'a-labels': labels }),
      await read({ 'a-images': idx(0, COUNT), 'a-labels': wide }),
    ];
    expect(doubles.train).toEqual(bytes.train);
  });
});

describe('ids with gaps', () => {
  const id = (i: number) => String(6284 + 3 * i);

  it('stay with the rows of a table, under the header that it has', async () => {
    const set = await read({
      'train.csv': csv(['label', ...names], ...every((i) => [classOf(i), ...pixels(i)])),
      'test.csv': csv(['id', ...names], ...every((i) => [id(i), ...pixels(i)])),
    });
    expect(set.unlabelled?.ids).toEqual({ column: 'id', values: every(id) });
    expect(kindsOf(set)).toEqual(['ids']);
  });

  it('stay with pictures that are called so', async () => {
    const set = await read(pictures((i) => `test/${id(i)}.png`));
    expect(set.unlabelled?.ids?.values).toEqual(every(id));
    expect(kindsOf(set)).toEqual(['picturesUnlabelled']);
  });
});
