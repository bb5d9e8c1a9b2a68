import { assert } from '../../util/assert.ts';
import { tf } from '../tf.ts';
import type { WasmBackend } from './heap.ts';

/** One kernel of ours for tfjs-backend-wasm: under a name of tfjs, a stock one makes room for it. */
export interface WasmKernel {
  readonly name: string;
  run(call: KernelCall): tf.TensorInfo;
}

export interface KernelCall {
  readonly backend: WasmBackend;
  readonly attrs: tf.NamedAttrMap;
  input(name: string): tf.TensorInfo;
  /** The kernel of tfjs that this one replaces, on these inputs and attributes. */
  stock(inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap): tf.TensorInfo;
}

export function registerWasmKernel({ name, run }: WasmKernel): void {
  // Its set-up, which binds the WebAssembly function, runs for ours too.
  const stockConfig: tf.KernelConfig | undefined = tf.getKernel(name, 'wasm');
  if (stockConfig) tf.unregisterKernel(name, 'wasm');
  tf.registerKernel({
    ...stockConfig,
    kernelName: name,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs = {}, backend }) =>
      run({
        backend: backend as WasmBackend,
        attrs,
        input(inputName) {
          const tensor = inputs[inputName];
          assert(tensor, `kernel ${name} was called without ${inputName}`);
          return tensor;
        },
        stock(stockInputs, stockAttrs) {
          assert(stockConfig, `tfjs has no kernel ${name} for wasm`);
          const call = { inputs: stockInputs, attrs: stockAttrs, backend };
          return stockConfig.kernelFunc(call) as tf.TensorInfo;
        },
      }),
  });
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
