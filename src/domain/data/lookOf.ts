import { type ImageMeasures, lookOfImage } from '../reading/lookOfImage.ts';
import { median } from '../reading/median.ts';
import type { UnlabelledImages } from './dataset.ts';
import type { Look } from './look.ts';

/** As many as tell what all look like. */
const MOST_MEASURED = 200;
/** So many of the images have to have paper and ink, and of these so many the same way round. */
const WITH_PAPER = 0.6;
const AGREEING = 0.85;
/** What is as bright or dark as this is white or black. */
const NEARLY = 6;

/**
 * What images look like: ink on paper, light on dark or dark on light. Undefined of natural pictures,
 * which have neither, and of sets that are mixed. It is measured on images from all over the set.
 */
export function lookOf(images: UnlabelledImages, indices?: Uint32Array): Look | undefined {
  const { height, width } = images.shape;
  const count = indices?.length ?? images.count;
  const step = Math.max(1, Math.ceil(count / MOST_MEASURED));
  const measured = Array.from({ length: Math.ceil(count / step) }, (_, i) =>
    lookOfImage(images, indices?.[i * step] ?? i * step),
  );
  const looks = measured.filter((look) => look !== undefined);
  if (looks.length === 0 || looks.length < WITH_PAPER * measured.length) return undefined;
  const light = looks.filter(({ paper, ink }) => ink > paper);
  const dark = looks.filter(({ paper, ink }) => ink < paper);
  const same = light.length > dark.length ? light : dark;
  if (same.length < AGREEING * looks.length) return undefined;
  const side = Math.max(height, width);
  return {
    paper: extreme(middle(same, ({ paper }) => paper)),
    ink: extreme(middle(same, ({ ink }) => ink)),
    box: Math.max(1, Math.round(middle(same, ({ extent }) => extent))) / side,
    centre: spread(same, ({ boxX }) => boxX) < spread(same, ({ massX }) => massX) ? 'box' : 'mass',
    stroke: Math.min(1, middle(same, ({ stroke }) => stroke) / side),
  };
}

type Measure = (look: ImageMeasures) => number;

const middle = (looks: readonly ImageMeasures[], of: Measure) =>
  median(Float64Array.from(looks, of));

/** How far half of them are from the middle. */
function spread(looks: readonly ImageMeasures[], of: Measure): number {
  const centre = middle(looks, of);
  return middle(looks, (look) => Math.abs(of(look) - centre));
}

const extreme = (byte: number) =>
  byte <= NEARLY ? 0 : byte >= 255 - NEARLY ? 255 : Math.round(byte);
