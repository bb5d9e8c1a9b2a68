import { pcg4d, RandomStream, uniformFromBits } from '../../util/random.ts';
import type { ImageShape } from '../architecture/architecture.ts';
import type { LabelledImages } from '../data/dataset.ts';
import { GRID_POINTS } from './elastic.ts';
import { type ColourAxes, fitColours } from './lighting.ts';
import { type AugmentShape, PARAMETERS, Place } from './parameters.ts';
import { type AugmentStrengths, isAugmented, strengthsOf } from './strengths.ts';

/** Share of an image's area that erasing takes, and how long the rectangle's sides may be. */
const ERASED_AREA = { min: 0.02, max: 0.2 };
const ERASED_ASPECT = { min: 0.4, max: 2.5 };

/** What is needed to draw the variations of a batch. */
export interface AugmentPlan {
  readonly strengths: AugmentStrengths;
  readonly seed: number;
  readonly shape: ImageShape;
  /** The data set's principal colours, for lighting; null for grey images. */
  readonly colours: ColourAxes | null;
}

/** How a recipe varies these training images; undefined where it leaves them as they are. */
export function planAugmentation(
  recipe: AugmentStrengths & { readonly seed: number },
  images: LabelledImages,
  training: Uint32Array,
): AugmentPlan | undefined {
  const strengths = strengthsOf(recipe);
  if (!isAugmented(strengths)) return undefined;
  const colours = strengths.lighting > 0 ? fitColours(images, training) : null;
  return { strengths, seed: recipe.seed, shape: images.shape, colours };
}

export function augmentShapeOf({ strengths, shape }: AugmentPlan): AugmentShape {
  return { image: shape, bends: strengths.elastic > 0, thickens: strengths.thickness > 0 };
}

/**
 * Draws the variations of the images of one step into `out`, `[count, PARAMETERS]`. A pure function
 * of the seed, the step and an image's place in the batch: what was drawn before does not matter, nor
 * which engine trains.
 */
export function drawAugmentations(
  plan: AugmentPlan,
  step: number,
  count: number,
  out: Float32Array,
): void {
  for (let n = 0; n < count; n++) {
    const draw = new Draw(plan.seed, step, n);
    writeParameters(plan, draw, out.subarray(n * PARAMETERS, (n + 1) * PARAMETERS));
  }
}

/** The random numbers of one image, in the order in which they are asked for. */
class Draw {
  private hash: readonly number[] = [];
  private taken = 0;

  constructor(
    private readonly seed: number,
    private readonly step: number,
    private readonly image: number,
  ) {}

  /** Uniform in 0 to 1. */
  unit(): number {
    const lane = this.taken % 4;
    if (lane === 0) {
      const stream = RandomStream.augmentation + 256 * (this.taken / 4);
      this.hash = pcg4d(this.seed, stream, this.step, this.image);
    }
    this.taken++;
    return uniformFromBits(this.hash[lane] ?? 0);
  }

  /** Uniform in -bound to bound. */
  within(bound: number): number {
    return (2 * this.unit() - 1) * bound;
  }

  between({ min, max }: { min: number; max: number }): number {
    return min + (max - min) * this.unit();
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return radius * Math.cos(2 * Math.PI * this.unit());
  }
}

/** Every number is drawn whatever the strengths: to change one does not change the others' draws. */
function writeParameters(plan: AugmentPlan, draw: Draw, out: Float32Array): void {
  const { strengths, shape, colours } = plan;
  out.fill(0);
  out.set(drawMap(strengths, draw), Place.map);
  out[Place.thickness] = draw.within(strengths.thickness);
  out[Place.gain] = 1 + draw.within(strengths.contrast);
  const lift = 255 * draw.within(strengths.brightness);
  const alphas = [draw.normal(), draw.normal(), draw.normal()];
  for (let c = 0; c < 3; c++) {
    const lit = (colours ?? []).reduce(
      (sum, { direction, sd }, i) => sum + (alphas[i] ?? 0) * sd * (direction[c] ?? 0),
      0,
    );
    out[Place.lift + c] = lift + strengths.lighting * lit;
  }
  out.set(drawErased(strengths, shape, draw), Place.erased);
  if (strengths.elastic === 0) return;
  for (let i = 0; i < 2 * GRID_POINTS ** 2; i++) {
    out[Place.grid + i] = draw.within(strengths.elastic);
  }
}

/**
 * From a place of the result to the place of the source: the inverse of mirroring, slanting, scaling,
 * turning and moving, in this order.
 */
function drawMap({ mirror, shear, scale, rotate, shift }: AugmentStrengths, draw: Draw): number[] {
  const flip = draw.unit() < 0.5 && mirror === 'on' ? -1 : 1;
  const slant = draw.within(shear);
  const factor = 1 + draw.within(scale);
  const angle = (draw.within(rotate) * Math.PI) / 180;
  const [dx, dy] = [draw.within(shift), draw.within(shift)];
  const [cos, sin] = [Math.cos(angle) / factor, Math.sin(angle) / factor];
  // The rows of S^-1 R^-1: first turned and scaled back, then slanted back, then mirrored.
  const [a, b] = [flip * (cos + slant * sin), flip * (sin - slant * cos)];
  const [d, e] = [-sin, cos];
  return [a, b, -(a * dx + b * dy), d, e, -(d * dx + e * dy)];
}

function drawErased({ erase }: AugmentStrengths, shape: ImageShape, draw: Draw): number[] {
  const isErased = draw.unit() < erase;
  const area = draw.between(ERASED_AREA) * shape.height * shape.width;
  const { min, max } = ERASED_ASPECT;
  const aspect = Math.exp(draw.between({ min: Math.log(min), max: Math.log(max) }));
  const height = Math.min(shape.height, Math.round(Math.sqrt(area * aspect)));
  const width = Math.min(shape.width, Math.round(Math.sqrt(area / aspect)));
  const top = Math.floor(draw.unit() * (shape.height - height + 1));
  const left = Math.floor(draw.unit() * (shape.width - width + 1));
  return isErased ? [top, left, top + height, left + width] : [0, 0, 0, 0];
}
