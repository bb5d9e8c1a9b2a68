import type { DenseLayer } from '../../domain/architecture.ts';
import { sizeOf } from '../../domain/shapes.ts';
import { gateOf } from '../../engine/gate.ts';
import { productScratchBytes } from '../../engine/wasm/scratch.ts';
import { assert } from '../../util/assert.ts';
import {
  addBiasGradient,
  addInputGradient,
  gradientOf,
  kernelAndBias,
  type LayerCalls,
  type LayerContext,
  outputValue,
} from './layerContext.ts';

/** `y = activation(x W + b)`: its three products, of which that of the weights wants x transposed. */
export function denseCalls(context: LayerContext, layer: DenseLayer): LayerCalls {
  const { plan, report, input, batch } = context;
  const { name, units, activation } = layer;
  const [kernel, bias] = kernelAndBias(report);
  const inputs = sizeOf(input.shape);
  const gate = gateOf(activation);
  assert(gate, 'an activation alone has a gate');
  const output = outputValue(context, gate);
  const x = input.buffer;
  plan.add('forward', name, 'matMul', [
    ...[x, kernel.name, bias.name, output.buffer, batch, inputs, units, 0],
    activation === 'relu' ? 1 : 0,
    ...plan.scratch(productScratchBytes(batch, 1, inputs)),
  ]);
  if (activation === 'tanh') {
    plan.add('forward', name, 'tanhInPlace', [output.buffer, batch * units]);
  }

  const backward = () => {
    const dy = gradientOf(output.buffer);
    const transposed = plan.floats(`${name} input transposed`, batch * inputs);
    plan.add('backward', name, 'transpose', [x, transposed, batch, inputs]);
    const dkernel = plan.floats(gradientOf(kernel.name), inputs * units);
    plan.add('backward', name, 'matMul', [
      ...[transposed, dy, 0, dkernel, inputs, batch, units, 0, 0],
      ...plan.scratch(productScratchBytes(inputs, 1, batch)),
    ]);
    addBiasGradient(context, dy, bias, batch);
    addInputGradient(context, (dx) =>
      plan.add('backward', name, 'matMul', [
        ...[dy, kernel.name, 0, dx, batch, units, inputs, 1, 0],
        ...plan.scratch(productScratchBytes(batch, 1, units)),
      ]),
    );
  };
  return { output, weights: report.weights, backward };
}
