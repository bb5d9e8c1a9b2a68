import { assert, at } from '../../../util/assert.ts';
import type { Operation } from '../operation.ts';

const HEAD = '@compute @workgroup_size(64)\nfn main(@builtin(global_invocation_id) id: vec3u) {';

/**
 * The operation done `times` times by one dispatch: where processors play the GPU, a million rounds of
 * a thousand dispatches take a fifth of the time of a million dispatches. For operations of one shader
 * whose items do not see each other.
 */
export function repeated(operation: Operation, times: number): Operation {
  const variant = at(operation.variants, 0);
  const shader = at(variant.shaders, 0);
  assert(shader.wgsl.includes(HEAD), `${operation.op} has a main over a linear grid`);
  const wgsl = `${shader.wgsl.replace(HEAD, 'fn once(id: vec3u) {')}
${HEAD}
  for (var round = 0u; round < ${times}u; round++) { once(id); }
}`;
  return { ...operation, variants: [{ ...variant, shaders: [{ ...shader, wgsl }] }] };
}
