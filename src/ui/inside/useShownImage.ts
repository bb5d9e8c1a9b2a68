import { useEffect, useMemo, useState } from 'react';
import type { WorkbenchState } from '../../app/state.ts';
import { useWorkbench, useWorkbenchState } from '../../app/useStore.ts';
import type { Workbench } from '../../app/workbench.ts';
import type { ImageShape } from '../../domain/architecture/architecture.ts';
import type { DatasetSummary } from '../../domain/data/dataset.ts';
import { imagesAreThere } from '../panels/evaluation/selectors.ts';

/** An image that goes through the network, and where it comes from. */
export interface ShownImage {
  /** As the network sees it: `height * width` bytes, or three times as many. */
  readonly pixels: Uint8Array;
  readonly source: 'drawing' | 'set' | 'test';
  /** The class that it shows, as its own set calls it, where that is known. */
  readonly name?: string | undefined;
  readonly index?: number;
}

/** `coming` while it is fetched; undefined where there is none. */
export type Wanted<T> = T | 'coming' | undefined;

/** A four has strokes in three directions. */
const FIRST_TURN = 4;

/**
 * The test image that the address names, once the test set was asked; the drawing; or one of the set, the next
 * of which is asked for.
 */
export function useShownImage(asked: number | undefined): {
  image: Wanted<ShownImage>;
  /** The index of the test image, if it is one. */
  test: number | undefined;
  next: () => void;
} {
  const test = useWorkbenchState(testWasAsked) ? asked : undefined;
  const [{ turn, insteadOf }, setTurn] = useState<Turn>({ turn: FIRST_TURN, insteadOf: undefined });
  const newest = useDrawing();
  const drawing = newest && insteadOf && isSame(newest.pixels, insteadOf) ? undefined : newest;
  const tested = useTestImage(test);
  const ofSet = useImageOfSet(test === undefined && !drawing ? turn : undefined);
  const next = () => setTurn({ turn: turn + 1, insteadOf: newest?.pixels });
  return { image: test === undefined ? (drawing ?? ofSet) : tested, test, next };
}

interface Turn {
  readonly turn: number;
  /** A drawing that has given way to the set, until there is another. */
  readonly insteadOf: Uint8Array | undefined;
}

export const isSame = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** Whether a network takes images of this size. */
export const fits = ({ pixels }: ShownImage, { height, width, channels }: ImageShape): boolean =>
  pixels.length === height * width || pixels.length === height * width * channels;

function useDrawing(): ShownImage | undefined {
  const prediction = useWorkbenchState((state) => state.prediction);
  const prepared = prediction && !prediction.blank ? prediction.prepared : undefined;
  return useMemo(() => prepared && { pixels: prepared, source: 'drawing' }, [prepared]);
}

/** Whether the images of the set in use were evaluated: before that none of its test images is looked at. */
export const testWasAsked = (state: WorkbenchState): boolean =>
  state.evaluation.status === 'done' && imagesAreThere(state, state.evaluation.evaluation);

function useTestImage(index: number | undefined): Wanted<ShownImage> {
  const summary = useSummary();
  const truths = useWorkbenchState(({ evaluation }) =>
    evaluation.status === 'done' ? evaluation.evaluation.truths : undefined,
  );
  const label = index === undefined ? undefined : truths?.[index];
  const name = label === undefined ? undefined : summary?.classNames[label];
  const pixels = usePixels(summary, index, testImage);
  return useMemo(() => {
    if (!pixels || index === undefined) return undefined;
    if (pixels === 'coming') return pixels;
    return { pixels, source: 'test', index, name };
  }, [pixels, index, name]);
}

/** Of each class in turn, its first validation images. */
function useImageOfSet(turn: number | undefined): Wanted<ShownImage> {
  const summary = useSummary();
  const pixels = usePixels(summary, turn, imageOfSet);
  const name = summary && turn !== undefined ? nameOfTurn(summary, turn) : undefined;
  return useMemo(() => {
    if (!pixels || pixels === 'coming') return pixels;
    return { pixels, source: 'set', name };
  }, [pixels, name]);
}

/** So many of each are gone through. */
const IMAGES_OF_A_CLASS = 8;

const nameOfTurn = ({ classNames }: DatasetSummary, turn: number) =>
  classNames[turn % classNames.length] ?? '';

const testImage: Load = (workbench, _, index) => workbench.testImages([index]);

const imageOfSet: Load = async (workbench, summary, turn) => {
  const { classNames, shape } = summary;
  const place = Math.floor(turn / classNames.length) % IMAGES_OF_A_CLASS;
  const name = nameOfTurn(summary, turn);
  const images = await workbench.datasetThumbnails(name, place + 1, 'validation');
  return images.subarray(images.length - shape.height * shape.width * shape.channels);
};

function useSummary(): DatasetSummary | undefined {
  return useWorkbenchState(({ dataset }) =>
    dataset.status === 'ready' ? dataset.summary : undefined,
  );
}

type Load = (workbench: Workbench, summary: DatasetSummary, index: number) => Promise<Uint8Array>;

/** What came of a set's image of this index: none where it was refused. */
interface Got {
  readonly summary: DatasetSummary;
  readonly index: number;
  readonly pixels: Uint8Array | undefined;
}

/** Fetched once for each set and index. */
function usePixels(
  summary: DatasetSummary | undefined,
  index: number | undefined,
  load: Load,
): Wanted<Uint8Array> {
  const workbench = useWorkbench();
  const [got, setGot] = useState<Got>();
  useEffect(() => {
    if (!summary || index === undefined) return;
    let isWanted = true;
    const keep = (pixels?: Uint8Array) => {
      if (isWanted) setGot({ summary, index, pixels: pixels?.length ? pixels : undefined });
    };
    // A refusal already stands among the notices.
    load(workbench, summary, index).then(keep, () => keep());
    return () => {
      isWanted = false;
    };
  }, [workbench, summary, index, load]);
  if (!summary || index === undefined) return undefined;
  return got?.summary === summary && got.index === index ? got.pixels : 'coming';
}
