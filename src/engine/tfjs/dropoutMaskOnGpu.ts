/**
 * The dropout mask of `engine/dropoutMask.ts` on the GPU: an invocation hashes once with pcg4d (see
 * `util/random.ts`) and writes four elements. Integer arithmetic wraps in WGSL as it does there, so
 * the bits are the same.
 */
import { type WebGPUBackend, webgpu_util } from '@tensorflow/tfjs-backend-webgpu';
import type { MaskPlan } from '../maskPlan.ts';
import { PCG4D } from '../webgpu/dropoutSource.ts';
import type { tf } from './tf.ts';

const ELEMENTS_PER_INVOCATION = 4;

const WGSL = /* wgsl */ `
  ${PCG4D}

  fn main(index : i32) {
    let hash = pcg4d(vec4<u32>(uniforms.seed, uniforms.stream, uniforms.step, u32(index)));
    for (var i = 0; i < 4; i++) {
      let element = 4 * index + i;
      if (element < uniforms.size) {
        let kept = (hash[i] >> 8u) >= uniforms.dropBelow;
        setOutputAtIndex(element, select(0.0, uniforms.scale, kept));
      }
    }
  }
`;

export function dropoutMaskOnGpu(backend: WebGPUBackend, plan: MaskPlan): tf.TensorInfo {
  const outputShape = [...plan.shape];
  const workgroupSize: [number, number, number] = [64, 1, 1];
  const dispatchLayout = webgpu_util.flatDispatchLayout(outputShape);
  const program = {
    variableNames: [],
    outputShape,
    workgroupSize,
    dispatchLayout,
    dispatch: webgpu_util.computeDispatch(dispatchLayout, outputShape, workgroupSize, [
      ELEMENTS_PER_INVOCATION,
      1,
      1,
    ]),
    size: true,
    uniforms: 'seed : u32, stream : u32, step : u32, dropBelow : u32, scale : f32,',
    shaderKey: 'dropoutMask',
    getUserCode: () => WGSL,
  };
  return backend.runWebGPUProgram(program, [], 'float32', [
    { type: 'uint32', data: [plan.seed] },
    { type: 'uint32', data: [plan.stream] },
    { type: 'uint32', data: [plan.step] },
    { type: 'uint32', data: [plan.dropBelow] },
    { type: 'float32', data: [plan.scale] },
  ]);
}
