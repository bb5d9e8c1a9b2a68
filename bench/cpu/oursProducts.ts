import type { KernelName } from '../../src/engine/wasm/simdKernels.ts';
import { assert, at } from '../../src/util/assert.ts';
import type { Contestant } from '../lib/contestant.ts';
import type { BareStep } from './bareStep.ts';
import type { LayerProduct } from './products.ts';

/**
 * The calls of our step that make one product, with what only serves it: the padding of images and
 * the transposition of a matrix. They read and write different buffers, so they can be repeated.
 */
export function makeOursProduct(
  { team, planned, calls }: BareStep,
  { layer, which }: LayerProduct,
  repeats: number,
): Contestant {
  const indices = planned.flatMap((call, i) =>
    call.layer === layer.name && productMade(planned, i) === which ? [i] : [],
  );
  const first = indices[0];
  assert(first !== undefined, `the plan has the ${which} of ${layer.name}`);
  // What the product reads must be what the step has made of it: a sum of other numbers may take
  // longer, if they are denormal.
  team.run(team.learn(calls.slice(0, first)));
  const product = indices.map((i) => at(calls, i));
  const list = team.learn(Array.from({ length: repeats }, () => product).flat());
  return { name: 'ours', step: () => team.run(list), async settle() {}, dispose() {} };
}

const forwardKernels: readonly KernelName[] = ['padImages', 'conv2d', 'matMul'];

function productMade(
  planned: BareStep['planned'],
  index: number,
): LayerProduct['which'] | undefined {
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
    default:
      return undefined;
  }
}
