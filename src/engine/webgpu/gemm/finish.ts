import type { Activation } from '../../../domain/architecture.ts';
import type { Gate } from '../../gate.ts';
import { type DropoutSlot, dropoutFactor } from '../dropoutSource.ts';
import { gateFactor } from '../gate.ts';
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
    relu: 'value = max(value, vec4f());',
    tanh: 'value = tanh(value);',
  };
  return {
    label: `bias ${activation}${dropout ? ` dropout ${dropout.rate} of stream ${dropout.stream}` : ''}`,
    operands: [{ name: 'bias', size: columns }],
    ...(dropout ? { declarations: dropoutFactor(dropout, columns % 4 === 0), usesStep: true } : {}),
    code: `value += bias_at(column);
  ${activate[activation]}
  ${dropout ? 'value *= dropoutFactor(at);' : ''}`,
  };
}

/** `sums * derivative`, the derivative of the layer that made `gated`, of as many elements as C. */
export function throughGate(size: number, gate: Gate): Finish | undefined {
  if (gate.kind === 'open') return undefined;
  return {
    label: `gate ${gate.kind}${gate.kind === 'relu' && gate.scale !== 1 ? ` ${gate.scale}` : ''}`,
    operands: [{ name: 'gated', size }],
    code: `value *= ${gateFactor(gate, 'gated_at(at)', 4)};`,
  };
}
