import { assert } from '../../util/assert.ts';

/**
 * What the GPU is asked to do, as plain data. Everything here is made without a device, so that a
 * plan can be printed, tested and compared before anything runs.
 *
 * An **operation** is a piece of mathematics on shapes that are known (a convolution, a reduction).
 * A **variant** is one way to compute it: one or more **shaders**, run in order. A shader has its
 * shapes baked in: drivers unroll and fold constants better than we do, and a network has few
 * shapes. **Operands** are the buffers, by name; the caller brings those that the operation lists,
 * and room for the variant's scratch.
 */
export interface Operation {
  /** What is computed, as `conv2d` or `lrnGradient`. */
  readonly op: string;
  /** Its shape and options, for whoever reads a plan: operations of one `op` and `shape` are alike. */
  readonly shape: string;
  /** Multiply-adds counted as two, by the definition of the operation, not by what a variant does. */
  readonly flops: number;
  /** Every operand moved once: the least traffic that the operation needs. */
  readonly bytes: number;
  /** Likeliest first, each of another name. */
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly name: string;
  readonly shaders: readonly Shader[];
  /** Buffers that only this variant needs, by name: bytes. */
  readonly scratch: Readonly<Record<string, number>>;
}

export interface Shader {
  readonly label: string;
  readonly wgsl: string;
  /** Names of the buffers bound at `@binding(0)`, `@binding(1)` and so on of group 0. */
  readonly operands: readonly string[];
  readonly workgroups: Workgroups;
}

export type Workgroups = readonly [x: number, y: number, z: number];

/** What decides which variants can run, and which are likely to be quick. */
export interface DeviceTraits {
  /** A processor plays the GPU: barriers are dear there, and big register tiles cheap. */
  readonly software: boolean;
  readonly subgroups: boolean;
}

export const FLOAT_BYTES = 4;

/** The variant to take where nothing has been measured. */
export function likeliest({ op, shape, variants }: Operation): Variant {
  const [first] = variants;
  assert(first, `${op} ${shape} has a variant for this device`);
  return first;
}
