import { sizeOf } from './shape.ts';

/** A tensor of the model: its name as `layer/kernel`, and its shape (a kernel's is HWIO, or in x out). */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** False for moving statistics, which no gradient changes. */
  readonly trainable?: false;
  /** What every number of it begins as, where the recipe's initializer has no say. */
  readonly initialValue?: number;
}

export const isTrainable = ({ trainable }: WeightSpec): boolean => trainable !== false;

export const numbersIn = (weights: readonly WeightSpec[]): number =>
  weights.reduce((total, { shape }) => total + sizeOf(shape), 0);
