import type { ScalingKind } from './recipe.ts';

/** How bytes become network inputs: `(byte - offset) * factor`, fitted on the training split alone. */
export interface Scaling {
  readonly kind: ScalingKind;
  readonly offset: number;
  readonly factor: number;
}
