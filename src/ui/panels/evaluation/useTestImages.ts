import { useCallback, useEffect, useState } from 'react';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { ImageShape } from '../../../domain/architecture/architecture.ts';

type Images = ReadonlyMap<number, Uint8Array>;
const noImages: Images = new Map();

interface TestImages {
  /** Undefined until the image has come. */
  readonly pixelsOf: (index: number) => Uint8Array | undefined;
  readonly shape: ImageShape | undefined;
}

/** Fetches the pixels of these test images, each once while the data set stays. */
export function useTestImages(indices: readonly number[]): TestImages {
  const workbench = useWorkbench();
  const summary = useWorkbenchState(({ dataset }) =>
    dataset.status === 'ready' ? dataset.summary : undefined,
  );
  const [fetched, setFetched] = useState({ summary, images: noImages });
  const images = fetched.summary === summary ? fetched.images : noImages;

  useEffect(() => {
    const missing = indices.filter((index) => !images.has(index));
    if (!summary || missing.length === 0) return;
    let isWanted = true;
    const keep = (pixels: Uint8Array) => {
      if (!isWanted) return;
      const { height, width, channels } = summary.shape;
      const bytes = height * width * channels;
      const next = new Map(images);
      for (const [i, index] of missing.entries()) {
        next.set(index, pixels.subarray(i * bytes, (i + 1) * bytes));
      }
      setFetched({ summary, images: next });
    };
    // A refusal already stands among the notices.
    workbench.testImages(missing).then(keep, () => undefined);
    return () => {
      isWanted = false;
    };
  }, [workbench, summary, indices, images]);

  const pixelsOf = useCallback((index: number) => images.get(index), [images]);
  return { pixelsOf, shape: summary?.shape };
}
