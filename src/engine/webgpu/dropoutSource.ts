import { maskThreshold } from '../maskPlan.ts';
import { f32 } from './wgsl.ts';

/** Dropout masks on the GPU, with the bits of `engine/dropoutMask.ts`. */

export interface DropoutSlot {
  readonly rate: number;
  /** Stream of random numbers of this layer. */
  readonly stream: number;
}

/**
 * The counter-based generator of `util/random.ts`: integer arithmetic wraps in WGSL as it does there.
 */
export const PCG4D = /* wgsl */ `
fn pcg4d(key: vec4u) -> vec4u {
  var v = key * 1664525u + 1013904223u;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  v ^= v >> vec4u(16u);
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  return v;
}`;

/**
 * `dropoutFactor(at)`: 0 or 1 / (1 - rate) for the four elements from `at` on. One hash serves four
 * elements; `aligned` says that `at` is always the first of such four.
 */
export function dropoutFactor({ rate, stream }: DropoutSlot, aligned: boolean): string {
  const { dropBelow, scale } = maskThreshold(rate);
  const hash = (at: string) => `pcg4d(vec4u(step.seed, ${stream}u, step.step, (${at}) / 4u))`;
  const one = (lane: number) => `${hash(`at + ${lane}u`)}[(at + ${lane}u) % 4u]`;
  const bits = aligned ? hash('at') : `vec4u(${[0, 1, 2, 3].map(one).join(', ')})`;
  return `${PCG4D}
fn dropoutFactor(at: u32) -> vec4f {
  let bits = ${bits};
  return select(vec4f(), vec4f(${f32(scale)}), (bits >> vec4u(8u)) >= vec4u(${dropBelow}u));
}`;
}
