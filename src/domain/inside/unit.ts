/** One number of a layer's output; in a dense layer y and x are 0, and the channel is the unit. */
export interface Unit {
  readonly layer: string;
  readonly y: number;
  readonly x: number;
  readonly channel: number;
}
