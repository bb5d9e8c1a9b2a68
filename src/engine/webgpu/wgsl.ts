import { assert } from '../../util/assert.ts';
import type { Workgroups } from './operation.ts';

/** The few building blocks that our shaders are written with. */

/** How a shader uses a buffer; `uniform` for the small block of numbers that change every step. */
export type Access = 'read' | 'read_write' | 'uniform';

export interface Binding {
  readonly name: string;
  readonly access: Access;
  /** WGSL type of the whole buffer, as `array<vec4f>`. */
  readonly type: string;
}

/** Declares the bindings of group 0 in their order. */
export function declareBindings(bindings: readonly Binding[]): string {
  return lines(bindings.length, (i) => {
    const binding = bindings[i];
    assert(binding, 'a binding for each index');
    const { name, access, type } = binding;
    const space = access === 'uniform' ? 'uniform' : `storage, ${access}`;
    return `@group(0) @binding(${i}) var<${space}> ${name}: ${type};`;
  });
}

/** `count` pieces of source, one below the other. */
export function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** A number as a WGSL f32 literal. */
export function f32(value: number): string {
  assert(Number.isFinite(value), `${value} has no literal in WGSL`);
  return `f32(${value})`;
}

/** Elements that one invocation handles at once, where the innermost extent allows. */
export type Lanes = 1 | 4;

export function lanesOf(extent: number): Lanes {
  return extent % 4 === 0 ? 4 : 1;
}

export function laneType(lanes: Lanes): 'f32' | 'vec4f' {
  return lanes === 4 ? 'vec4f' : 'f32';
}

/**
 * A WGSL expression of whether `value`, the name of a value, is NaN, lane by lane. By its bits:
 * compilers may take it that there are no NaNs, and then drop `value != value`. A NaN has to reach the
 * loss, which is what tells of it, and not to end in a comparison that it fails.
 */
export function isNan(value: string, lanes: Lanes): string {
  const bits = lanes === 4 ? 'vec4u' : 'u32';
  return `((bitcast<${bits}>(${value}) & ${bits}(0x7fffffffu)) > ${bits}(0x7f800000u))`;
}

const LINEAR_WORKGROUP = 64;

/** A shader body for `items` independent invocations, each told its number as `item: u32`. */
export interface LinearGrid {
  readonly workgroups: Workgroups;
  /** Wraps the body into `main`, which leaves out invocations beyond the last item. */
  main(body: string): string;
}

/** Rows of at most 65,535 workgroups: the least that WebGPU promises for one dimension. */
const ROW_OF_WORKGROUPS = 65_535;

export function linearGrid(items: number): LinearGrid {
  const groups = Math.ceil(items / LINEAR_WORKGROUP);
  const x = Math.min(groups, ROW_OF_WORKGROUPS);
  return {
    workgroups: [x, Math.ceil(groups / x), 1],
    main: (body) => `
@compute @workgroup_size(${LINEAR_WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let item = id.x + id.y * ${x * LINEAR_WORKGROUP}u;
  if (item >= ${items}u) { return; }
  ${body}
}`,
  };
}

/** The numbers that change from step to step. */
export const STEP_STRUCT = /* wgsl */ `
struct Step {
  seed: u32,
  step: u32,
  count: u32,
  slot: u32,
  rate: f32,
  decay: f32,
  average: f32,
  unused: f32,
}`;

export const STEP_BINDING: Binding = { name: 'step', access: 'uniform', type: 'Step' };
export const STEP_BYTES = 32;
