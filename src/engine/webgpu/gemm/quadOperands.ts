/**
 * How an invocation of a `quadTile` loads its part of A and B, as WGSL. A third of what a load costs
 * on a processor goes into its address, so fours that lie side by side are loaded as vectors, and
 * what does not change from step to step is worked out before.
 *
 * Inside the loops `k` is the first step of this turn, and `step` counts from there.
 */
export interface OperandOfQuad {
  /** Whether the buffer is an array of vectors. */
  readonly wide: boolean;
  /** What is worked out once a tap. */
  readonly perTap: string;
  /** What is worked out once a turn of the inner loop. */
  readonly perTurn: string;
  /** Declares what `product` names of the steps from `step` on, `depth` of them. */
  load(step: number, depth: number): string;
}

export const QUAD = 4;
