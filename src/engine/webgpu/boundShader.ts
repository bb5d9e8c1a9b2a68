import type { Shader, Workgroups } from './operation.ts';
import { bindOperands, type Pipelines } from './pipelines.ts';

/** A shader made ready for one device, with its buffers: all that a dispatch needs. */
export interface BoundShader {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly workgroups: Workgroups;
}

export function bindShader(
  device: GPUDevice,
  pipelines: Pipelines,
  shader: Shader,
  bufferOf: (operand: string) => GPUBuffer,
): BoundShader {
  const pipeline = pipelines.get(shader);
  const bindGroup = bindOperands(device, pipeline, shader, bufferOf);
  return { pipeline, bindGroup, workgroups: shader.workgroups };
}

/** Each sees what those before it have written. */
export function dispatchAll(pass: GPUComputePassEncoder, shaders: readonly BoundShader[]): void {
  for (const { pipeline, bindGroup, workgroups } of shaders) {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(...workgroups);
  }
}

/** The commands of one pass of these shaders. */
export function encodeAll(device: GPUDevice, shaders: readonly BoundShader[]): GPUCommandBuffer {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  dispatchAll(pass, shaders);
  pass.end();
  return encoder.finish();
}
