import { MOST_DRAWINGS, MOST_DRAWN_PIXELS } from '../../domain/drawing/drawings.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** As much of a drawing as its room depends on. */
export interface Sized {
  readonly id: string;
  readonly pixels: { readonly length: number };
}

/**
 * Throws where there is no room for more drawings beside those that are kept: `drawings.tooMany`, or
 * `drawings.room`.
 * @param ids of those that come, new or brought back
 * @param coming those of them that can be read: any other takes room in the list alone
 */
export function requireRoom(
  kept: readonly Sized[],
  ids: readonly string[],
  coming: readonly Sized[],
): void {
  const count = new Set([...kept.map(({ id }) => id), ...ids]).size;
  const limit = MOST_DRAWINGS;
  if (count > limit) throw new WorkbenchError('drawings.tooMany', { count, limit });
  const all = new Map([...kept, ...coming].map((drawing) => [drawing.id, drawing]));
  const pixels = pixelsOf(all.values());
  const most = MOST_DRAWN_PIXELS;
  if (pixels > most && pixels > pixelsOf(kept)) {
    throw new WorkbenchError('drawings.room', { pixels, most });
  }
}

function pixelsOf(drawings: Iterable<Sized>): number {
  let sum = 0;
  for (const { pixels } of drawings) sum += pixels.length;
  return sum;
}
