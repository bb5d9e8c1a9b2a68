import type { Activation, Gate } from '../../../domain/architecture/activation.ts';
import type { Elementwise, Operation } from '../../../domain/architecture/operation.ts';
import { maskStream } from '../../maskPlan.ts';
import { type DropoutSlot, dropoutFactor } from '../dropoutSource.ts';
import { gateFactor, gateLabel } from '../gate.ts';
import { isNan } from '../wgsl.ts';
import type { Finish } from './problem.ts';

/** What a layer does to its sums on the way out, so that they cross the memory once. */

export interface LayerOutput {
  readonly activation: Activation;
  readonly dropout?: DropoutSlot;
}

/** The elementwise operations that are folded into one that makes `size` elements in so many columns. */
export function finishOf(
  operations: readonly Elementwise[],
  size: number,
  columns: number,
): Finish | undefined {
  const steps = operations as readonly Extract<Operation, Elementwise>[];
  const [first, ...others] = steps;
  if (!first) return undefined;
  if (first.kind !== 'addBias') {
    const rest = finishOf(others, size, columns);
    const finish = alone(first, size, columns);
    return rest ? oneByOne(finish, rest) : finish;
  }
  const activate = others.find(({ kind }) => kind === 'activate');
  const mask = others.find(({ kind }) => kind === 'dropout');
  return biasThenActivation(columns, {
    activation: activate?.kind === 'activate' ? activate.of.activation : 'linear',
    ...(mask?.kind === 'dropout' && { dropout: slotOf(mask.of) }),
  });
}

const slotOf = ({ rate, layer }: { rate: number; layer: number }): DropoutSlot => ({
  ...{ rate, stream: maskStream(layer) },
});

function alone(step: Extract<Operation, Elementwise>, size: number, columns: number): Finish {
  switch (step.kind) {
    case 'addBias':
      return biasThenActivation(columns, { activation: 'linear' });
    case 'activate':
      return {
        label: step.of.activation,
        operands: [],
        code: keepingNans(activate[step.of.activation]),
      };
    case 'gate':
      return throughGate(size, step.of.gate) ?? { label: 'open', operands: [], code: '' };
    case 'dropout': {
      const slot = slotOf(step.of);
      return {
        label: dropoutLabel(slot),
        operands: [],
        ...{ declarations: dropoutFactor(slot, columns % 4 === 0), usesStep: true },
        code: keepingNans('value *= dropoutFactor(at);'),
      };
    }
  }
}

function oneByOne(first: Finish, second: Finish): Finish {
  return {
    label: `${first.label}, then ${second.label}`,
    operands: [...first.operands, ...second.operands],
    declarations: `${first.declarations ?? ''}${second.declarations ?? ''}`,
    usesStep: Boolean(first.usesStep || second.usesStep),
    code: `{ ${first.code} }\n  { ${second.code} }`,
  };
}

const activate = {
  linear: '',
  relu: 'value = max(sum, vec4f());',
  // Beyond 10 it is 1 to the last bit, but implementations may get there by way of infinities.
  tanh: 'value = tanh(clamp(sum, vec4f(-10.0), vec4f(10.0)));',
};

const dropoutLabel = ({ rate, stream }: DropoutSlot): string =>
  `dropout ${rate} of stream ${stream}`;

const keepingNans = (code: string): string => `let sum = value;
  ${code}
  value = select(value, sum, ${isNan('sum', 4)});`;

/** `activation(sums + bias)`, and dropout behind it. Operand: `bias`. */
export function biasThenActivation(columns: number, { activation, dropout }: LayerOutput): Finish {
  const isChanged = activation !== 'linear' || dropout;
  return {
    label: `bias ${activation}${dropout ? ` ${dropoutLabel(dropout)}` : ''}`,
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
