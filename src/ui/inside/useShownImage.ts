import { useEffect, useMemo, useState } from 'react';
import { useWorkbench, useWorkbenchState } from '../../app/useStore.ts';
import type { ImageShape } from '../../domain/architecture/architecture.ts';
import type { DatasetSummary } from '../../domain/data/dataset.ts';

/** An image that goes through the network, and where it comes from. */
export interface ShownImage {
  /** As the network sees it: `height * width` bytes, or three times as many. */
  readonly pixels: Uint8Array;
  readonly source: 'drawing' | 'set' | 'test';
  /** The index of the class that it shows, where that is known. */
  readonly label?: number;
  readonly index?: number;
}

/** A four has strokes in three directions. */
const FIRST_TURN = 4;

/** The test image that the address names; the drawing; or one of the set, the next of which is asked for. */
export function useShownImage(test: number | undefined): {
  image: ShownImage | undefined;
  next: () => void;
} {
  const [{ turn, insteadOf }, setTurn] = useState<Turn>({ turn: FIRST_TURN, insteadOf: undefined });
  const newest = useDrawing();
  const drawing = newest && insteadOf && isSame(newest.pixels, insteadOf) ? undefined : newest;
  const tested = useTestImage(test);
  const ofSet = useImageOfSet(test === undefined && !drawing ? turn : undefined);
  const next = () => setTurn({ turn: turn + 1, insteadOf: newest?.pixels });
  return { image: test === undefined ? (drawing ?? ofSet) : tested, next };
}

interface Turn {
  readonly turn: number;
  /** A drawing that has given way to the set, until there is another. */
  readonly insteadOf: Uint8Array | undefined;
}

const isSame = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** Whether a network takes images of this size. */
export const fits = ({ pixels }: ShownImage, { height, width, channels }: ImageShape): boolean =>
  pixels.length === height * width || pixels.length === height * width * channels;

function useDrawing(): ShownImage | undefined {
  const prediction = useWorkbenchState((state) => state.prediction);
  const prepared = prediction && !prediction.blank ? prediction.prepared : undefined;
  return useMemo(() => prepared && { pixels: prepared, source: 'drawing' }, [prepared]);
}

function useTestImage(index: number | undefined): ShownImage | undefined {
  const summary = useSummary();
  const truths = useWorkbenchState(({ evaluation }) =>
    evaluation.status === 'done' ? evaluation.evaluation.truths : undefined,
  );
  const label = index === undefined ? undefined : truths?.[index];
  const pixels = usePixels(summary, index, (workbench, wanted) => workbench.testImages([wanted]));
  return useMemo(() => {
    if (!pixels || index === undefined) return undefined;
    return { pixels, source: 'test', index, ...(label === undefined ? {} : { label }) };
  }, [pixels, index, label]);
}

/** Of each class in turn, its first images. */
function useImageOfSet(turn: number | undefined): ShownImage | undefined {
  const summary = useSummary();
  const classes = summary?.classNames.length ?? 1;
  const pixels = usePixels(summary, turn, async (workbench, wanted) => {
    const [label, place] = [wanted % classes, Math.floor(wanted / classes) % IMAGES_OF_A_CLASS];
    const images = await workbench.datasetThumbnails(summary?.classNames[label] ?? '', place + 1);
    const { height, width, channels } = summary?.shape ?? { height: 0, width: 0, channels: 0 };
    const bytes = height * width * channels;
    return images.subarray(images.length - bytes);
  });
  return useMemo(() => {
    if (!pixels || turn === undefined) return undefined;
    return { pixels, source: 'set', label: turn % classes };
  }, [pixels, turn, classes]);
}

/** So many of each are gone through. */
const IMAGES_OF_A_CLASS = 8;

function useSummary(): DatasetSummary | undefined {
  return useWorkbenchState(({ dataset }) =>
    dataset.status === 'ready' ? dataset.summary : undefined,
  );
}

type Workbench = ReturnType<typeof useWorkbench>;

/** Fetched once for each set and index. */
function usePixels(
  summary: DatasetSummary | undefined,
  index: number | undefined,
  load: (workbench: Workbench, index: number) => Promise<Uint8Array>,
): Uint8Array | undefined {
  const workbench = useWorkbench();
  const [got, setGot] = useState<{ summary: unknown; index: number; pixels: Uint8Array }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: how it is loaded follows from the set.
  useEffect(() => {
    if (!summary || index === undefined) return;
    let isWanted = true;
    load(workbench, index).then(
      (pixels) => isWanted && pixels.length > 0 && setGot({ summary, index, pixels }),
      // A refusal already stands among the notices.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [workbench, summary, index]);
  return got && got.summary === summary && got.index === index ? got.pixels : undefined;
}
