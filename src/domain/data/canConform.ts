import type { UnlabelledImages } from './dataset.ts';
import type { Look } from './look.ts';
import { lookOf } from './lookOf.ts';

/** Whether images of one shape can be made into those that a model takes. */
export function canConform(images: UnlabelledImages, look: Look | undefined): boolean {
  return look !== undefined && lookOf(images) !== undefined;
}
