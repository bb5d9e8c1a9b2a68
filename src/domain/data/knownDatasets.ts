/**
 * Data sets that are like MNIST and lie where a page of another origin may read them, or might. None is
 * fetched before the user has seen the addresses and agreed.
 */
export interface KnownDataset {
  readonly name: string;
  /** Of each of its files. */
  readonly urls: readonly string[];
  /** All files together, about. */
  readonly megabytes: number;
  /** What its files do not say. */
  readonly classNames?: readonly string[];
}

const idxFiles = (test: string) => [
  ...['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'],
  ...[`${test}-images-idx3-ubyte.gz`, `${test}-labels-idx1-ubyte.gz`],
];

const FASHION =
  'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/';
const KUZUSHIJI = 'https://codh.rois.ac.jp/kmnist/dataset/kmnist/';
/** The files of NIST's one archive of 560 MB, each by itself, at a commit that cannot change. */
const EMNIST =
  'https://raw.githubusercontent.com/aurelienduarte/emnist/845f29ee8fb6be30e60b115f638f0eab08bfe469/gzip/';

export const knownDatasets: readonly KnownDataset[] = [
  {
    name: 'Fashion-MNIST',
    urls: idxFiles('t10k').map((file) => FASHION + file),
    megabytes: 31,
    classNames: [
      ...['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat'],
      ...['Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
    ],
  },
  {
    name: 'KMNIST',
    urls: idxFiles('t10k').map((file) => KUZUSHIJI + file),
    megabytes: 21,
    classNames: ['お', 'き', 'す', 'つ', 'な', 'は', 'ま', 'や', 'れ', 'を'],
  },
  {
    name: 'EMNIST Letters',
    urls: idxFiles('test').map((file) => `${EMNIST}emnist-letters-${file}`),
    megabytes: 36,
  },
  {
    name: 'EMNIST Balanced',
    urls: idxFiles('test').map((file) => `${EMNIST}emnist-balanced-${file}`),
    megabytes: 34,
  },
];

/** No set has more files: images and labels, for training and for testing, and the classes' names. */
export const MOST_FILES = 5;

/** The addresses behind a known name, or those in a text, one a line; undefined where it is neither. */
export function addressesOf(nameOrUrls: string): readonly string[] | undefined {
  const known = knownDatasets.find(({ name }) => name === nameOrUrls);
  if (known) return known.urls;
  const words = nameOrUrls.split(/\s+/).filter((word) => word !== '');
  const urls = words.flatMap(urlsIn);
  const areGood =
    urls.length === words.length &&
    urls.every(({ protocol, username, password }) => {
      // Browsers do not fetch such addresses, and a password is in every message about one.
      return protocol === 'https:' && username === '' && password === '';
    });
  if (!areGood || urls.length === 0 || urls.length > MOST_FILES) return undefined;
  return urls.map(({ href }) => href);
}

/** One, or none. */
function urlsIn(word: string): URL[] {
  try {
    return [new URL(word)];
  } catch {
    return [];
  }
}
