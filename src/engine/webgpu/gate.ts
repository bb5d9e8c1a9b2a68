import type { Activation } from '../../domain/architecture.ts';
import { f32, type Lanes, laneType } from './wgsl.ts';

/**
 * The derivative of an activation, told from its output: where a ReLU gave zero nothing passes, and
 * tanh' = 1 - tanh^2. Dropout behind a ReLU needs no mask of its own on the way back: what was
 * dropped is zero like what was negative, and the rest was scaled.
 */
export type Gate =
  | { readonly kind: 'open' }
  | { readonly kind: 'relu'; readonly scale: number }
  | { readonly kind: 'tanh' };

export function gateOf(activation: Activation, dropoutRate = 0): Gate | undefined {
  if (activation === 'relu') return { kind: 'relu', scale: 1 / (1 - dropoutRate) };
  if (dropoutRate > 0) return undefined;
  return activation === 'tanh' ? { kind: 'tanh' } : { kind: 'open' };
}

/** A WGSL expression of the factor, from the expression of the activation's output. */
export function gateFactor(gate: Gate, output: string, lanes: Lanes): string {
  const type = laneType(lanes);
  switch (gate.kind) {
    case 'open':
      return `${type}(1.0)`;
    case 'relu':
      return `select(${type}(0.0), ${type}(${f32(gate.scale)}), ${output} > ${type}(0.0))`;
    case 'tanh':
      return `(${type}(1.0) - ${output} * ${output})`;
  }
}
