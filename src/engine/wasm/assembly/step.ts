/**
 * What changes from step to step, in a struct of the memory, so that the same calls can be replayed.
 * These are the places of its fields, in bytes.
 */

/** u32: the number of steps done before, the counter of random numbers. */
export const STEPS_DONE: usize = 0;
/** f32: the learning rate with Adam's correction for moments that started at zero. */
export const RATE: usize = 4;
/** u32: the address of two floats that take this step's loss and accuracy. */
export const METRICS: usize = 8;
/** f32: the share of a weight that decoupled decay takes away: the learning rate times the decay. */
export const DECAY: usize = 12;
/** f32: what the moving average of the weights keeps of itself. */
export const AVERAGE: usize = 16;
