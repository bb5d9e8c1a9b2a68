import type { Activation } from '../../../domain/architecture.ts';
import type { Gate } from '../../gate.ts';
import { type DropoutSlot, dropoutFactor } from '../dropoutSource.ts';
import { gateFactor, gateLabel } from '../gate.ts';
import { isNan } from '../wgsl.ts';
import type { Finish } from './problem.ts';

/** What a layer does to its sums on the way out, so that they cross the memory once. */

export interface LayerOutput {
  readonly activation: Activation;
  readonly dropout?: DropoutSlot;
}

/** `activation(sums + bias)`, and dropout behind it. Operand: `bias`. */
export function biasThenActivation(columns: number, { activation, dropout }: LayerOutput): Finish {
  const activate = {
    linear: '',
    relu: 'value = max(sum, vec4f());',
    // Beyond 10 it is 1 to the last bit, but implementations may get there by way of infinities.
    tanh: 'value = tanh(clamp(sum, vec4f(-10.0), vec4f(10.0)));',
  };
  const isChanged = activation !== 'linear' || dropout;
  return {
    label: `bias ${activation}${dropout ? ` dropout ${dropout.rate} of stream ${dropout.stream}` : ''}`,
    operands: [{ name: 'bias', size: columns }],
    ...(dropout ? { declarations: dropoutFactor(dropout, columns % 4 === 0), usesStep: true } : {}),
    code: `value += bias_at(column);
  let sum = value;
  ${activate[activation]}
  ${dropout ? 'value *= dropoutFactor(at);' : ''}
  ${isChanged ? `value = select(value, sum, ${isNan('sum', 4)});` : ''}`,
  };
}

/** `sums * derivative`, the derivative of the layer that made `gated`, of as many elements as C. */
export function throughGate(size: number, gate: Gate): Finish | undefined {
  if (gate.kind === 'open') return undefined;
  return {
    label: gateLabel(gate),
    operands: [{ name: 'gated', size }],
    code: `let output = gated_at(at);
  value *= ${gateFactor(gate, 'output', 4)};`,
  };
}

/** How it stands in the shape of an operation. */
export const finishKey = (finish: Finish | undefined): string =>
  finish ? `, ${finish.label}` : '';
