import type { Held } from './held.ts';

/** What the page takes files for. */
export type FileKind = 'dataset' | 'picture' | 'weights' | 'drawings';

/** Whether these are `model.json` and the one file of weights that TensorFlow.js puts beside it. */
export function areOneModel(files: readonly File[]): boolean {
  const isModel = ({ name }: File) => MODEL.test(name);
  return files.length === 2 && files.some(isModel) && files.some(({ name }) => BYTES.test(name));
}

/** What names say that files are; undefined where they say nothing that the page knows. */
export function kindOf({ files, folders }: Held): FileKind | undefined {
  if (folders.length > 0) return 'dataset';
  const [file, ...others] = files;
  if (!file) return undefined;
  if (files.some(({ name }) => WEIGHTS.test(name))) return 'weights';
  if (others.length === 0 && DRAWINGS.test(file.name)) return 'drawings';
  if (others.length === 0 && isPicture(file)) return 'picture';
  return files.every(isOfDataset) ? 'dataset' : undefined;
}

/** As browsers number what they save twice, too. */
const MODEL = /(^|[.-])model( \(\d+\))?[.]json$/i;
const BYTES = /[.]bin$/i;
/** A zip file of a network is told from one of data by the name that the page gives it. */
const WEIGHTS = /[.](safetensors|onnx)$|(^|[.-])model[.]json$|-(tfjs|pytorch)( \(\d+\))?[.]zip$/i;
const DRAWINGS = /[.]json$/i;
const PICTURE = /[.](png|jpe?g|webp|gif|bmp|avif)$/i;
const DATASET = /ubyte|idx|[.](gz|tgz|tar|zip|csv|tsv|npy|npz|bin)$/i;
/** They lie beside the files of data sets, and are read, or left out by name. */
const BESIDE = /[.](txt|html|md)$/i;

function isPicture({ name, type }: File): boolean {
  return PICTURE.test(name) || type.startsWith('image/');
}

function isOfDataset(file: File, _: number, all: readonly File[]): boolean {
  const isAlone = all.length === 1;
  return isPicture(file) || DATASET.test(file.name) || (!isAlone && BESIDE.test(file.name));
}
