import type { KernelName } from '../../../src/engine/wasm/simdKernels.ts';
import { at } from '../../../src/util/assert.ts';
import type { LayerOperation } from '../../work/operations.ts';
import type { Work } from '../../work/work.ts';
import type { BareStep } from './wasmCalls.ts';

/**
 * The calls of our step that make one operation, with what only serves it: the padding of images and the
 * transposition of a matrix. They read and write different buffers, so they can be repeated. Undefined
 * where it is folded into another.
 */
export function repeatedCalls(
  { team, planned, calls }: BareStep,
  { manifest }: Work,
  { layer, which }: LayerOperation,
): ((times: number) => Promise<undefined>) | undefined {
  const name = manifest.layers[layer]?.name;
  const indices = planned.flatMap((call, i) =>
    call.layer === name && operationMade(planned, i) === which ? [i] : [],
  );
  const first = indices[0];
  if (first === undefined) return undefined;
  // What it reads must be what a step has made: sums of denormal numbers may take longer.
  team.run(team.learn(calls.slice(0, first)));
  const once = indices.map((i) => at(calls, i));
  // A list is learned once; whatever does not fill one is done call by call.
  const alone = team.learn(once);
  const many = team.learn(Array.from({ length: LIST }, () => once).flat());
  return async (times) => {
    for (let i = 0; i < Math.floor(times / LIST); i++) team.run(many);
    for (let i = 0; i < times % LIST; i++) team.run(alone);
  };
}

const LIST = 16;

const forwardKernels: readonly KernelName[] = ['padImages', 'conv2d', 'matMul', 'lrn', 'maxPool'];

function operationMade(
  planned: BareStep['planned'],
  index: number,
): LayerOperation['which'] | undefined {
  const { phase, kernel } = at(planned, index);
  if (phase === 'forward') return forwardKernels.includes(kernel) ? 'forward' : undefined;
  if (phase !== 'backward') return undefined;
  switch (kernel) {
    case 'conv2dFilterGradient':
    case 'transpose':
      return 'weight gradient';
    case 'padImages':
    case 'conv2dInputGradient':
      return 'input gradient';
    case 'matMul':
      return at(planned, index - 1).kernel === 'transpose' ? 'weight gradient' : 'input gradient';
    case 'lrnGradient':
    case 'maxPoolGradient':
      return 'gradient';
    default:
      return undefined;
  }
}
