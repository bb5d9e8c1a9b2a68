import { at } from '../../util/assert.ts';

/**
 * Counts which units of a layer ever answer: of a convolution a unit is a filter, wherever in the image it
 * answers; of a dense layer it is one of its numbers. A unit that answers none of many images with anything
 * above zero is dead: behind a ReLU no gradient reaches it any more.
 */
export class UnitCensus {
  images = 0;
  /** Of each unit, in how many images it was above zero. */
  readonly active: Uint32Array;

  constructor(private readonly units: number) {
    this.active = new Uint32Array(units);
  }

  get dead(): number {
    return this.active.reduce((count, images) => count + (images === 0 ? 1 : 0), 0);
  }

  /** The activations of so many images, the units last. */
  add(activations: Float32Array, images: number): void {
    const { units, active } = this;
    const floats = activations.length / images;
    const last = new Int32Array(units).fill(-1);
    for (const [i, value] of activations.entries()) {
      if (!(value > 0)) continue;
      const [image, unit] = [Math.floor(i / floats), i % units];
      if (last[unit] === image) continue;
      last[unit] = image;
      active[unit] = at(active, unit) + 1;
    }
    this.images += images;
  }
}
