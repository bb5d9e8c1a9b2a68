/** What a layer makes of its sums: `linear` leaves them, `relu` is max(x, 0). */
export type Activation = 'linear' | 'relu' | 'tanh';

/**
 * The derivative of an activation, told from its output: where a ReLU gave zero nothing passes, and
 * tanh' = 1 - tanh^2. Dropout behind a ReLU needs no mask of its own on the way back: what was
 * dropped is zero like what was negative, and the rest was scaled.
 */
export type Gate =
  | { readonly kind: 'open' }
  | { readonly kind: 'relu'; readonly scale: number }
  | { readonly kind: 'tanh' };

export function gateOf(activation: Activation): Gate {
  switch (activation) {
    case 'linear':
      return { kind: 'open' };
    case 'relu':
      return { kind: 'relu', scale: 1 };
    case 'tanh':
      return { kind: 'tanh' };
  }
}
