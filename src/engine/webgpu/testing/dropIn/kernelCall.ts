import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { assert } from '../../../../util/assert.ts';
import type { tf } from '../../../tfjs/tf.ts';
import type { DeviceTraits } from '../../operation.ts';

/** A call of a kernel, as tfjs hands it over. */
export class KernelCall {
  constructor(
    readonly backend: WebGPUBackend,
    private readonly inputs: tf.NamedTensorInfoMap,
    /** Typed where they are read. */
    readonly attrs: object,
  ) {}

  input(name: string): tf.TensorInfo {
    const tensor = this.inputs[name];
    assert(tensor, `the kernel was called with ${name}`);
    return tensor;
  }

  /** An input that a call may leave out. */
  optional(name: string): tf.TensorInfo | undefined {
    return this.inputs[name] ?? undefined;
  }

  output(shape: readonly number[]): tf.TensorInfo {
    return this.backend.makeTensorInfo([...shape], 'float32');
  }
}

/** A kernel of ours: undefined says that this call is not for it. */
export type DropIn = (call: KernelCall, traits: DeviceTraits) => tf.TensorInfo | undefined;
