import type { Activation } from '../domain/architecture.ts';

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
