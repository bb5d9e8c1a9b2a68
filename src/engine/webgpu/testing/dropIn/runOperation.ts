import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { assert } from '../../../../util/assert.ts';
import { webgpuPipelines } from '../../../device.ts';
import type { tf } from '../../../tfjs/tf.ts';
import { bufferOf, record } from '../../../tfjs/webgpuInternals.ts';
import { FLOAT_BYTES, likeliest, type Operation } from '../../operation.ts';
import { bindOperands } from '../../pipelines.ts';

/** Runs an operation on tensors, among the commands of tfjs. The output is one of the operands. */
export function runOperation(
  backend: WebGPUBackend,
  operation: Operation,
  tensors: Readonly<Record<string, tf.TensorInfo>>,
): void {
  const variant = likeliest(operation);
  const scratch = Object.entries(variant.scratch).map(
    ([name, bytes]) =>
      [name, backend.makeTensorInfo([Math.ceil(bytes / FLOAT_BYTES)], 'float32')] as const,
  );
  const operands = new Map([...Object.entries(tensors), ...scratch]);
  // Uploads end the pass in which the dispatches go, so all of them come first.
  const buffers = new Map(
    [...operands].map(([name, tensor]) => [name, bufferOf(backend, tensor)] as const),
  );
  const pipelines = webgpuPipelines();
  for (const shader of variant.shaders) {
    const pipeline = pipelines.get(shader);
    const bindGroup = bindOperands(backend.device, pipeline, shader, (operand) => {
      const buffer = buffers.get(operand);
      assert(buffer, `${operation.op} was given no ${operand}`);
      return buffer;
    });
    record(backend, [...operands.values()], (pass) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindGroup);
      pass.dispatchWorkgroups(...shader.workgroups);
    });
  }
  for (const [, { dataId }] of scratch) backend.disposeData(dataId);
}
