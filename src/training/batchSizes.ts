import type { Architecture } from '../domain/architecture.ts';
import { bufferLimit } from '../engine/device.ts';
import { tf } from '../engine/tf.ts';
import { at } from '../util/assert.ts';
import { batchThatFits } from './deviceLimit.ts';

/**
 * A GPU has shaders compiled, and buffers put by, for each number of images that goes through a network
 * at once. So few numbers do: one that lies between is filled up to the next.
 */
const SIZES = [1, 4, 16, 64];

/** How many images go through the network at once on the engine in use, where `wanted` should. */
export function mostAtOnce(architecture: Architecture, wanted: number): number {
  return batchThatFits(architecture, wanted, bufferLimit());
}

/** How many go through in the place of `count`; `most` where all that there are do. */
export function filledUp(count: number, most: number): number {
  if (!compilesByShape()) return count;
  return at(
    [...SIZES, most].filter((size) => size >= count && size <= most),
    0,
  );
}

function compilesByShape(): boolean {
  const engine = tf.getBackend();
  return engine === 'webgpu' || engine === 'webgl';
}
