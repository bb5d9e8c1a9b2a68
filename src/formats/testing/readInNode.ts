import type { ReadingChoices } from '../../domain/data/readingChoices.ts';
import { readDataset } from '../dataset/readDataset.ts';
import { decodePngInNode } from './pictureFiles.ts';
import { blobs } from './sameDataset.ts';

/** Files of a test: what each is called, and what is in it. */
export type Files = Parameters<typeof blobs>[0];

export const read = (files: Files, choices: ReadingChoices = {}) =>
  readDataset(blobs(files), { decodePicture: decodePngInNode, choices });
