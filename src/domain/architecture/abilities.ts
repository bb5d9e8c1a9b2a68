import type { Elementwise, Operation, OperationKind } from './operation.ts';

/** What an engine has kernels for: passes bring a plan into a form that it can run. */
export interface Abilities {
  readonly kinds: ReadonlySet<OperationKind>;
  /** Whether `next` may be done on the way out of `operation`, behind what is folded into it already. */
  folds(operation: Operation, next: Elementwise): boolean;
  /** Its convolutions want images with their padding around them, its products A as it is. */
  readonly wantsPlainOperands?: true;
  /** Its elementwise operations write where they read. */
  readonly worksInPlace?: true;
}
