/**
 * A sum by one workgroup: each invocation adds every 64th value, and the first then adds what they
 * came to, in their order. So a load waits for few others, and the result is the same every time.
 *
 * This is for hardware. Where a processor plays the GPU a barrier takes longer than it saves, and one
 * invocation adds all values one after the other.
 */
const INVOCATIONS = 64;

export interface Sum {
  /** WGSL type of a value, as `vec4f`. */
  readonly type: string;
  readonly count: number;
  /** WGSL expression of value `i: u32`, given `group: vec3u`, the place of the workgroup. */
  readonly value: string;
  /** WGSL statements that use `sum`. */
  readonly finish: string;
}

export function workgroupSum({ type, count, value, finish }: Sum, software: boolean): string {
  if (software) {
    return `
@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3u) {
  var sum = ${type}();
  for (var i = 0u; i < ${count}u; i++) { sum += ${value}; }
  ${finish}
}`;
  }
  return `
var<workgroup> shares: array<${type}, ${INVOCATIONS}>;

@compute @workgroup_size(${INVOCATIONS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) invocation: u32) {
  var share = ${type}();
  for (var i = invocation; i < ${count}u; i += ${INVOCATIONS}u) { share += ${value}; }
  shares[invocation] = share;
  workgroupBarrier();
  if (invocation > 0u) { return; }
  var sum = ${type}();
  for (var i = 0u; i < ${INVOCATIONS}u; i++) { sum += shares[i]; }
  ${finish}
}`;
}
