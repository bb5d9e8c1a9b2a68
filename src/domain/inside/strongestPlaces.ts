import { at } from '../../util/assert.ts';
import { asImage } from '../architecture/shape.ts';

/** Of each unit of a layer the places where it answered most, one an image; nothing that is not above zero. */
export class StrongestPlaces {
  readonly values: Float32Array;
  readonly images: Uint32Array;
  readonly ys: Uint16Array;
  readonly xs: Uint16Array;
  private readonly width: number;
  private readonly places: number;
  readonly units: number;

  /** @param shape what the layer makes of an image */
  constructor(
    shape: readonly number[],
    readonly top: number,
  ) {
    const isImage = shape.length === 3;
    const { height, width, channels } = asImage(isImage ? shape : [1, 1, at(shape, 0)]);
    this.width = width;
    this.places = height * width;
    this.units = channels;
    const entries = channels * top;
    this.values = new Float32Array(entries);
    this.images = new Uint32Array(entries);
    this.ys = new Uint16Array(entries);
    this.xs = new Uint16Array(entries);
  }

  /** What the layer makes of an image. */
  add(activations: Float32Array, image: number): void {
    const { units, places } = this;
    for (let unit = 0; unit < units; unit++) {
      let [best, bestPlace] = [0, -1];
      for (let place = 0; place < places; place++) {
        const value = activations[place * units + unit] ?? 0;
        if (value > best) [best, bestPlace] = [value, place];
      }
      if (bestPlace >= 0) this.insert(unit, best, image, bestPlace);
    }
  }

  private insert(unit: number, value: number, image: number, place: number): void {
    const { top, values, images, ys, xs, width } = this;
    const first = unit * top;
    let at = first + top - 1;
    if (value <= (values[at] ?? 0)) return;
    for (; at > first && (values[at - 1] ?? 0) < value; at--) {
      for (const list of [values, images, ys, xs]) list[at] = list[at - 1] ?? 0;
    }
    values[at] = value;
    images[at] = image;
    ys[at] = Math.floor(place / width);
    xs[at] = place % width;
  }
}
