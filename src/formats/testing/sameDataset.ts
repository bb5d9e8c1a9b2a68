import { gzipSync, zipSync } from 'fflate';
import { type LabelledImages, pixelBytes } from '../../domain/data/dataset.ts';
import type { NamedBlob } from '../files/datasetFile.ts';
import { encodeIdx } from './idxFiles.ts';
import { encodeNpy, encodeNpz } from './npyFiles.ts';
import { encodePng } from './pictureFiles.ts';

interface TwoParts {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** Named files of these contents. */
export function blobs(
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer> | Uint8Array>>,
): NamedBlob[] {
  return Object.entries(files).map(([name, content]) => ({
    name,
    blob: new Blob([content as string | Uint8Array<ArrayBuffer>]),
  }));
}

/** The same grey images as every kind of file that can hold them. */
export function everyForm({ train, test }: TwoParts): Record<string, NamedBlob[]> {
  const idx = {
    'train-images-idx3-ubyte': idxImages(train),
    'train-labels-idx1-ubyte': encodeIdx([train.count], train.labels),
    't10k-images-idx3-ubyte': idxImages(test),
    't10k-labels-idx1-ubyte': encodeIdx([test.count], test.labels),
  };
  const packed = Object.entries(idx).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]);
  const csv = { 'train.csv': csvOf(train), 'test.csv': csvOf(test) };
  const arrays = {
    x_train: npyImages(train),
    y_train: encodeNpy([train.count], Uint8Array.from(train.labels)),
    x_test: npyImages(test),
    y_test: encodeNpy([test.count], Uint8Array.from(test.labels)),
  };
  const npy = Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes]);
  const pictures = { ...pngs('digits/training', train), ...pngs('digits/testing', test) };
  return {
    IDX: blobs(idx),
    'gzipped IDX': blobs(Object.fromEntries(packed)),
    'zipped IDX': blobs({ 'digits.zip': zipSync(idx) }),
    CSV: blobs(csv),
    'gzipped CSV': blobs({
      'train.csv.gz': gzipSync(new TextEncoder().encode(csv['train.csv'])),
      'test.csv': csv['test.csv'],
    }),
    npz: blobs({ 'digits.npz': encodeNpz(arrays) }),
    npy: blobs(Object.fromEntries(npy)),
    'PNG folder': blobs(pictures),
    'zipped PNG folder': blobs({ 'digits.zip': zipSync(pictures) }),
  };
}

function idxImages({ shape, count, pixels }: LabelledImages): Uint8Array {
  return encodeIdx([count, shape.height, shape.width], pixels);
}

function npyImages({ shape, count, pixels }: LabelledImages): Uint8Array {
  return encodeNpy([count, shape.height, shape.width], pixels);
}

/** As Kaggle writes it: `label,pixel0,pixel1`. */
export function csvOf({ shape, count, pixels, labels }: LabelledImages): string {
  const imageBytes = pixelBytes(shape, 1);
  const lines = [['label', ...Array.from({ length: imageBytes }, (_, i) => `pixel${i}`)].join(',')];
  for (let i = 0; i < count; i++) {
    lines.push(`${labels[i]},${pixels.subarray(i * imageBytes, (i + 1) * imageBytes).join(',')}`);
  }
  return `${lines.join('\n')}\n`;
}

function pngs(folder: string, { shape, count, pixels, labels }: LabelledImages) {
  const imageBytes = pixelBytes(shape, 1);
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${folder}/${labels[i]}/${i}.png`,
      encodePng(shape, pixels.subarray(i * imageBytes, (i + 1) * imageBytes)),
    ]),
  );
}
