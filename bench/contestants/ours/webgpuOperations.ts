import { encodeAll } from '../../../src/engine/webgpu/boundShader.ts';
import type { CompiledStep, Dispatch } from '../../../src/training/compiled/compiledStep.ts';
import type { LayerOperation } from '../../work/operations.ts';
import type { Work } from '../../work/work.ts';

/** The dispatches of our step that make one operation; undefined where it is folded into another. */
export function dispatchesOf(
  { dispatches }: CompiledStep,
  { manifest }: Work,
  { layer, which }: LayerOperation,
): Dispatch[] | undefined {
  const entry = manifest.layers[layer];
  const own = dispatches.filter(
    (dispatch) => dispatch.node.layer === entry?.name && isMade(dispatch, which),
  );
  return own.length > 0 ? own : undefined;
}

function isMade({ node }: Dispatch, which: LayerOperation['which']): boolean {
  const { operation, phase, buffers } = node;
  switch (operation.op) {
    case 'conv2d':
      return which === 'forward';
    case 'conv2dFilterGradient':
      return which === 'weight gradient';
    case 'conv2dInputGradient':
      return which === 'input gradient';
    // A dense layer's three products are one operation; what they read tells them apart.
    case 'matMul':
      if (phase === 'forward') return which === 'forward';
      return which === (buffers.b?.includes('/') ? 'input gradient' : 'weight gradient');
    case 'lrn':
    case 'maxPool':
      return which === 'forward';
    case 'lrnGradient':
    case 'maxPoolGradient':
      return which === 'gradient';
    default:
      return false;
  }
}

/** Does these dispatches again and again, handed over at once. */
export function repeating(device: GPUDevice, dispatches: readonly Dispatch[]) {
  return async (times: number): Promise<undefined> => {
    device.queue.submit([encodeAll(device, Array(times).fill(dispatches).flat())]);
    await device.queue.onSubmittedWorkDone();
  };
}
