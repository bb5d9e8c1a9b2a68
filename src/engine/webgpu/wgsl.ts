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
  assert(Number.isFinite(Math.fround(value)), `${value} has no literal in WGSL`);
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

/** The least that WebGPU promises for one dimension. */
export const MOST_WORKGROUPS = 65_535;

export function linearGrid(items: number): LinearGrid {
  const groups = Math.ceil(items / LINEAR_WORKGROUP);
  const x = Math.min(groups, MOST_WORKGROUPS);
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

/** A workgroup for each of a block of tiles, told the tile's place as `group: vec3u`. */
export interface TileGrid {
  readonly workgroups: Workgroups;
  /** The parameter of `main`. */
  readonly parameter: string;
  /** Statements that `main` begins with; they leave out workgroups beyond the last tile. */
  readonly locate: string;
}

/** More tiles in a row than there may be workgroups are folded over two dimensions. */
export function tileGrid(tiles: Workgroups, most = MOST_WORKGROUPS): TileGrid {
  const parameterOf = (name: string) => `@builtin(workgroup_id) ${name}: vec3u`;
  if (tiles.every((count) => count <= most)) {
    return { workgroups: tiles, parameter: parameterOf('group'), locate: '' };
  }
  const [x, y, z] = tiles;
  const width = Math.min(x * y * z, most);
  return {
    workgroups: [width, Math.ceil((x * y * z) / width), 1],
    parameter: parameterOf('folded'),
    locate: `let tile = folded.x + folded.y * ${width}u;
  if (tile >= ${x * y * z}u) { return; }
  let group = vec3u(tile % ${x}u, tile / ${x}u % ${y}u, tile / ${x * y}u);
  `,
  };
}
