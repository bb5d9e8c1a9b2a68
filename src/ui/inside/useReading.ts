import { useMemo } from 'react';
import { canStart } from '../../app/canStart.ts';
import { useWorkbenchState } from '../../app/useStore.ts';
import type { Workbench } from '../../app/workbench.ts';
import type { ImageShape } from '../../domain/architecture/architecture.ts';
import type { Inspection } from '../../domain/inside/inspection.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { useLooking } from './useLooking.ts';
import { fits, isSame, type ShownImage, type Wanted } from './useShownImage.ts';

/** An image, and what the network makes of this one; undefined where nothing is known of it. */
export interface Reading {
  readonly image: ShownImage | undefined;
  readonly seen: Inspection | undefined;
}

/**
 * What the network makes of the image that is wanted. While it is asked, what was answered last stays,
 * with the image that it is of; where nothing can be asked, the new image stands alone.
 */
export function useReading(
  wanted: Wanted<ShownImage>,
  shape: ImageShape,
  isOnScreen: boolean,
): Reading {
  const isComing = wanted === 'coming';
  const image = wanted && wanted !== 'coming' && fits(wanted, shape) ? wanted : undefined;
  const question = useMemo(() => {
    if (!image || !isOnScreen) return undefined;
    return async (workbench: Workbench) => ({
      image,
      seen: await workbench.inspect(image.pixels).catch(nothingSeen),
    });
  }, [image, isOnScreen]);
  const answer = useLooking(question);
  const canLook = useWorkbenchState(canStart('inspect'));
  const stays = answer && (image ? canLook || isOf(answer.image, image) : isComing && canLook);
  return stays ? answer : { image, seen: undefined };
}

/** A drawing is prepared anew whenever it is read. */
const isOf = (one: ShownImage, other: ShownImage) =>
  one.source === other.source && one.index === other.index && isSame(one.pixels, other.pixels);

/** The image stands alone where it cannot be read, unless it only was not its turn. */
function nothingSeen(error: unknown): undefined {
  const code = error instanceof WorkbenchError ? error.code : undefined;
  if (code === 'inside.overtaken' || code === 'session.busy') throw error;
}
