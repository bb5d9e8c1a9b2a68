import { assert } from '../../util/assert.ts';
import { tf } from '../tf.ts';
import {
  addressOf,
  allocate,
  heapFloats,
  heapMemory,
  release,
  SLACK_FLOATS,
  type WasmBackend,
} from './heap.ts';
import type { KernelName, SimdKernels } from './simdKernels.ts';

/** One kernel of ours for tfjs-backend-wasm: under a name of tfjs, a stock one makes room for it. */
export interface WasmKernel {
  readonly name: string;
  run(call: KernelCall): tf.TensorInfo;
}

/**
 * A call of a kernel, as tfjs hands it over. The work is done by our SIMD kernels, which run on
 * tfjs's heap and take addresses.
 */
export class KernelCall {
  private readonly temporaries: tf.TensorInfo[] = [];

  constructor(
    readonly backend: WasmBackend,
    private readonly simd: SimdKernels,
    private readonly inputs: tf.NamedTensorInfoMap,
    /** Typed where they are read. */
    readonly attrs: object,
    /** Runs the kernel of tfjs that this one replaces, on the same inputs and attributes. */
    readonly stock: () => tf.TensorInfo,
  ) {}

  input(name: string): tf.TensorInfo {
    const tensor = this.inputs[name];
    assert(tensor, `the kernel was called without ${name}`);
    return tensor;
  }

  /** All of it is to be written: it holds what the heap held there before. */
  output(shape: readonly number[]): tf.TensorInfo {
    return allocate(this.backend, shape);
  }

  addressOf(tensor: tf.TensorInfo): number {
    return addressOf(this.backend, tensor);
  }

  /**
   * Room for this many floats until the call ends, with zeros behind. A product whose runs are odd
   * reads one float more than there is and multiplies it by zero, which is none if it is NaN: its
   * left operand must be a temporary (`copy`, `padImages`, `transposeMatrices`).
   */
  temporary(floats: number): number {
    const tensor = this.output([floats + SLACK_FLOATS]);
    this.temporaries.push(tensor);
    heapFloats(this.backend, tensor).fill(0, floats);
    return this.addressOf(tensor);
  }

  /** A copy of this operand, with zeros behind. */
  copy(tensor: tf.TensorInfo): number {
    const floats = tf.util.sizeFromShape(tensor.shape);
    const to = this.temporary(floats);
    const from = this.addressOf(tensor);
    const end = from + floats * Float32Array.BYTES_PER_ELEMENT;
    new Uint8Array(heapMemory(this.backend).buffer).copyWithin(to, from, end);
    return to;
  }

  /** The last two arguments of a kernel that works in memory of its own: address and bytes. */
  scratch(bytes: number): [number, number] {
    return [this.temporary(Math.ceil(bytes / Float32Array.BYTES_PER_ELEMENT)), bytes];
  }

  run(kernel: KernelName, ...args: readonly number[]): void {
    // As thread 0 of 1.
    this.simd[kernel](...args, 0, 1);
  }

  end(): void {
    for (const tensor of this.temporaries) release(this.backend, tensor);
  }
}

/** `module` is `kernels.wasm`. */
export function registerWasmKernel({ name, run }: WasmKernel, module: WebAssembly.Module): void {
  // Its set-up, which binds the WebAssembly function, runs for ours too.
  const stockConfig: tf.KernelConfig | undefined = tf.getKernel(name, 'wasm');
  if (stockConfig) tf.unregisterKernel(name, 'wasm');
  tf.registerKernel({
    ...stockConfig,
    kernelName: name,
    backendName: 'wasm',
    kernelFunc: (params) => {
      const backend = params.backend as WasmBackend;
      const stock = () => {
        assert(stockConfig, `tfjs has no kernel ${name} for wasm`);
        return stockConfig.kernelFunc(params) as tf.TensorInfo;
      };
      const simd = kernelsOn(heapMemory(backend), module);
      const call = new KernelCall(backend, simd, params.inputs, params.attrs ?? {}, stock);
      try {
        return run(call);
      } finally {
        call.end();
      }
    },
  });
}

/** Of each memory of tfjs: one, unless its backend is removed and made again. */
const instances = new WeakMap<WebAssembly.Memory, SimdKernels>();

function kernelsOn(memory: WebAssembly.Memory, module: WebAssembly.Module): SimdKernels {
  const known = instances.get(memory);
  if (known) return known;
  // At once: a kernel of tfjs cannot wait, and its backend starts without asking us.
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = exports as unknown as SimdKernels;
  instances.set(memory, kernels);
  return kernels;
}

type Shape4D = [number, number, number, number];

export function shape4D(tensor: tf.TensorInfo): Shape4D {
  const [a, b, c, d] = tensor.shape;
  assert(
    a !== undefined && b !== undefined && c !== undefined && d !== undefined,
    `rank 4 expected, not ${tensor.shape.length}`,
  );
  return [a, b, c, d];
}
