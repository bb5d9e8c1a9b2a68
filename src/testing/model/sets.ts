import type { Dataset } from '../../domain/data/dataset.ts';
import { readDataset } from '../../formats/dataset/readDataset.ts';
import { pcg4d } from '../../util/random.ts';

/**
 * Three data sets of small pictures. `bars` and `spots` are alike in everything but their pictures and
 * the number of them; `wide` is of another shape.
 */
export const setNames = ['bars', 'spots', 'wide'] as const;
export type SetName = (typeof setNames)[number];

const CLASSES = 3;

interface Look {
  readonly side: number;
  readonly train: number;
  readonly test: number;
  /** Whether a pixel is bright, in a picture of this class. */
  readonly isBright: (label: number, x: number, y: number) => boolean;
}

const looks: Record<SetName, Look> = {
  bars: { side: 16, train: 37, test: 12, isBright: (label, _, y) => Math.floor(y / 5) === label },
  spots: {
    ...{ side: 16, train: 50, test: 15 },
    isBright: (label, x, y) => Math.hypot(x - 3 - 5 * label, y - 8) < 3,
  },
  wide: { side: 18, train: 26, test: 9, isBright: (label, x) => Math.floor(x / 6) === label },
};

function rowsOf(set: SetName, count: number, salt: number): string {
  const { side, isBright } = looks[set];
  return Array.from({ length: count }, (_, image) => {
    const label = image % CLASSES;
    const pixels = Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [i % side, Math.floor(i / side)];
      const [noise] = pcg4d(salt, image, x, y);
      return isBright(label, x, y) ? 255 - (noise % 64) : noise % 96;
    });
    return [label, ...pixels].join(',');
  }).join('\n');
}

/** As one drops them on the page. */
export function filesOf(set: SetName): File[] {
  const { train, test } = looks[set];
  const salt = 1 + setNames.indexOf(set);
  return [
    new File([rowsOf(set, train, salt)], `${set}_train.csv`),
    new File([rowsOf(set, test, 100 + salt)], `${set}_test.csv`),
  ];
}

const read = new Map<SetName, Promise<Dataset>>();

/** As the worker reads them. */
export function datasetOf(set: SetName): Promise<Dataset> {
  const known =
    read.get(set) ?? readDataset(filesOf(set).map((file) => ({ name: file.name, blob: file })));
  read.set(set, known);
  return known;
}

/** Drawings of the classes: spots, drawn by a hand that is a little off. */
export function drawingOf(label: number): {
  name: string;
  width: number;
  height: number;
  pixels: Uint8Array;
  ink: 'light';
} {
  const side = 28;
  const pixels = Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return Math.hypot(x - 6 - 8 * label, y - 13) < 4 ? 255 : 0;
  });
  return { name: `spot ${label}`, width: side, height: side, pixels, ink: 'light' };
}
