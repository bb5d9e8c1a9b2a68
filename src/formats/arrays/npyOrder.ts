import { PORTION, type Steps } from '../../util/steps.ts';

/**
 * Puts values that lie with the first index running fastest, as Fortran and MATLAB have them, in the order of
 * C, where the last one does.
 */
export function* inCOrder(
  data: Uint8Array,
  shape: readonly number[],
  itemBytes: number,
): Steps<Uint8Array> {
  const out = new Uint8Array(data.length);
  // How far apart values lie of which one index differs by one.
  const strides: number[] = [];
  shape.reduce((stride, extent) => {
    strides.push(stride);
    return stride * extent;
  }, itemBytes);
  const last = shape.length - 1;
  const [width = 1, step = itemBytes] = [shape[last], strides[last]];
  const index = new Array<number>(last).fill(0);
  let from = 0;
  let rested = 0;
  for (let to = 0; to < data.length; ) {
    if (to - rested > PORTION) {
      rested = to;
      yield;
    }
    for (let i = 0; i < width; i++) {
      for (let byte = 0; byte < itemBytes; byte++) {
        out[to++] = data[from + i * step + byte] as number;
      }
    }
    for (let axis = last - 1; axis >= 0; axis--) {
      const stride = strides[axis] as number;
      const next = (index[axis] as number) + 1;
      from += stride;
      index[axis] = next;
      if (next < (shape[axis] as number)) break;
      from -= next * stride;
      index[axis] = 0;
    }
  }
  return out;
}
